import { DomainError } from '@suiban/shared/errors';
import { codeOf } from '../errcode-answer';
import type { WechatClient } from '../wechat-client';

/** Unknown, used or outlived; or given to another mini-program. */
const badCodes = ['40029', '40013'];

/**
 * The mobile number behind the code of the button, which is not the code of the login. Each success is charged for.
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-info/phone-number/getPhoneNumber.html (read 2026-11)
 * @throws DomainError identity:platform-code-refused, kernel:invalid-request for a number of elsewhere, kernel:upstream
 */
export async function phoneNumber(client: WechatClient, appId: string, code: string): Promise<string> {
  const answer = await client.call({ path: '/wxa/business/getuserphonenumber', body: JSON.stringify({ code }) });
  if (answer.kind !== 'answer' || answer.status !== 200) throw new DomainError('kernel:upstream');
  const errcode = codeOf(answer.body);
  if (badCodes.includes(errcode)) throw new DomainError('identity:platform-code-refused', '手机号授权已失效，请重新点按“获取手机号”');
  const info = errcode === '0' ? (answer.body.phone_info as PhoneInfo | undefined) : undefined;
  if (typeof info?.purePhoneNumber !== 'string' || info.watermark?.appid !== appId) throw new DomainError('kernel:upstream');
  if (info.countryCode !== '86') throw new DomainError('kernel:invalid-request', '只支持中国内地的手机号码');
  return info.purePhoneNumber;
}

interface PhoneInfo {
  readonly purePhoneNumber?: unknown;
  readonly countryCode?: unknown;
  readonly watermark?: { readonly appid?: unknown };
}
