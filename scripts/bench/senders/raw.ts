import { Pool } from 'undici';
import { messageFor } from './message';

/** The limit: one undici Pool, ten connections kept busy, no ledger, no queue. `raw.ts <url> <count>` */
const [url = '', count = '0'] = process.argv.slice(2);
const total = Number(count);
const pool = new Pool(url, { connections: 10, pipelining: 1 });
let next = 1;

async function lane(): Promise<void> {
  while (next <= total) {
    const seq = next;
    next += 1;
    const { body } = await pool.request({
      method: 'POST',
      path: '/messages',
      headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
      body: messageFor(seq),
    });
    await body.text();
  }
}

await Promise.all(Array.from({ length: 50 }, lane));
await pool.close();
