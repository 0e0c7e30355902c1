import { createHash, randomBytes } from 'node:crypto';
import { canaries } from '../../support/canaries';
import type { AlipayState } from './alipay-emulator';
import type { Request } from './gateway';
import { type Outcome, refused } from './gateway-answers';

const LIFE_SEC = 1_296_000;
const tokenOf = (): string => `authbseB${canaries.token}${randomBytes(16).toString('hex')}`;

/** `alipay.system.oauth.token`: code and grant type are no business content. Success carries no `code`. */
export function oauthToken(state: AlipayState, { params }: Request): Outcome {
  const deny = (subCode: string): Outcome => refused(subCode, { isGatewayError: true });
  if (params.grant_type === 'refresh_token') {
    const openId = state.refreshTokens.get(params.refresh_token ?? '');
    return openId === undefined ? deny('isv.refresh-token-invalid') : granted(state, openId);
  }
  if (params.grant_type !== 'authorization_code') return deny('isv.grant-type-invalid');
  const used = state.authCodes.use(params.code ?? '');
  return typeof used === 'string' ? deny('isv.code-invalid') : granted(state, used.subject);
}

/** Old apps get a `user_id` of 2088… and no open id. */
function granted(state: AlipayState, openId: string): Outcome {
  const refreshToken = tokenOf();
  state.refreshTokens.set(refreshToken, openId);
  const who = openId.startsWith('2088')
    ? { user_id: openId }
    : { open_id: openId, union_id: `u${createHash('sha256').update(openId).digest('base64url').slice(0, 30)}` };
  const body = { access_token: tokenOf(), expires_in: LIFE_SEC, refresh_token: refreshToken, re_expires_in: LIFE_SEC * 2, ...who };
  return { body: { ...body, auth_start: '2026-01-01 00:00:00' }, code: '10000', isRefusal: false, subject: openId };
}
