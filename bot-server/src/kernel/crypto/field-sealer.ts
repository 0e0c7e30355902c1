/** Personal fields at rest: AES-256-GCM with a key id, and an HMAC blind index where they are looked up. */
export interface FieldSealer {
  /** `purpose` is bound as associated data (`enterprise_contact.mobile`): a value cannot be moved to another column. */
  seal(purpose: string, plain: string): string;
  open(purpose: string, sealed: string): string;
  /** Stable per purpose: equal inputs, equal index. Hex, 64 characters. */
  blindIndex(purpose: string, plain: string): string;
}
