const EXPLICIT = /(?:^|[^0-9A-Za-z])c(\d{1,19})a(\d{1,6})(?!\d)/;
const LINK_TOKEN = /(?:\/s\/|[?&]link=)([0-9a-z]{1,13})-([0-9a-z]{1,13})-([0-9a-z]{1,4})-[0-9A-Za-z_-]+/;

/**
 * Which attempt of which campaign a message belongs to, read from what the phone shows: a key `c<campaign>a<attempt>` in
 * a task id, link or text, or a personal link token `<campaign36>-<seq36>-<attempt36>-<mac>`.
 */
export function attemptKeyOf(...texts: readonly (string | null | undefined)[]): string | null {
  for (const text of texts) {
    if (!text) continue;
    const explicit = EXPLICIT.exec(text);
    if (explicit) return `c${explicit[1]}a${explicit[2]}`;
    const token = LINK_TOKEN.exec(text);
    if (token?.[1] && token[3]) return `c${Number.parseInt(token[1], 36)}a${Number.parseInt(token[3], 36)}`;
  }
  return null;
}

/** Where a text leads: a page of the mini-program or an address behind words, else the first address in it. */
export const linkIn = (text: string): string | null =>
  /<a [^>]*data-miniprogram-path="([^"]+)"/.exec(text)?.[1] ?? /<a [^>]*href="([^"]+)"/.exec(text)?.[1] ?? firstLink(text);

/** First http(s) address in a text; Chinese punctuation ends it. */
export function firstLink(text: string): string | null {
  return /https?:\/\/[^\s\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+/.exec(text)?.[0] ?? null;
}
