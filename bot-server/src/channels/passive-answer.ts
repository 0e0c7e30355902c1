import { randomInt } from 'node:crypto';
import type { ChatReply, PassiveAnswer } from './chat';
import { sha1OfSorted } from './message-crypt';
import { type PushNode, textOf } from './push-body';

/** Bytes of a text message; a longer one is refused (45002), and the person sees the platform's own excuse. */
export const chatTextBytes = 2048;

export interface AnswerSeal {
  readonly token: string;
  /** To the receiver of the push. */
  encrypt(xml: string): string;
}

/**
 * The answer to a chat push inside its own response, in the wording WeChat and WeCom share: sender and receiver change places, and
 * the whole is sealed and signed as a push in safe mode is. A link becomes an article; undefined for a card: it cannot be answered so.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html (read 2026-11)
 */
export function passiveAnswer(answer: { root: PushNode; reply: ChatReply; seal: AnswerSeal; nowSec: number }): PassiveAnswer | undefined {
  const { root, reply, seal, nowSec } = answer;
  if (reply.form === 'card') return undefined;
  const head = texts({ ToUserName: textOf(root, 'FromUserName'), FromUserName: textOf(root, 'ToUserName') });
  const body = reply.form === 'text' ? texts({ MsgType: 'text', Content: cutToBytes(reply.text, chatTextBytes) }) : articleOf(reply);
  const encrypted = seal.encrypt(`<xml>${head}<CreateTime>${nowSec}</CreateTime>${body}</xml>`);
  const [timestamp, nonce] = [String(nowSec), String(randomInt(100_000_000, 999_999_999))];
  const signed = texts({ Encrypt: encrypted, MsgSignature: sha1OfSorted([seal.token, timestamp, nonce, encrypted]) });
  return { contentType: 'text/xml', body: `<xml>${signed}<TimeStamp>${timestamp}</TimeStamp>${texts({ Nonce: nonce })}</xml>` };
}

const articleOf = (link: { title: string; description: string; url: string }): string =>
  `${texts({ MsgType: 'news' })}<ArticleCount>1</ArticleCount><Articles><item>${texts({
    Title: link.title,
    Description: link.description,
    PicUrl: '',
    Url: link.url,
  })}</item></Articles>`;

/** A text may hold the end of a CDATA section: it is then written as two. */
const texts = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, text]) => `<${name}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`)
    .join('');

/** Whole characters only; what was cut off is said by an ellipsis. */
export function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text, 'utf8') <= most) return text;
  let kept = '';
  let bytes = Buffer.byteLength('…', 'utf8');
  for (const character of text) {
    bytes += Buffer.byteLength(character, 'utf8');
    if (bytes > most) break;
    kept += character;
  }
  return `${kept}…`;
}
