import type { Answer } from '../world/platform-call';

/** HTTP status of each code. @see https://pay.weixin.qq.com/doc/v3/merchant/4012556398 */
const STATUS_OF: Readonly<Record<string, number>> = {
  PARAM_ERROR: 400,
  INVALID_REQUEST: 400,
  APPID_MCHID_NOT_MATCH: 400,
  MCH_NOT_EXISTS: 400,
  ORDER_CLOSED: 400,
  SIGN_ERROR: 401,
  OUT_TRADE_NO_USED: 403,
  NO_AUTH: 403,
  NOT_ENOUGH: 403,
  RULE_LIMIT: 403,
  ORDER_NOT_EXIST: 404,
  RESOURCE_NOT_EXISTS: 404,
  FREQUENCY_LIMITED: 429,
  SYSTEM_ERROR: 500,
};

/** What the platform refuses: thrown where it is found, answered at the door. */
export class PayRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly detail?: object,
  ) {
    super(message);
  }
}

export const paramError = (field: string, issue: string): PayRefusal =>
  new PayRefusal('PARAM_ERROR', '参数错误', { field: `/body/${field}`, issue, location: 'body' });

export function refused(
  code: string,
  message: string,
  { httpStatus, detail }: { httpStatus?: number; detail?: object | undefined } = {},
): Answer {
  const status = httpStatus === undefined || httpStatus === 200 ? (STATUS_OF[code] ?? 400) : httpStatus;
  return { status, body: { code, message, ...(detail ? { detail } : {}) }, code, isRefusal: true, detail: message };
}

export const answered = (body: object, subject: string, status = 200): Answer => ({ status, body, code: '0', isRefusal: false, subject });
