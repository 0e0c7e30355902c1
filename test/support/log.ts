import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createLogger } from '../../bot-server/src/kernel/log/create-logger';
import type { Logger } from '../../bot-server/src/kernel/log/logger';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Everything our code logs in any suite, at level info: the last step of `npm test` searches it for canaries. */
export const logFolder = path.join(root, '.cache', 'test-logs');

/** File of a process in the folder; `name` says what the process is. */
export function logFileOf(name: string): string {
  mkdirSync(logFolder, { recursive: true });
  return path.join(logFolder, `${name}-${process.pid}.log`);
}

/** The server's own logger, writing to the folder of test logs. */
export const testLog: Logger = createLogger({
  level: 'info',
  destination: pino.destination({ dest: logFileOf('suite'), append: true, sync: true }),
});
