import { asText, bytesOf, isObject } from '../world/json-values';
import type { CardView } from '../world/observation';
import { readCard } from './card-rules';

/** A message that keeps the rules, as a phone shows it. */
export interface ReadMessage {
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly buttonText: string | null;
  readonly taskId: string | null;
  readonly card: CardView | null;
}

const TEXT_BYTES = 2048;
const plain = { link: null, buttonText: null, taskId: null, card: null };

/**
 * Body rules of `message/send`: the message, or the field that breaks a rule. @see
 * https://developer.work.weixin.qq.com/document/path/90236 (read 2026-07)
 */
export function readMessage(body: Record<string, unknown>): ReadMessage | { readonly field: string } {
  const type = asText(body.msgtype);
  const part = body[type];
  if (!isObject(part)) return { field: type || 'msgtype' };
  if (type === 'text' || type === 'markdown') {
    const content = asText(part.content);
    if (content === '') return { field: `${type}.content` };
    if (type === 'markdown' && bytesOf(content) > TEXT_BYTES) return { field: 'markdown.content' };
    return { ...plain, kind: type, title: '', body: cutToBytes(content, TEXT_BYTES) };
  }
  return type === 'textcard' ? readTextcard(part) : readTemplateCard(part);
}

export const KNOWN_TYPES: ReadonlySet<string> = new Set(['text', 'markdown', 'textcard', 'template_card']);

function readTextcard(part: Record<string, unknown>): ReadMessage | { readonly field: string } {
  const [title, body, link, button] = [asText(part.title), asText(part.description), asText(part.url), part.btntxt];
  if (title === '' || bytesOf(title) > 128) return { field: 'textcard.title' };
  if (body === '' || bytesOf(body) > 512) return { field: 'textcard.description' };
  if (!/^https?:\/\/\S+$/.test(link) || bytesOf(link) > 2048) return { field: 'textcard.url' };
  if (button !== undefined && (typeof button !== 'string' || [...button].length > 4)) return { field: 'textcard.btntxt' };
  return { ...plain, kind: 'textcard', title, body, link, buttonText: asText(button) || '详情' };
}

function readTemplateCard(part: Record<string, unknown>): ReadMessage | { readonly field: string } {
  const card = readCard(part);
  if ('field' in card) return { field: `template_card.${card.field}` };
  const { kind, title, body, link, taskId, view } = card;
  return { kind, title, body, link, buttonText: null, taskId: taskId || null, card: view };
}

/** The platform cuts at 2048 bytes; a character is never cut in half. */
export function cutToBytes(text: string, most: number): string {
  if (bytesOf(text) <= most) return text;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}
