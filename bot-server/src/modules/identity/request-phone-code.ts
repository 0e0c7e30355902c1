import { randomUUID } from 'node:crypto';
import { DomainError } from '@suiban/shared/errors';
import { randomDigits } from '../../kernel/crypto/token';
import type { Deps } from '../module';
import { insertCode, lockMobile, recentCodes, removeCode } from './codes.repo';
import { phoneCodeLimits } from './identity.policy';
import { indexOfMobile, mobileOf, phoneThrottleKey } from './mobiles';
import { clearTries } from './throttle.repo';

const dayMs = 24 * 3_600_000;
const sendTimeoutMs = 8000;

/**
 * Sends six digits to a mobile. Whether the number is known changes nothing: not the path, not the answer.
 * @throws DomainError identity:too-many-tries, kernel:upstream
 */
export async function requestPhoneCode(deps: Deps, given: { mobile: string }): Promise<{ resendAfterSec: number; expiresInSec: number }> {
  const mobile = mobileOf(given.mobile);
  const channel = deps.channels.find('sms', 'default');
  if (!channel) throw new DomainError('kernel:upstream', '短信服务尚未开通，暂时不能用手机号登录');
  const code = randomDigits(6);
  const codeId = randomUUID();
  await storeCode(deps, indexOfMobile(deps.sealer, mobile), codeId, code);
  const minutes = phoneCodeLimits.lifeMs / 60_000;
  const call = {
    recipients: [{ ref: '0', address: { type: 'mobile', account: 'default', mobile } as const, link: '' }],
    content: {
      attemptKey: `code-${codeId}`,
      body: {
        channel: 'sms',
        signName: deps.city.smsSignName,
        text: `验证码 ${code}，${minutes} 分钟内有效。请勿告诉他人，工作人员不会向您索要。`,
      } as const,
    },
  };
  const [result] = await channel.sendCall(call, AbortSignal.timeout(sendTimeoutMs));
  if (result?.outcome === 'refused') {
    await removeCode(deps.db, codeId);
    deps.log.warn({ code: result.code }, 'phone code refused by the gateway');
    throw new DomainError('kernel:upstream', '短信暂时发不出去，请核对手机号，或稍后重试');
  }
  return { resendAfterSec: phoneCodeLimits.resendMs / 1000, expiresInSec: phoneCodeLimits.lifeMs / 1000 };
}

/** A new code kills the earlier one and gives five new tries: 10 codes a day bound the guesses to 50 of a million. */
function storeCode(deps: Deps, mobileIndex: string, codeId: string, code: string): Promise<void> {
  const now = deps.clock.now();
  return deps.db.tx(async (tx) => {
    await lockMobile(tx, mobileIndex);
    const { count, newest } = await recentCodes(tx, mobileIndex, new Date(now.getTime() - dayMs));
    const waitMs = newest ? newest.getTime() + phoneCodeLimits.resendMs - now.getTime() : 0;
    if (waitMs > 0)
      throw new DomainError('identity:too-many-tries', `请在 ${Math.ceil(waitMs / 1000)} 秒后再获取验证码`, { retryAfterMs: waitMs });
    if (count >= phoneCodeLimits.perDay) {
      throw new DomainError('identity:too-many-tries', `这个手机号 24 小时内获取验证码已达 ${phoneCodeLimits.perDay} 次，请明天再试`, {
        retryAfterMs: 3_600_000,
      });
    }
    await insertCode(tx, {
      id: codeId,
      mobileIndex,
      codeHash: deps.sealer.blindIndex('phone_code.code', `${codeId}:${code}`),
      now,
      expiresAt: new Date(now.getTime() + phoneCodeLimits.lifeMs),
    });
    await clearTries(tx, phoneThrottleKey(mobileIndex));
  });
}
