import path from 'node:path';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { loadCity } from '../../bot-server/src/config/load-city';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { createAudit } from '../../bot-server/src/kernel/audit/create-audit';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { diskFileStore } from '../../bot-server/src/kernel/files/disk-file-store';
import { createOutbox } from '../../bot-server/src/kernel/outbox/create-outbox';
import { deliverEvents } from '../../bot-server/src/kernel/outbox/dispatcher';
import type { Subscriber } from '../../bot-server/src/kernel/outbox/subscriber';
import { createPace } from '../../bot-server/src/kernel/pace/create-pace';
import type { Deps } from '../../bot-server/src/modules/module';
import { type TestClock, testClock } from './clock';
import { type TestDatabaseOptions, testDatabase } from './database';
import { testLog } from './log';
import { temporaryFolder } from './process';
import { type TaskRecorder, taskRecorder } from './task-recorder';

export interface TestDeps extends Deps {
  readonly clock: TestClock;
  readonly tasks: TaskRecorder;
  /** Delivers every due outbox event to the given modules, now. Returns how many handlers ran. */
  deliver(subscribers: readonly Subscriber[]): Promise<number>;
  /** Closes the database. */
  close(): Promise<void>;
}

export type TestDepsOptions = TestDatabaseOptions & Partial<Omit<Deps, 'clock' | 'tasks' | 'db'>> & { readonly db?: Database };

/**
 * The kernel as a use-case sees it: fresh database, clock that stands still, silent log, test keys, files in a temporary folder, tasks that
 * run when the test says so. Any part can be given instead.
 */
export async function testDeps({ migrations, ...given }: TestDepsOptions = {}): Promise<TestDeps> {
  const dataDir = temporaryFolder('test');
  const config = given.config ?? loadConfig({ DATA_DIR: dataDir, NODE_ENV: 'test', LOG_LEVEL: 'silent' });
  const db = given.db ?? (await testDatabase(migrations ? { migrations } : {}));
  const clock = testClock();
  const tasks = taskRecorder();
  const log = given.log ?? testLog;
  return {
    db,
    clock,
    log,
    config,
    tasks,
    city: given.city ?? loadCity(config.cityFile),
    outbox: given.outbox ?? createOutbox(() => void tasks.wake('outbox', {}, { key: 'outbox' })),
    audit: given.audit ?? createAudit(clock),
    sealer: given.sealer ?? aesFieldSealer(config.secrets),
    files: given.files ?? diskFileStore(path.join(dataDir, 'files')),
    channels: given.channels ?? channelRegistry([]),
    pace: given.pace ?? createPace(),
    deliver: (subscribers) => deliverEvents({ db, clock, log, subscribers }),
    close: () => db.close(),
  };
}
