import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line written while a request or a task is handled carries. Ids only. */
export interface LogContext {
  readonly request_id?: string;
  readonly operation?: string;
  readonly task?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `work` so that every log line in it, however deep, carries `context`. Nested contexts add up. */
export const withLogContext = <T>(context: LogContext, work: () => T): T => storage.run({ ...storage.getStore(), ...context }, work);

export const logContext = (): LogContext => storage.getStore() ?? {};
