/** A push ready for the wire: the same bytes may be sent again. */
export interface BuiltPush {
  readonly method: 'GET' | 'POST';
  /** Path and query under the target's base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a forger or a careless network makes of a push. Only `valid` may have an effect. */
export const PUSH_VARIANTS = ['valid', 'bad-signature', 'unsigned', 'tampered', 'stale', 'plaintext', 'foreign-receiver'] as const;
export type PushVariant = (typeof PUSH_VARIANTS)[number];

/** Seconds by which a `stale` push is too old (the limit is 300). */
export const STALE_SEC = 301 + 30;

/** Changes one byte in the middle of base64 text. */
export function flipOneCharacter(text: string): string {
  const middle = Math.floor(text.length / 2);
  return `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`;
}
