import { refuseInsideTransaction } from '../../bot-server/src/kernel/db/transaction-scope';
import type { TaskDefinition, TaskPayload, Tasks } from '../../bot-server/src/kernel/tasks/tasks';

export interface Woken {
  readonly queue: string;
  readonly payload: TaskPayload;
  readonly key?: string;
  readonly delayMs: number;
}

export interface TaskRecorder extends Tasks {
  /** Waiting wake-ups, oldest first; a key once. */
  readonly waiting: readonly Woken[];
  /** Every wake-up ever asked for. */
  readonly woken: readonly Woken[];
  define(definitions: readonly TaskDefinition[]): void;
  /** Runs the waiting ones (delayed ones too, and what they wake in turn) one after another. Returns how many. An error of a handler is thrown. */
  runAll(): Promise<number>;
  /** One run of a queue with an empty payload, as its sweep does. */
  sweep(queue: string): Promise<void>;
  forget(): void;
}

/** Tasks without an engine: records wake-ups, runs handlers when the test says so. */
export function taskRecorder(): TaskRecorder {
  const definitions = new Map<string, TaskDefinition>();
  const waiting: Woken[] = [];
  const woken: Woken[] = [];
  const run = async (queue: string, payload: TaskPayload) => {
    const definition = definitions.get(queue);
    if (!definition) throw new Error(`no task handles queue ${queue}`);
    await definition.handle(payload, { signal: new AbortController().signal, attempt: 1 });
  };
  return {
    waiting,
    woken,
    async wake(queue, payload, { key, delayMs = 0 } = {}) {
      refuseInsideTransaction('tasks.wake');
      const one: Woken = { queue, payload, delayMs, ...(key === undefined ? {} : { key }) };
      woken.push(one);
      if (key === undefined || !waiting.some((other) => other.queue === queue && other.key === key)) waiting.push(one);
    },
    define(given) {
      for (const definition of given) {
        if (definitions.has(definition.queue)) throw new Error(`two tasks handle queue ${definition.queue}`);
        definitions.set(definition.queue, definition);
      }
    },
    async runAll() {
      let count = 0;
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await run(next.queue, next.payload);
        count += 1;
        if (count > 10_000) throw new Error(`tasks wake each other without end (${next.queue})`);
      }
      return count;
    },
    sweep: (queue) => run(queue, {}),
    forget() {
      waiting.length = 0;
      woken.length = 0;
    },
  };
}
