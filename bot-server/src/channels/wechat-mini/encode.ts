import type { Call, ChannelBody } from '../channel';

type MiniBody = Extract<ChannelBody, { channel: 'wechat-mini' }>;

/** Template fields in the order of their keys: the same call gives the same bytes. */
export function encodeCall(call: Call): string {
  const { body } = call.content;
  const [recipient] = call.recipients;
  if (body.channel !== 'wechat-mini' || recipient?.address.type !== 'openid') throw new Error('a subscription message goes to one openid');
  return JSON.stringify({
    touser: recipient.address.openid,
    template_id: body.templateId,
    page: pageOf(body, recipient.link),
    data: Object.fromEntries(
      Object.keys(body.data)
        .sort()
        .map((key) => [key, { value: body.data[key] }]),
    ),
    miniprogram_state: 'formal',
    lang: 'zh_CN',
  });
}

/** The page opens with the personal token alone; the host of the link is for browsers. */
function pageOf(body: MiniBody, link: string): string {
  const token = link.slice(link.lastIndexOf('/') + 1);
  return `${body.page}${body.page.includes('?') ? '&' : '?'}link=${encodeURIComponent(token)}`;
}
