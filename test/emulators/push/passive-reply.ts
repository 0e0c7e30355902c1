import { linkIn } from '../world/attempt-key';
import type { MessageCrypt } from './message-crypt';

/** An answer that came inside the response to a push. */
export interface PassiveReply {
  readonly kind: 'text' | 'news';
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
}

/**
 * What the body of our response says: nothing (empty or `success`), a reply to show, or something the platform cannot make sense of.
 * Checked as the platform does: signature over the ciphertext, receiver, then sender and receiver changed places.
 */
export function readPassive(
  body: string,
  crypt: MessageCrypt,
  ends: { readonly from: string; readonly to: string },
): PassiveReply | 'none' | 'broken' {
  if (body === '' || body === 'success') return 'none';
  try {
    const [encrypted, timestamp, nonce] = ['Encrypt', 'TimeStamp', 'Nonce'].map((name) => within(body, name) ?? '');
    if (!encrypted || !timestamp || !nonce || within(body, 'MsgSignature') !== crypt.sign(timestamp, nonce, encrypted)) return 'broken';
    return readMessage(crypt.decrypt(encrypted), ends);
  } catch {
    return 'broken';
  }
}

function readMessage(xml: string, ends: { readonly from: string; readonly to: string }): PassiveReply | 'broken' {
  if (within(xml, 'FromUserName') !== ends.from || within(xml, 'ToUserName') !== ends.to) return 'broken';
  if (!/^\d+$/.test(within(xml, 'CreateTime') ?? '')) return 'broken';
  const kind = within(xml, 'MsgType');
  if (kind === 'text') {
    const content = within(xml, 'Content') ?? '';
    if (content === '' || Buffer.byteLength(content, 'utf8') > 2048) return 'broken';
    return { kind, title: '', body: content, link: linkIn(content) };
  }
  const [title, link] = [within(xml, 'Title'), within(xml, 'Url')];
  if (kind !== 'news' || within(xml, 'ArticleCount') !== '1' || !title || !link) return 'broken';
  return { kind, title, body: within(xml, 'Description') ?? '', link };
}

/** CDATA sections joined; outside of them, digits. */
function within(xml: string, name: string): string | undefined {
  const inner = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];
  if (inner === undefined) return undefined;
  const sections = [...inner.matchAll(/<!\[CDATA\[(.*?)\]\]>/gs)].map(([, text]) => text ?? '');
  return sections.length > 0 ? sections.join('') : inner;
}
