const LINK = /<a\s+href="([^"]+)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+)/g;

export interface TextPart {
  readonly text: string;
  /** Where it leads; null: plain words. */
  readonly link: string | null;
  readonly at: number;
}

/** A text cut into plain parts and links, in order: bare addresses, and the anchors that WeChat allows in a text. */
export function withLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    if (found.index > at) parts.push({ text: text.slice(at, found.index), link: null, at });
    const link = found[1] ?? found[0];
    parts.push({ text: found[2] ?? found[0], link, at: found.index });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), link: null, at });
  return parts;
}
