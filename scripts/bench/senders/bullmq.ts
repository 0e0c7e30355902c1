import { Pool } from 'undici';
import { openDatabase } from '../../../bot-server/src/kernel/db/open-database';
import { openBackend } from '../../../bot-server/src/kernel/tasks/backend';
import { testLog } from '../../../test/support/log';
import { messageFor } from './message';

/** The usual way: one BullMQ job per recipient, concurrency 50, removed when done; no ledger. `bullmq.ts <url> <count>`, store by the environment. */
const [url = '', count = '0'] = process.argv.slice(2);
const total = Number(count);
const database = await openDatabase({ databaseUrl: process.env.DATABASE_URL, dataDir: process.env.DATA_DIR ?? '', log: testLog });
const backend = await openBackend({ redisUrl: process.env.REDIS_URL, database, log: testLog });
const name = `bench-${process.pid}`;
const queue = backend.queue(name);
await queue.waitUntilReady();
for (let from = 1; from <= total; from += 1000) {
  await queue.addBulk(
    Array.from({ length: Math.min(1000, total - from + 1) }, (_, index) => ({
      name: 'send',
      data: { seq: from + index },
      opts: { removeOnComplete: true },
    })),
  );
}
const pool = new Pool(url, { connections: 10, pipelining: 1 });
let done = 0;
await new Promise<void>((resolve, reject) => {
  const worker = backend.worker(
    name,
    async (job) => {
      const { body } = await pool.request({
        method: 'POST',
        path: '/messages',
        headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
        body: messageFor(Number((job.data as { seq: number }).seq)),
      });
      await body.text();
    },
    { concurrency: 50 },
  );
  worker.on('completed', () => {
    done += 1;
    if (done === total) resolve();
  });
  worker.on('error', reject);
});
process.exit(0);
