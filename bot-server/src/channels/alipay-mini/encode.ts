import type { Call, ChannelBody } from '../channel';

type AlipayBody = Extract<ChannelBody, { channel: 'alipay-mini' }>;

/** People of apps from before open ids are known by a user id of 16 digits. */
export const isUserId = (id: string): boolean => /^2088\d{12}$/.test(id);

/** `biz_content` of one message. `data` is JSON inside a string; keys in order, so that the same call gives the same bytes. */
export function encodeCall(call: Call): object {
  const { body } = call.content;
  const [recipient] = call.recipients;
  if (body.channel !== 'alipay-mini' || recipient?.address.type !== 'openid') throw new Error('a template message goes to one open id');
  const { openid } = recipient.address;
  const data = Object.fromEntries(
    Object.keys(body.data)
      .sort()
      .map((key) => [key, { value: body.data[key] }]),
  );
  return {
    ...(isUserId(openid) ? { to_user_id: openid } : { to_open_id: openid }),
    user_template_id: body.templateId,
    page: pageOf(body, recipient.link),
    data: JSON.stringify(data),
  };
}

/** The page opens with the personal token alone; the host of the link is for browsers. */
function pageOf(body: AlipayBody, link: string): string {
  const token = link.slice(link.lastIndexOf('/') + 1);
  return `${body.page}${body.page.includes('?') ? '&' : '?'}link=${encodeURIComponent(token)}`;
}
