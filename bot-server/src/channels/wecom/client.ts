import type { OutboundClient } from '../../kernel/outbound/outbound';
import type { AccessTokens, FetchToken } from '../access-tokens';
import { ask, type PlatformAnswer } from '../platform-answer';
import { PlatformError } from '../platform-error';
import { explain, tokenFaults } from './errors';

export interface WecomApp {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
}

/** A call under the app's own token; a dead token is renewed once and the call tried once more. */
export interface WecomClient {
  /** Never throws: no token is `not-sent` or a refusal. */
  post(app: WecomApp, path: string, body: string, signal?: AbortSignal): Promise<PlatformAnswer>;
}

export function wecomClient(client: OutboundClient, tokens: AccessTokens): WecomClient {
  const fetchToken =
    (app: WecomApp): FetchToken =>
    async () => {
      const answer = await ask(client, { method: 'GET', path: '/cgi-bin/gettoken', query: { corpid: app.corpId, corpsecret: app.secret } });
      if (answer.kind !== 'answer') throw new PlatformError('wecom', answer.code, 'transient');
      const { access_token: token, expires_in: expiresInSec } = answer.body;
      if (typeof token !== 'string' || typeof expiresInSec !== 'number') throw tokenRefusal(answer);
      return { token, expiresInSec };
    };

  return {
    async post(app, path, body, signal) {
      const key = { platform: 'wecom', account: app.corpId, name: `agent-${app.agentId}` };
      const send = (token: string): Promise<PlatformAnswer> =>
        ask(client, {
          method: 'POST',
          path,
          query: { access_token: token },
          body,
          headers: { 'content-type': 'application/json' },
          ...(signal ? { signal } : {}),
        });
      try {
        const token = await tokens.get(key, fetchToken(app));
        const answer = await send(token);
        if (answer.kind !== 'answer' || !tokenFaults.has(codeOf(answer.body))) return answer;
        return await send(await tokens.renew(key, token, fetchToken(app)));
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        // Without a token nothing was sent.
        if (error.errorClass === 'transient') return { kind: 'not-sent', code: 'no-connection' };
        return { kind: 'answer', status: 200, body: { errcode: Number(error.code) } };
      }
    },
  };
}

function tokenRefusal(answer: Extract<PlatformAnswer, { kind: 'answer' }>): PlatformError {
  const code = codeOf(answer.body);
  if (code === '0') return new PlatformError('wecom', answer.status === 200 ? 'no-token' : `http-${answer.status}`, 'transient');
  const known = explain(code).class;
  return new PlatformError('wecom', code, known === 'transient' || known === 'quota' ? 'transient' : 'auth');
}

/** A success may leave errcode out. */
export const codeOf = (body: Readonly<Record<string, unknown>>): string =>
  typeof body.errcode === 'number' || typeof body.errcode === 'string' ? String(body.errcode) : '0';
