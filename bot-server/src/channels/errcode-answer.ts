import type { AccessTokens, FetchToken, TokenKey } from './access-tokens';
import type { Explanation, Recipient, SendResult } from './channel';
import { allRefused, allUnknown, type PlatformAnswer } from './platform-answer';
import { PlatformError } from './platform-error';

/** What WeChat and WeCom share: HTTP 200 with `errcode`, and calls under an access token. */
export interface ErrcodePlatform {
  readonly platform: string;
  readonly explain: (code: string) => Explanation;
}

type Answered = Extract<PlatformAnswer, { kind: 'answer' }>;

/** The token is no use any more: another app's, superseded, revoked or expired. */
const tokenFaults = new Set(['40001', '40014', '42001']);

/** Ids come as numbers; those too long for one as texts. */
export const idOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** A success may leave errcode out. */
export const codeOf = (body: Readonly<Record<string, unknown>>): string => idOf(body.errcode) || '0';

/** A dead token is renewed once and the call tried once more. Never throws: no token is `not-sent` or a refusal. */
export async function underToken<T extends { readonly kind: string }>(
  tokens: AccessTokens,
  key: TokenKey,
  obtainNew: FetchToken,
  send: (token: string) => Promise<T | PlatformAnswer>,
): Promise<T | PlatformAnswer> {
  try {
    const token = await tokens.get(key, obtainNew);
    const answer = await send(token);
    if (!isTokenFault(answer)) return answer;
    return await send(await tokens.renew(key, token, obtainNew));
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    // Without a token nothing was sent.
    if (error.errorClass === 'transient') return { kind: 'not-sent', code: 'no-connection' };
    return { kind: 'answer', status: 200, body: { errcode: error.code } };
  }
}

const isTokenFault = (answer: { readonly kind: string }): boolean =>
  answer.kind === 'answer' && tokenFaults.has(codeOf((answer as Answered).body));

/** Of an endpoint that gives tokens. @throws PlatformError, `auth` for what only an administrator can mend */
export function tokenIn(of: ErrcodePlatform, answer: PlatformAnswer): { token: string; expiresInSec: number } {
  if (answer.kind !== 'answer') throw new PlatformError(of.platform, answer.code, 'transient');
  const { access_token: token, expires_in: expiresInSec } = answer.body;
  if (typeof token === 'string' && typeof expiresInSec === 'number') return { token, expiresInSec };
  const code = codeOf(answer.body);
  if (code === '0') throw new PlatformError(of.platform, answer.status === 200 ? 'no-token' : `http-${answer.status}`, 'transient');
  const known = of.explain(code).class;
  throw new PlatformError(of.platform, code, known === 'transient' || known === 'quota' ? 'transient' : 'auth');
}

/** The body of a success. @throws PlatformError: `unknown` when the platform may have acted on it */
export function demanded(of: ErrcodePlatform, answer: PlatformAnswer): Readonly<Record<string, unknown>> {
  if (answer.kind !== 'answer') throw new PlatformError(of.platform, answer.code, answer.kind === 'unclear' ? 'unknown' : 'transient');
  if (answer.status !== 200) throw new PlatformError(of.platform, `http-${answer.status}`, httpClass(answer.status));
  const code = codeOf(answer.body);
  if (code !== '0') throw new PlatformError(of.platform, code, of.explain(code).class);
  return answer.body;
}

/** What a send that failed means for each of its recipients; undefined: it did not fail. */
export function failuresOf(
  of: Pick<ErrcodePlatform, 'explain'>,
  recipients: readonly Recipient[],
  answer: PlatformAnswer,
): readonly SendResult[] | undefined {
  if (answer.kind === 'not-sent') return allRefused(recipients, { class: 'transient', code: answer.code });
  if (answer.kind === 'unclear') return allUnknown(recipients, answer.code);
  if (answer.status !== 200) return allRefused(recipients, { class: httpClass(answer.status), code: `http-${answer.status}` });
  const code = codeOf(answer.body);
  if (code === '0') return undefined;
  const known = of.explain(code).class;
  if (known === 'unknown') return allUnknown(recipients, code);
  return allRefused(recipients, { class: known, code, ...(known === 'quota' ? { retryAfterMs: 60_000 } : {}) });
}

const httpClass = (status: number): 'quota' | 'auth' => (status === 429 ? 'quota' : 'auth');
