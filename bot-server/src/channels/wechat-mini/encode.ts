import type { Call } from '../channel';
import { dataOf, pageOf } from '../wechat-fields';

/** The same call gives the same bytes. */
export function encodeCall(call: Call): string {
  const { body } = call.content;
  const [recipient] = call.recipients;
  if (body.channel !== 'wechat-mini' || recipient?.address.type !== 'openid') throw new Error('a subscription message goes to one openid');
  return JSON.stringify({
    touser: recipient.address.openid,
    template_id: body.templateId,
    page: pageOf(body.page, recipient.link),
    data: dataOf(body.data),
    miniprogram_state: 'formal',
    lang: 'zh_CN',
  });
}
