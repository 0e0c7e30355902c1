import { once } from 'node:events';
import Koa from 'koa';
import { sql } from 'kysely';
import { openDatabase } from '../../../bot-server/src/kernel/db/open-database';
import { testLog } from '../../../test/support/log';

/** The limit: a Koa route that stores the body it got as one row of the same store, verified by nobody. Prints its port. */
const db = await openDatabase({ databaseUrl: process.env.DATABASE_URL, dataDir: process.env.DATA_DIR ?? '', log: testLog });
await db.run(sql`create table if not exists bench_row (id bigint generated always as identity primary key, body text not null)`);
const app = new Koa();
app.use(async (ctx) => {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) chunks.push(chunk);
  await db.run(sql`insert into bench_row (body) values (${Buffer.concat(chunks).toString('utf8')})`);
  ctx.body = 'success';
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.stdout.write(`${address && typeof address === 'object' ? address.port : 0}\n`);
