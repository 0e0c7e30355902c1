import { DomainError } from '@suiban/shared/errors';
import { checkMobile } from '@suiban/shared/identity';
import { constantTimeEqual } from '../../kernel/crypto/compare';
import type { FieldSealer } from '../../kernel/crypto/field-sealer';
import type { Deps } from '../module';
import { findLiveCode, takeCode } from './codes.repo';
import { phoneCodeLimits } from './identity.policy';
import { clearTries, countTry } from './throttle.repo';

/** One purpose for every table, so that a person's number and a firm's contact can be compared without opening either. */
export const indexOfMobile = (sealer: FieldSealer, mobile: string): string => sealer.blindIndex('mobile', mobile);
export const phoneThrottleKey = (mobileIndex: string): string => `phone:${mobileIndex}`;

/** Eleven digits. @throws DomainError kernel:invalid-request */
export function mobileOf(text: string): string {
  const checked = checkMobile(text);
  if (checked.ok) return checked.value;
  throw new DomainError('kernel:invalid-request', checked.detail, { errors: [{ pointer: '/body/mobile', detail: checked.detail }] });
}

/**
 * Judges and uses up a code. A number that never asked for one gets the same answers after the same steps.
 * @throws DomainError identity:phone-code-wrong, identity:too-many-tries from the sixth try on
 */
export async function proveMobile({ db, sealer, clock }: Deps, mobileIndex: string, code: string): Promise<void> {
  const now = clock.now();
  const { tries, lifeMs } = phoneCodeLimits;
  const blockedUntil = await countTry(db, phoneThrottleKey(mobileIndex), now, { tries, windowMs: lifeMs, blockMs: lifeMs });
  if (blockedUntil) {
    throw new DomainError('identity:too-many-tries', '验证码输入错误已达 5 次，请重新获取验证码', {
      retryAfterMs: Math.max(1000, blockedUntil.getTime() - now.getTime()),
    });
  }
  const live = await findLiveCode(db, mobileIndex, now);
  const given = sealer.blindIndex('phone_code.code', `${live?.id ?? 'none'}:${code}`);
  const isRight = constantTimeEqual(given, live?.code_hash ?? '');
  if (!live || !isRight || !(await takeCode(db, live.id, now))) {
    throw new DomainError('identity:phone-code-wrong', '短信验证码不正确或已过期，请核对后重新输入，或重新获取', {
      errors: [{ pointer: '/body/code', detail: '验证码不正确或已过期' }],
    });
  }
  await clearTries(db, phoneThrottleKey(mobileIndex));
}
