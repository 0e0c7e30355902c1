import type { Database } from '../db/database';

/** A verified, decoded push from a platform. */
export interface InboxMessage {
  /** `<channel kind>:<account>`. */
  readonly source: string;
  /** What the platform repeats on redelivery (MsgId, or FromUserName+CreateTime+Event+EventKey). Unique per source. */
  readonly messageKey: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export type InboxHandler = (message: InboxMessage) => Promise<void>;

export interface Inbox {
  /** Stores the message, once. Returns false when it was there already. Fails within 800 ms: then the caller answers 503. */
  accept(db: Database, message: InboxMessage): Promise<boolean>;
}
