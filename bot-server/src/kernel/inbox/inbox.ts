import type { Database } from '../db/database';

/** A verified, decoded push from a platform. */
export interface InboxMessage {
  /** `<channel kind>:<account>`. */
  readonly source: string;
  /** What the platform repeats on redelivery (MsgId, or FromUserName+CreateTime+Event+EventKey). Unique per source. */
  readonly messageKey: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** One delivery by a platform: what it carries, and under which signature. */
export interface Delivery {
  readonly source: string;
  readonly messages: readonly Omit<InboxMessage, 'source'>[];
  /** Hash of the signature; a second delivery with it is a replay. Left out where the platform repeats itself to the byte. */
  readonly nonceHash?: string;
}

/** `stored`: something of it is new. `known`: a redelivery. `replay`: the signature was used before, nothing was stored. */
export type Acceptance = 'stored' | 'known' | 'replay';

export type InboxHandler = (message: InboxMessage) => Promise<void>;

export interface Inbox {
  /**
   * Stores every message, once, and remembers the signature, all or nothing. Fails within 800 ms: then the caller answers 503, and the
   * same bytes may come again.
   * @throws DomainError kernel:unavailable
   */
  accept(db: Database, delivery: Delivery): Promise<Acceptance>;
}
