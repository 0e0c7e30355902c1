import { invalidRequest } from '../problem';
import { pointerTo } from './unsafe-text';

const maxParameters = 100;

function decode(text: string, plusIsSpace: boolean, name: string): string {
  try {
    return decodeURIComponent(plusIsSpace ? text.replaceAll('+', ' ') : text);
  } catch {
    throw invalidRequest([{ pointer: pointerTo('query', name), detail: '网址参数的编码不正确' }]);
  }
}

/**
 * A name that comes once gives text, more than once a list. Platforms put base64 into their query without encoding `+`, so
 * for them `+` stays what it is.
 */
export function readQuery(search: string, plusIsSpace: boolean): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  const pairs = search.replace(/^\?/, '').split('&').filter(Boolean);
  if (pairs.length > maxParameters) throw invalidRequest([{ pointer: '/query', detail: `网址参数超过 ${maxParameters} 个` }]);
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals), plusIsSpace, '');
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1), plusIsSpace, name);
    const before = query[name];
    query[name] = before === undefined ? value : [before, value].flat();
  }
  return query;
}
