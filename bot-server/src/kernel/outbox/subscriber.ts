import type { EventHandler } from './outbox';

/** A module, as far as events go. */
export interface Subscriber {
  /** Part of the record of what was handled: a renamed module would handle every pending event again. */
  readonly name: string;
  readonly onEvent?: Readonly<Record<string, EventHandler>>;
}
