import type { OutboundAnswer, OutboundClient, OutboundRequest } from '../kernel/outbound/outbound';
import type { AccessTokens, FetchToken } from './access-tokens';
import type { CodeImage, Recipient, SendResult } from './channel';
import { demanded, type ErrcodePlatform, failuresOf, idOf, tokenIn, underToken } from './errcode-answer';
import { ask, askFor, type PlatformAnswer, readAnswer } from './platform-answer';
import { PlatformError } from './platform-error';

/** An account at api.weixin.qq.com; each has its own family of tokens. */
export interface WechatApp extends ErrcodePlatform {
  readonly platform: 'wechat-mini' | 'wechat-official';
  readonly appId: string;
  readonly secret: string;
}

export interface WechatRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Absent: a GET. */
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Calls under the access token; a dead one is renewed once and the call tried once more. */
export interface WechatClient {
  /** Never throws: no token is `not-sent` or a refusal. */
  call(request: WechatRequest): Promise<PlatformAnswer>;
  /** The body of a success. @throws PlatformError: `unknown` when the platform may have acted on it */
  demand(request: WechatRequest): Promise<Readonly<Record<string, unknown>>>;
  /** From an endpoint that answers a picture, or JSON when it refuses, both with HTTP 200. @throws PlatformError */
  picture(request: WechatRequest): Promise<CodeImage>;
  /** With appid and secret instead of a token: the code of a person who signs in. Never throws. */
  exchange(path: string, query: Readonly<Record<string, string>>): Promise<PlatformAnswer>;
}

export function wechatClient(app: WechatApp, client: OutboundClient, tokens: AccessTokens): WechatClient {
  const key = { platform: app.platform, account: app.appId, name: 'access-token' };
  const obtainNew = tokenFetcher(app, client);
  const under = <T extends { readonly kind: string }>(
    { path, query, body, signal }: WechatRequest,
    send: (request: OutboundRequest) => Promise<T | PlatformAnswer>,
  ): Promise<T | PlatformAnswer> =>
    underToken<T>(tokens, key, obtainNew, (token) =>
      send({
        method: body === undefined ? 'GET' : 'POST',
        path,
        query: { ...query, access_token: token },
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
        ...(signal ? { signal } : {}),
      }),
    );
  const call = (request: WechatRequest) => under<PlatformAnswer>(request, (outbound) => ask(client, outbound));
  return {
    call,
    demand: async (request) => demanded(app, await call(request)),
    async picture(request) {
      const answer = await under<Picture>(request, (outbound) => askFor(client, outbound, readPicture));
      if (answer.kind === 'picture') return { contentType: answer.contentType, bytes: answer.bytes };
      demanded(app, answer);
      throw new PlatformError(app.platform, 'not-picture', 'unknown');
    },
    exchange: (path, query) => ask(client, { method: 'GET', path, query: { appid: app.appId, secret: app.secret, ...query } }),
  };
}

type Picture = { readonly kind: 'picture' } & CodeImage;

/** By the first byte: a refusal is JSON, whatever the content type says. */
function readPicture(answer: OutboundAnswer): Picture | PlatformAnswer {
  const { body: bytes, headers } = answer;
  const contentType = String(headers['content-type'] ?? '');
  if (answer.status !== 200 || bytes[0] === 0x7b || !contentType.startsWith('image/')) return readAnswer(answer);
  return { kind: 'picture', contentType, bytes };
}

/** The stable token is the same for all who ask; when it is the dead one itself, it is replaced by force (20 a day). */
function tokenFetcher(app: WechatApp, client: OutboundClient): FetchToken {
  const asked = { grant_type: 'client_credential', appid: app.appId, secret: app.secret };
  const fetchOne = async (json: object) => tokenIn(app, await ask(client, { method: 'POST', path: '/cgi-bin/stable_token', json }));
  return async (dead) => {
    const fresh = await fetchOne(asked);
    return fresh.token === dead ? fetchOne({ ...asked, force_refresh: true }) : fresh;
  };
}

/** Of a send to recipients of one call; its id is theirs. */
export const sendResultsOf = (app: WechatApp, recipients: readonly Recipient[], answer: PlatformAnswer): readonly SendResult[] =>
  failuresOf(app, recipients, answer) ??
  recipients.map(({ ref }) => ({ ref, outcome: 'accepted', platformId: answer.kind === 'answer' ? idOf(answer.body.msgid) : '' }));
