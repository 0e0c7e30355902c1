import type { OutboundClient } from '../../kernel/outbound/outbound';
import type { AccessTokens, FetchToken } from '../access-tokens';
import { demanded, tokenIn, underToken } from '../errcode-answer';
import { ask, type PlatformAnswer } from '../platform-answer';
import { wecom } from './errors';

export interface WecomApp {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
}

export interface WecomRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Absent: a GET. */
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** A call under the app's own token; a dead token is renewed once and the call tried once more. */
export interface WecomClient {
  /** Never throws: no token is `not-sent` or a refusal. */
  call(app: WecomApp, request: WecomRequest): Promise<PlatformAnswer>;
  /** The body of a success. @throws PlatformError: `unknown` when the platform may have acted on it */
  demand(app: WecomApp, request: WecomRequest): Promise<Readonly<Record<string, unknown>>>;
}

export function wecomClient(client: OutboundClient, tokens: AccessTokens): WecomClient {
  const obtainNew =
    ({ corpId, secret }: WecomApp): FetchToken =>
    async () =>
      tokenIn(wecom, await ask(client, { method: 'GET', path: '/cgi-bin/gettoken', query: { corpid: corpId, corpsecret: secret } }));
  const send = (request: WecomRequest, token: string): Promise<PlatformAnswer> =>
    ask(client, {
      method: request.body === undefined ? 'GET' : 'POST',
      path: request.path,
      query: { access_token: token, ...request.query },
      ...(request.body === undefined ? {} : { body: request.body, headers: { 'content-type': 'application/json' } }),
      ...(request.signal ? { signal: request.signal } : {}),
    });
  const call = (app: WecomApp, request: WecomRequest): Promise<PlatformAnswer> => {
    const key = { platform: 'wecom', account: app.corpId, name: `agent-${app.agentId}` };
    return underToken<PlatformAnswer>(tokens, key, obtainNew(app), (token) => send(request, token));
  };
  return { call, demand: async (app, request) => demanded(wecom, await call(app, request)) };
}
