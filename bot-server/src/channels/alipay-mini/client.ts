import type { Clock } from '@suiban/shared/time';
import type { AlipayAccount } from '../../config/accounts';
import type { OutboundAnswer, OutboundClient } from '../../kernel/outbound/outbound';
import { OutboundError } from '../../kernel/outbound/outbound-error';
import { isRsaSignature, rsaPrivateKey, signRsa } from '../rsa-keys';
import { certificateSn, rootCertificateSn } from './certificates';
import { platformKeyOf } from './keys';
import { objectText, signContent } from './signing';

export interface GatewayRequest {
  readonly method: string;
  /** Becomes `biz_content`. */
  readonly biz?: object;
  /** Parameters beside it (`grant_type`, `code`). */
  readonly params?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** `answer` is proved by the platform's signature. `refused` carries its `sub_code`. `unclear`: it may have acted on the request. */
export type GatewayAnswer =
  | { readonly kind: 'answer'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'not-sent'; readonly code: string }
  | { readonly kind: 'unclear'; readonly code: string };

export interface GatewayClient {
  /** Never throws. */
  call(request: GatewayRequest): Promise<GatewayAnswer>;
}

/** The gateway turned the request away before anything was done with it: believed even without a signature, which it cannot always make. */
const turnedAway = new Set(['40001', '40002', '40003', '40006']);

/** `yyyy-MM-dd HH:mm:ss` in UTC+8, whatever the zone of the machine. */
export const gatewayTime = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

export function gatewayClient(account: AlipayAccount, client: OutboundClient, clock: Clock): GatewayClient {
  const appKey = rsaPrivateKey(account.appPrivateKey);
  const platformKey = platformKeyOf(account);
  const certificates = account.certificates && {
    app_cert_sn: certificateSn(account.certificates.app),
    alipay_root_cert_sn: rootCertificateSn(account.certificates.root),
  };

  /** Public parameters stand in the query, the rest in the form: equal requests have equal bodies. */
  function signed({ method, biz, params }: GatewayRequest): { query: Record<string, string>; form: Record<string, string> } {
    const query = {
      app_id: account.appId,
      method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: gatewayTime(clock.now()),
      version: '1.0',
      ...certificates,
    };
    const form = { ...params, ...(biz ? { biz_content: JSON.stringify(biz) } : {}) };
    return { query: { ...query, sign: signRsa(appKey, signContent({ ...query, ...form })) }, form };
  }

  return {
    async call(request) {
      const { query, form } = signed(request);
      try {
        const answer = await client.request({
          method: 'POST',
          path: '/gateway.do',
          query,
          body: new URLSearchParams(form).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
          ...(request.signal ? { signal: request.signal } : {}),
        });
        return readAnswer(request.method, answer, (text, signature) => isRsaSignature(platformKey, text, signature));
      } catch (error) {
        if (!(error instanceof OutboundError)) throw error;
        return { kind: error.mayHaveArrived ? 'unclear' : 'not-sent', code: error.failure };
      }
    },
  };
}

type Check = (text: string, signature: string) => boolean;

/** The real error comes first: an `error_response` has no signature of the method's answer, and must not be lost in a failed check of one. */
export function readAnswer(method: string, { status, body }: Pick<OutboundAnswer, 'status' | 'body'>, isSigned: Check): GatewayAnswer {
  if (status >= 500) return { kind: 'unclear', code: `http-${status}` };
  if (status >= 300) return { kind: 'refused', code: `http-${status}` };
  const raw = body.toString('utf8');
  const signature = parse(raw)?.sign;
  if (parse(raw) === undefined) return { kind: 'unclear', code: 'not-json' };
  const text = objectText(raw, `${method.replaceAll('.', '_')}_response`) ?? objectText(raw, 'error_response');
  const content = text === undefined ? undefined : parse(text);
  if (text === undefined || content === undefined) return { kind: 'unclear', code: 'not-json' };
  const code = typeof content.code === 'string' ? content.code : undefined;
  if (code !== undefined && turnedAway.has(code)) return { kind: 'refused', code: subCodeOf(content, code) };
  if (typeof signature !== 'string' || !isSigned(text, signature)) return { kind: 'unclear', code: 'bad-signature' };
  return code === undefined || code === '10000' ? { kind: 'answer', body: content } : { kind: 'refused', code: subCodeOf(content, code) };
}

const subCodeOf = (content: Readonly<Record<string, unknown>>, code: string): string =>
  typeof content.sub_code === 'string' && content.sub_code !== '' ? content.sub_code : code;

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
