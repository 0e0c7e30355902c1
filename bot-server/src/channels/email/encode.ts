import { createHash } from 'node:crypto';
import type { Call } from '../channel';

/** Where the personal link goes in the text; without it the link follows on a line of its own. */
export const linkMark = '{link}';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Without the brackets. The same for the same attempt of the same person, so that a receiver can tell a repeat. */
  readonly messageId: string;
}

export function encodeCall({ recipients, content }: Call, domain: string): Mail {
  const { body, attemptKey } = content;
  const [recipient] = recipients;
  if (body.channel !== 'email' || recipient?.address.type !== 'email') throw new Error('a mail goes to one address');
  const { link, ref } = recipient;
  const text = body.text.includes(linkMark) || link === '' ? body.text.replaceAll(linkMark, () => link) : `${body.text}\n\n${link}`;
  // Of the link only a hash: it tells two installations apart and gives nothing away.
  const mark = createHash('sha256').update(link).digest('hex').slice(0, 12);
  return {
    to: recipient.address.email,
    subject: body.subject,
    text,
    html: htmlOf(text, link),
    messageId: `${attemptKey}s${ref}.${mark}@${domain}`,
  };
}

/** The same words for readers that show HTML: paragraphs, line breaks, the link to tap. Nothing is loaded from anywhere. */
function htmlOf(text: string, link: string): string {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`);
  const address = escaped(link);
  const body = link === '' ? paragraphs.join('') : paragraphs.join('').replaceAll(address, (found) => `<a href="${found}">${found}</a>`);
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"></head><body>${body}</body></html>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll('\r', '').replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? mark);
