import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { poolOf } from '../../bot-server/src/kernel/db/pool-of';
import { testDatabase } from '../support/database';

let db: Database;

beforeAll(async () => {
  db = await testDatabase({ migrations: [1] });
}, 60_000);
afterAll(() => db.close());

const outcome = (work: Promise<unknown>): Promise<unknown> => work.catch((error: Error) => error.message);
const echo = (value: unknown) => outcome(db.one<{ a: number }>(sql`select ${value}::int as a`));
const noNumber = 'invalid input syntax for type integer: "x"';

describe('a query that fails', () => {
  it('is alone with its error: what comes after gets its own rows', async () => {
    const seen: unknown[] = [];
    for (const value of ['1', 'x', '2', 'x', 'x', '3']) seen.push(await echo(value));
    expect(seen).toEqual([{ a: 1 }, noNumber, { a: 2 }, noNumber, noNumber, { a: 3 }]);
  });

  it('also among others at once', async () => {
    const values = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? 'x' : String(index)));
    const seen = await Promise.all(values.map(echo));
    expect(seen).toEqual(values.map((value) => (value === 'x' ? noNumber : { a: Number(value) })));
  });

  it('also inside a transaction, and on the pool that tasks use', async () => {
    expect(await outcome(db.tx((tx) => tx.one(sql`select ${'x'}::int as a`)))).toBe(noNumber);
    expect(await echo('4')).toEqual({ a: 4 });
    const { pool } = poolOf(db);
    expect(await outcome(pool.query('select $1::int as a', ['x']))).toBe(noNumber);
    expect((await pool.query('select $1::int as a', ['5'])).rows).toEqual([{ a: 5 }]);
    expect(await echo('6')).toEqual({ a: 6 });
  });
});
