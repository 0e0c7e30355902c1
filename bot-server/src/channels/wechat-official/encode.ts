import type { Call } from '../channel';
import type { ChatReply } from '../chat';
import { chatTextBytes, cutToBytes } from '../passive-answer';
import { dataOf, pageOf } from '../wechat-fields';

/** The same call gives the same bytes; `client_msg_id` is what the platform knows a repeat by. The page wins over the address on phones that can open it. */
export function encodeCall(call: Call, miniAppId: string): string {
  const { body } = call.content;
  const [recipient] = call.recipients;
  if (body.channel !== 'wechat-official' || recipient?.address.type !== 'openid') throw new Error('a template message goes to one openid');
  const { address, link, ref } = recipient;
  return JSON.stringify({
    touser: address.openid,
    template_id: body.templateId,
    url: link,
    ...(body.page === null || miniAppId === '' ? {} : { miniprogram: { appid: miniAppId, pagepath: pageOf(body.page, link) } }),
    client_msg_id: `${call.content.attemptKey}-${ref}`,
    data: dataOf(body.data),
  });
}

/**
 * A customer message. There are no cards that could be answered in the chat: the link beside a card is sent. A page of the
 * mini-program is a link inside a text, for the card with a picture wants an uploaded picture.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Service_Center_messages.html (read 2026-11)
 */
export function encodeSaid(openid: string, reply: ChatReply, miniAppId: string): string {
  const shown = reply.form === 'card' ? reply.fallback : reply;
  if (shown.form === 'text') return text(openid, cutToBytes(shown.text, chatTextBytes));
  const { title, description, url, page } = shown;
  if (url === '' && page !== '' && miniAppId !== '') {
    const marks = `data-miniprogram-appid="${attribute(miniAppId)}" data-miniprogram-path="${attribute(page)}"`;
    return text(openid, `${cutToBytes(description, 1024)}\n<a href="#" ${marks}>${attribute(cutToBytes(title, 128))}</a>`);
  }
  return JSON.stringify({ touser: openid, msgtype: 'news', news: { articles: [{ title, description, url, picurl: '' }] } });
}

const text = (openid: string, content: string): string => JSON.stringify({ touser: openid, msgtype: 'text', text: { content } });

const attribute = (value: string): string => value.replaceAll(/["<>]/g, '');
