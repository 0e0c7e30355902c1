import { XMLParser } from 'fast-xml-parser';
import { parseExactJson } from './exact-json';
import { malformed } from './push-guard';

const maxDepth = 20;

export type PushNode = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: true,
  // Entities are never expanded; texts travel in CDATA.
  processEntities: false,
  parseTagValue: false,
  trimValues: true,
});

/**
 * The ciphertext of an envelope, by its place in the text: before the signature holds, nothing is handed to a parser.
 * @throws DomainError kernel:invalid-request on a DTD
 */
export function encryptedPart(body: string): string | undefined {
  refuseDtd(body);
  const xml = /<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)(?:\]\]>)?\s*<\/Encrypt>/.exec(body)?.[1];
  return xml ?? /"Encrypt"\s*:\s*"([A-Za-z0-9+/=\\]+)"/.exec(body)?.[1]?.replaceAll('\\/', '/');
}

/** XML or JSON of a verified push. @throws DomainError kernel:invalid-request on a DTD, depth over 20, or neither format */
export function parsePush(text: string): PushNode {
  const trimmed = text.trimStart();
  if (trimmed.startsWith('{')) return parseJson(trimmed);
  if (!trimmed.startsWith('<')) return malformed('推送内容既不是 XML 也不是 JSON');
  refuseDtd(trimmed);
  if (xmlDepth(trimmed) > maxDepth) return malformed('推送内容嵌套过深');
  return readRoot(() => (parser.parse(trimmed) as { xml?: unknown }).xml);
}

function parseJson(text: string): PushNode {
  if (jsonDepth(text) > maxDepth) return malformed('推送内容嵌套过深');
  return readRoot(() => parseExactJson(text));
}

function readRoot(read: () => unknown): PushNode {
  let root: unknown;
  try {
    root = read();
  } catch {
    return malformed('推送内容无法解析');
  }
  return isNode(root) ? root : malformed('推送内容无法解析');
}

function refuseDtd(text: string): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) malformed('推送内容不能含有 DTD 或实体声明');
}

function xmlDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of text.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').matchAll(/<\/?[A-Za-z][^<>]*>/g)) {
    depth += tag.startsWith('</') ? -1 : tag.endsWith('/>') ? 0 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const mark of text.replaceAll(/"(?:[^"\\]|\\[\s\S]?)*(?:"|$)/g, '')) {
    if (mark === '{' || mark === '[') deepest = Math.max(deepest, ++depth);
    else if (mark === '}' || mark === ']') depth -= 1;
  }
  return deepest;
}

export const isNode = (value: unknown): value is PushNode => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text of a field; numbers as their digits. */
export const textOf = (node: PushNode, name: string): string => {
  const value = node[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

/** One entry comes bare, several come as a list: always a list. */
export function nodesOf(value: unknown): readonly PushNode[] {
  if (Array.isArray(value)) return value.filter(isNode);
  return isNode(value) ? [value] : [];
}

export function textsOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
}
