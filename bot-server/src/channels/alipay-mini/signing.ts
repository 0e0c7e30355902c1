/** `k=v` joined by `&` in the order of the keys; values as they are, never encoded. */
export const signContent = (params: Readonly<Record<string, string>>, dropped: readonly string[] = []): string =>
  Object.keys(params)
    .filter((name) => !dropped.includes(name))
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&');

/**
 * The text of the object under `key` of an answer, exactly as sent: what the signature covers. A re-serialisation differs in escapes and
 * blanks. Undefined: there is no such object at the top.
 */
export function objectText(raw: string, key: string): string | undefined {
  const wanted = JSON.stringify(key);
  let depth = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const mark = raw[at];
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    if (mark !== '"') continue;
    const end = endOfString(raw, at);
    const start = depth === 1 && raw.slice(at, end) === wanted ? startOfObject(raw, end) : undefined;
    if (start !== undefined) return raw.slice(start, endOfObject(raw, start));
    at = end - 1;
  }
  return undefined;
}

/** Behind the closing quote. */
function endOfString(raw: string, start: number): number {
  let at = start + 1;
  while (at < raw.length && raw[at] !== '"') at += raw[at] === '\\' ? 2 : 1;
  return at + 1;
}

function startOfObject(raw: string, from: number): number | undefined {
  const length = /^\s*:\s*\{/.exec(raw.slice(from, from + 1000))?.[0].length;
  return length === undefined ? undefined : from + length - 1;
}

function endOfObject(raw: string, start: number): number {
  let depth = 0;
  for (let at = start; at < raw.length; at += 1) {
    if (raw[at] === '"') at = endOfString(raw, at) - 1;
    else if (raw[at] === '{') depth += 1;
    else if (raw[at] === '}' && --depth === 0) return at + 1;
  }
  return raw.length;
}
