import type { SignInAnswer } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import { hashPassword, isOutdatedHash } from '../../kernel/crypto/password';
import { hashToken, randomToken } from '../../kernel/crypto/token';
import type { RequestOrigin } from '../../kernel/http/authenticator';
import type { Deps } from '../module';
import { isDemoAllowed } from './demo';
import { officialSessionLimits, signInLimits } from './identity.policy';
import { findByUsername, type OfficialRow, offerTotpSecret, refreshHash, takeTotpStep } from './officials.repo';
import { isPasswordOf } from './password';
import { deviceLabel } from './proofs/devices';
import { newTotpSecret, totpStep, totpUri } from './proofs/totp';
import { insertOfficialSession, seeDevice } from './sessions.repo';
import { clearTries, countTry } from './throttle.repo';

interface Given {
  readonly username: string;
  readonly password: string;
  readonly code?: string | undefined;
}

const totpPurpose = 'official.totp_secret';
const failed = () =>
  new DomainError('identity:sign-in-failed', '用户名、密码或验证码不正确。连续 5 次不正确后，该用户名将暂停登录 15 分钟');

/** How a second factor stands: `passed` opens a session. */
type Factor = { readonly state: 'passed' } | { readonly state: 'failed' } | { readonly state: 'asked'; readonly answer: SignInAnswer };

/**
 * Password, then second factor. An unknown name, a wrong password, a closed account and a wrong code answer the same, take the
 * same time and lock the same way. `token` is set when `answer.next` is `done`.
 * @throws DomainError identity:sign-in-failed, identity:too-many-tries
 */
export async function signInOfficial(deps: Deps, given: Given, from: RequestOrigin): Promise<{ answer: SignInAnswer; token?: string }> {
  const { db, clock, sealer } = deps;
  const throttleKey = `official:${sealer.blindIndex('official.username', given.username.toLowerCase())}`;
  const now = clock.now();
  const blockedUntil = await countTry(db, throttleKey, now, signInLimits);
  if (blockedUntil) throw await locked(deps, given.username, blockedUntil);
  const official = await findByUsername(db, given.username);
  const isRight = await isPasswordOf(official?.password_hash, given.password);
  if (!official || !isRight || !official.is_active) throw failed();
  const factor = await secondFactor(deps, official, given.code);
  if (factor.state === 'failed') throw failed();
  await clearTries(db, throttleKey);
  if (isOutdatedHash(official.password_hash)) await refreshHash(db, official.id, await hashPassword(given.password));
  if (factor.state === 'asked') return { answer: factor.answer };
  return openSession(deps, official, from);
}

async function secondFactor(deps: Deps, official: OfficialRow, code: string | undefined): Promise<Factor> {
  if (official.is_demo) return { state: isDemoAllowed(deps) ? 'passed' : 'failed' };
  const isConfirmed = official.totp_confirmed_at !== null;
  if (code === undefined) return { state: 'asked', answer: isConfirmed ? { next: 'enter-code' } : await offerSecret(deps, official) };
  if (official.totp_secret_sealed === null) return { state: 'failed' };
  const now = deps.clock.now();
  const step = totpStep(deps.sealer.open(totpPurpose, official.totp_secret_sealed), code, now);
  const isTaken = step !== undefined && (await takeTotpStep(deps.db, official.id, step, now));
  return { state: isTaken ? 'passed' : 'failed' };
}

/** The same secret until it is confirmed, so that a page opened twice does not spoil the code already scanned. */
async function offerSecret({ db, sealer, city }: Deps, official: OfficialRow): Promise<SignInAnswer> {
  const known = official.totp_secret_sealed;
  const secret = known === null ? newTotpSecret() : sealer.open(totpPurpose, known);
  if (known === null) await offerTotpSecret(db, official.id, sealer.seal(totpPurpose, secret));
  return { next: 'enrol', secret, otpauthUri: totpUri(secret, `${city.name}${city.productName}`, official.username) };
}

async function openSession(deps: Deps, official: OfficialRow, from: RequestOrigin): Promise<{ answer: SignInAnswer; token: string }> {
  const now = deps.clock.now();
  const token = randomToken();
  const device = { hash: deps.sealer.blindIndex('official.device', from.userAgent), label: deviceLabel(from.userAgent) };
  const isNewDevice = await deps.db.tx(async (tx) => {
    await insertOfficialSession(tx, {
      officialId: official.id,
      tokenHash: hashToken(token),
      deviceHash: device.hash,
      deviceLabel: device.label,
      now,
      expiresAt: new Date(now.getTime() + officialSessionLimits.absoluteMs),
    });
    const isNew = await seeDevice(tx, official.id, device, now);
    await deps.audit.record(tx, {
      aggregate: 'official',
      aggregateId: official.id,
      action: 'official.signed-in',
      actor: {
        kind: 'official',
        id: official.id,
        name: official.name,
        roles: official.roles,
        bureauId: official.bureau_id,
        districtCodes: official.district_codes,
      },
      after: { device: device.label, isNewDevice: isNew, isDemo: official.is_demo },
    });
    return isNew;
  });
  return { answer: { next: 'done', demo: official.is_demo, isNewDevice }, token };
}

/** The audit names an official who exists; a name that nobody has leaves no trace that could be told apart from outside. */
async function locked(deps: Deps, username: string, until: Date): Promise<DomainError> {
  const official = await findByUsername(deps.db, username);
  if (official) deps.log.warn({ officialId: official.id }, 'sign-in refused: too many tries');
  const retryAfterMs = Math.max(1000, until.getTime() - deps.clock.now().getTime());
  return new DomainError(
    'identity:too-many-tries',
    `登录尝试次数过多，请在 ${Math.ceil(retryAfterMs / 60_000)} 分钟后再试，或联系安全管理员`,
    {
      retryAfterMs,
    },
  );
}
