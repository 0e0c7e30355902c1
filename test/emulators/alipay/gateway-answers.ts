import type { Answer } from '../world/platform-call';
import type { AlipayState } from './alipay-emulator';
import { signRsa2 } from './signing';

/** What a method made of its parameters. `body` is the object under `<method>_response`. */
export interface Outcome {
  readonly body: Readonly<Record<string, unknown>>;
  /** `sub_code` of a refusal, else `10000`. */
  readonly code: string;
  readonly isRefusal: boolean;
  /** Under `error_response`: what the gateway itself refuses. */
  readonly isGatewayError?: boolean;
  readonly subject?: string;
}

/** What opendocs says of each: the last word of `sub_msg`. */
const WORDS: Readonly<Record<string, string>> = {
  'isv.missing-app-id': '缺少AppID参数',
  'isv.missing-method': '缺少方法名参数',
  'isv.missing-signature': '缺少签名参数',
  'isv.missing-signature-type': '缺少签名类型参数',
  'isv.missing-timestamp': '缺少时间戳参数',
  'isv.missing-version': '缺少版本参数',
  'isv.invalid-app-id': '无效的AppID参数',
  'isv.invalid-method': '不存在的方法名',
  'isv.invalid-signature': '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配',
  'isv.invalid-signature-type': '无效的签名类型',
  'isv.invalid-timestamp': '非法的时间戳参数',
  'isv.invalid-charset': '字符集错误',
  'isv.invalid-format': '无效的数据格式',
  'isv.code-invalid': '授权码code无效',
  'isv.app-call-limited': '应用调用次数超限，包含调用频率超限',
  'isp.unknow-error': '系统繁忙',
  MSG_UNSUBSCRIBED: '用户未订阅消息',
  USER_ID_INVALID: '用户ID不合法',
  USER_TEMPLATE_ILLEGAL: '用户模板非法',
  USER_TEMPLATE_LACK_KEYWORD: '用户模板缺少关键词',
  USER_KEYWORD_LENGTH_ERROR: '关键词长度错误',
  DATA_IS_EMPTY: '数据为空',
  DATA_CONTENT_FORMAT_ERROR: 'data内容格式错误',
  BIZ_CONTENT_FORMAT_ERROR: '业务参数格式错误',
  PAGE_OVER_LIMIT: 'page长度超过限制',
  'ACQ.TRADE_NOT_EXIST': '交易不存在',
  'ACQ.TRADE_HAS_SUCCESS': '交易已被支付',
  'ACQ.TRADE_HAS_CLOSE': '交易已经关闭',
  'ACQ.CONTEXT_INCONSISTENT': '交易信息被篡改',
  'ACQ.INVALID_PARAMETER': '参数无效',
  'ACQ.BUYER_NOT_EXIST': '买家不存在',
  'ACQ.REASON_TRADE_STATUS_INVALID': '交易状态异常',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': '退款金额超限',
};

/** `code` and `msg` follow from the family of the `sub_code`. @see https://opendocs.alipay.com/common/02km9f (read 2026-11) */
function familyOf(subCode: string): readonly [code: string, msg: string] {
  if (subCode.startsWith('isp.')) return ['20000', 'Service Currently Unavailable'];
  if (subCode.startsWith('aop.')) return ['20001', 'Insufficient Token Permissions'];
  if (/call-limited$/.test(subCode)) return ['40005', 'Call Limited'];
  if (subCode.startsWith('isv.missing-signature-config')) return ['40003', 'Insufficient Conditions'];
  if (subCode.startsWith('isv.missing-')) return ['40001', 'Missing Required Arguments'];
  if (subCode.startsWith('isv.insufficient-')) return ['40006', 'Insufficient Permissions'];
  return subCode.startsWith('isv.') ? ['40002', 'Invalid Arguments'] : ['40004', 'Business Failed'];
}

export function refused(subCode: string, more: Partial<Outcome> & { detail?: string } = {}): Outcome {
  const [code, msg] = familyOf(subCode);
  const { detail, ...rest } = more;
  return {
    body: { code, msg, sub_code: subCode, sub_msg: `${WORDS[subCode] ?? subCode}${detail ? `：${detail}` : ''}` },
    code: subCode,
    isRefusal: true,
    ...rest,
  };
}

export const done = (body: object, subject = ''): Outcome => ({
  body: { code: '10000', msg: 'Success', ...body },
  code: '10000',
  isRefusal: false,
  subject,
});

/** Slashes come escaped, so that nobody verifies a re-serialisation by luck. */
const jsonOf = (body: object): string => JSON.stringify(body).replaceAll('/', String.raw`\/`);

/** An answer to somebody whose app is not known carries no signature. */
export function gatewayAnswer(state: AlipayState, method: string, outcome: Outcome, isSigned = true): Answer {
  const key = outcome.isGatewayError || method === '' ? 'error_response' : `${method.replaceAll('.', '_')}_response`;
  const text = jsonOf(outcome.body);
  const signature = isSigned ? `,"sign":"${signRsa2(text, state.platformKey)}"` : '';
  return {
    body: Buffer.from(`{"${key}":${text}${signature}}`, 'utf8'),
    headers: { 'content-type': 'application/json;charset=utf-8' },
    code: outcome.isRefusal ? outcome.code : '0',
    isRefusal: outcome.isRefusal,
    subject: outcome.subject ?? '',
  };
}

/** A scripted fault: an HTTP status other than 200 comes without a readable body, as from a broken gateway. */
export function scriptedAnswer(state: AlipayState, method: string, code: string, httpStatus: number): Answer {
  if (httpStatus === 200) return gatewayAnswer(state, method, refused(code));
  const detail = `HTTP ${httpStatus}`;
  return { status: httpStatus, body: Buffer.from('<html>gateway error</html>'), code: String(httpStatus), isRefusal: true, detail };
}
