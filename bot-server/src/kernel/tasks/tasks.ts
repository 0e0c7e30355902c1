/** A task is a wake-up: its payload names rows by id and holds nothing else; all state is in tables. */
export type TaskPayload = Readonly<Record<string, string | number>>;

export interface TaskContext {
  /** Aborted when the process drains; a long handler stops at the next safe point and returns. */
  readonly signal: AbortSignal;
  readonly attempt: number;
}

export interface TaskDefinition {
  /** kebab-case; one queue per platform account for dispatch (`dispatch.wecom.default`). */
  readonly queue: string;
  /** Handlers are idempotent: a wake-up may come twice, late, or out of order. */
  readonly handle: (payload: TaskPayload, context: TaskContext) => Promise<void>;
  /** Tasks run at once in one process. Default 1. */
  readonly concurrency?: number;
  /** A sweep that repairs lost wake-ups: runs every so often in one process at a time, with an empty payload. */
  readonly everyMs?: number;
  /** Also once when a process that runs tasks has reached the store: what must not wait for the first sweep. */
  readonly runsAtStart?: boolean;
  /** After so many failures the task is dead: listed with its reason, not retried. Default 20. */
  readonly maxAttempts?: number;
}

export interface Tasks {
  /** Wakes a handler. Same `key` while waiting = one task. Never call it inside a transaction: add an outbox event, or wake after commit and let the sweep repair. */
  wake(queue: string, payload: TaskPayload, options?: { key?: string; delayMs?: number }): Promise<void>;
}
