import type { WechatMiniAccount } from '../../config/config';
import type { OutboundClient } from '../../kernel/outbound/outbound';
import type { AccessTokens, FetchToken } from '../access-tokens';
import { ask, type PlatformAnswer } from '../platform-answer';
import { PlatformError } from '../platform-error';
import { explain, tokenFaults } from './errors';

export interface MiniClient {
  /** Under the access token; a dead one is renewed once and the call tried once more. Never throws. */
  call(request: { method: 'GET' | 'POST'; path: string; body?: string; signal?: AbortSignal }): Promise<PlatformAnswer>;
  codeToSession(code: string): Promise<PlatformAnswer>;
}

export function miniClient(account: WechatMiniAccount, client: OutboundClient, tokens: AccessTokens): MiniClient {
  const key = { platform: 'wechat-mini', account: account.appId, name: 'access-token' };
  const ofAccount = { grant_type: 'client_credential', appid: account.appId, secret: account.secret };

  /** The stable token is the same for all who ask; when it is the dead one itself, it is replaced by force (20 a day). */
  const fetchToken: FetchToken = async (dead) => {
    const fresh = await stableToken(false);
    return fresh.token === dead ? stableToken(true) : fresh;
  };

  async function stableToken(isForced: boolean): Promise<{ token: string; expiresInSec: number }> {
    const json = isForced ? { ...ofAccount, force_refresh: true } : ofAccount;
    const answer = await ask(client, { method: 'POST', path: '/cgi-bin/stable_token', json });
    if (answer.kind !== 'answer') throw new PlatformError('wechat-mini', answer.code, 'transient');
    const { access_token: token, expires_in: expiresInSec } = answer.body;
    if (typeof token !== 'string' || typeof expiresInSec !== 'number') throw tokenRefusal(answer);
    return { token, expiresInSec };
  }

  return {
    async call({ method, path, body, signal }) {
      const send = (token: string): Promise<PlatformAnswer> =>
        ask(client, {
          method,
          path,
          query: { access_token: token },
          ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
          ...(signal ? { signal } : {}),
        });
      try {
        const token = await tokens.get(key, fetchToken);
        const answer = await send(token);
        if (answer.kind !== 'answer' || !tokenFaults.has(codeOf(answer.body))) return answer;
        return await send(await tokens.renew(key, token, fetchToken));
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        if (error.errorClass === 'transient') return { kind: 'not-sent', code: 'no-connection' };
        return { kind: 'answer', status: 200, body: { errcode: Number(error.code) } };
      }
    },
    codeToSession: (code) =>
      ask(client, {
        method: 'GET',
        path: '/sns/jscode2session',
        query: { appid: account.appId, secret: account.secret, js_code: code, grant_type: 'authorization_code' },
      }),
  };
}

function tokenRefusal(answer: Extract<PlatformAnswer, { kind: 'answer' }>): PlatformError {
  const code = codeOf(answer.body);
  if (code === '0') return new PlatformError('wechat-mini', answer.status === 200 ? 'no-token' : `http-${answer.status}`, 'transient');
  const known = explain(code).class;
  return new PlatformError('wechat-mini', code, known === 'transient' || known === 'quota' ? 'transient' : 'auth');
}

/** A success may leave errcode out. */
export const codeOf = (body: Readonly<Record<string, unknown>>): string =>
  typeof body.errcode === 'number' || typeof body.errcode === 'string' ? String(body.errcode) : '0';
