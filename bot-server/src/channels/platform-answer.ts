import type { OutboundAnswer, OutboundClient, OutboundRequest } from '../kernel/outbound/outbound';
import { OutboundError } from '../kernel/outbound/outbound-error';
import type { ErrorClass, Explanation, Recipient, SendResult } from './channel';
import { parseExactJson } from './exact-json';

/**
 * What came of one request: an answer we can read; certainly not sent; or unclear, where the platform may have acted on it.
 * A 5xx is unclear: gateways answer so after the work was done, too.
 */
export type PlatformAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Readonly<Record<string, unknown>>; readonly retryAfterMs?: number }
  | { readonly kind: 'not-sent'; readonly code: string }
  | { readonly kind: 'unclear'; readonly code: string };

/** Never throws. */
export const ask = (client: OutboundClient, request: OutboundRequest): Promise<PlatformAnswer> => askFor(client, request, readAnswer);

/** For endpoints that answer something else than JSON, too. Never throws. */
export async function askFor<T>(
  client: OutboundClient,
  request: OutboundRequest,
  read: (answer: OutboundAnswer) => T | PlatformAnswer,
): Promise<T | PlatformAnswer> {
  try {
    return read(await client.request(request));
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { kind: error.mayHaveArrived ? 'unclear' : 'not-sent', code: error.failure };
  }
}

export function readAnswer(answer: OutboundAnswer): PlatformAnswer {
  const body = readObject(answer.body);
  const retryAfterMs = retryAfterOf(answer.headers['retry-after']);
  if (body && (answer.status < 500 || typeof body.code === 'string')) {
    return { kind: 'answer', status: answer.status, body, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  if (answer.status >= 400 && answer.status < 500) return { kind: 'answer', status: answer.status, body: {} };
  return { kind: 'unclear', code: answer.status >= 500 ? `http-${answer.status}` : 'not-json' };
}

function readObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = parseExactJson(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function retryAfterOf(header: string | string[] | undefined): number | undefined {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}

type Refusal = Omit<Extract<SendResult, { outcome: 'refused' }>, 'ref' | 'outcome'>;

export const allRefused = (recipients: readonly Recipient[], refusal: Refusal): SendResult[] =>
  recipients.map(({ ref }) => ({ ref, outcome: 'refused', ...refusal }));

export const allUnknown = (recipients: readonly Recipient[], code: string): SendResult[] =>
  recipients.map(({ ref }) => ({ ref, outcome: 'unknown', code }));

/** A table per platform; codes it does not know get the last word of `explainFrom`. */
export type ErrorTable = Readonly<Record<string, readonly [ErrorClass, zh: string, en: string, toDoZh: string, toDoEn: string]>>;

/** Failures that are ours or the network's, the same on every channel. */
const ownCodes: ErrorTable = {
  timeout: [
    'unknown',
    '平台没有按时答复',
    'No answer in time',
    '到平台后台核对后在名单里核实结果',
    'Check at the platform, then settle it in the list',
  ],
  broken: [
    'unknown',
    '发送途中连接中断',
    'The connection broke on the way',
    '到平台后台核对后在名单里核实结果',
    'Check at the platform, then settle it in the list',
  ],
  aborted: [
    'unknown',
    '发送途中被中止',
    'Aborted on the way',
    '到平台后台核对后在名单里核实结果',
    'Check at the platform, then settle it in the list',
  ],
  'not-json': [
    'unknown',
    '平台的答复无法识别',
    'The answer could not be read',
    '到平台后台核对后在名单里核实结果',
    'Check at the platform, then settle it in the list',
  ],
  unrecorded: [
    'unknown',
    '发出后没有得到可信的结果',
    'Sent, and no answer that can be trusted',
    '到平台后台核对后在名单里核实结果',
    'Check at the platform, then settle it in the list',
  ],
  'not-begun': ['transient', '轮到发送时名额已交给另一进程', 'Not begun: the lease was over', '稍后会自动再试', 'Tried again by itself'],
  'no-connection': ['transient', '连不上平台', 'The platform could not be reached', '稍后会自动再试', 'Tried again by itself'],
  'circuit-open': [
    'transient',
    '平台近期频繁出错，暂缓发送',
    'The platform fails too often at present',
    '稍后会自动再试',
    'Tried again by itself',
  ],
  blocked: [
    'permanent',
    '平台地址不在允许范围内',
    'The platform address is not allowed',
    '请系统管理员检查平台地址设置',
    'Ask the system administrator to check the address',
  ],
  'too-large': [
    'unknown',
    '平台的答复过大',
    'The answer was too large',
    '到平台后台核对后在名单里核实结果',
    'Check at the platform, then settle it in the list',
  ],
};

export function explainFrom(table: ErrorTable): (code: string) => Explanation {
  return (code) => {
    // The code is the platform's word: `constructor` is no row.
    const row = Object.hasOwn(table, code) ? table[code] : Object.hasOwn(ownCodes, code) ? ownCodes[code] : undefined;
    if (row) return { class: row[0], meaning: { zh: row[1], en: row[2] }, whatToDo: { zh: row[3], en: row[4] } };
    const isHttp = code.startsWith('http-5');
    return {
      class: isHttp ? 'unknown' : 'permanent',
      meaning: {
        zh: isHttp ? '平台内部出错' : `平台拒绝（代码 ${code}）`,
        en: isHttp ? 'The platform failed inside' : `Refused (code ${code})`,
      },
      whatToDo: { zh: '请系统管理员按代码查阅平台文档', en: 'Ask the system administrator to look the code up' },
    };
  };
}
