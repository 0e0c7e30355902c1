import type { Tx } from '../db/database';

/** Something that happened. Payload: ids and codes only, never personal data. */
export interface OutboxEvent {
  readonly id: string;
  /** `<module>.<past-tense>`: `surveys.submitted`. */
  readonly topic: string;
  /** Aggregate id; events of one key are handled in order. */
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Handled at least once, at most once per (event, subscriber): `tx` also records that, so do all SQL on `tx`. */
export type EventHandler = (tx: Tx, event: OutboxEvent) => Promise<void>;

export interface Outbox {
  /** Adds the event in the caller's transaction; it is delivered to every module that named its topic in `onEvent`. */
  add(tx: Tx, event: Omit<OutboxEvent, 'id'>): Promise<void>;
}
