import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { auditTask } from '../../bot-server/src/kernel/audit/audit-task';
import { writeDailyHead } from '../../bot-server/src/kernel/audit/daily-head';
import { sealAudit } from '../../bot-server/src/kernel/audit/sealer';
import { verifyAudit } from '../../bot-server/src/kernel/audit/verify-audit';
import type { Tx } from '../../bot-server/src/kernel/db/database';
import { testBackend } from '../support/database';
import { type TestDeps, testDeps } from '../support/deps';
import { eventually } from '../support/eventually';

let deps: TestDeps;

beforeAll(async () => {
  deps = await testDeps({ migrations: [1] });
}, 60_000);
afterAll(() => deps.close());
beforeEach(async () => {
  await tamper(sql`truncate audit_event, audit_head restart identity`);
});

const recordIn = (tx: Tx, aggregateId: string, action: string, aggregate = 'campaign') =>
  deps.audit.record(tx, {
    aggregate,
    aggregateId,
    action,
    actor: { kind: 'system', id: 'test' },
    reason: '按计划',
    before: { state: 'draft', z: 1, a: { y: null, x: [1, 'é'] } },
    after: { state: 'running' },
  });
const record = (aggregateId: string, action: string, aggregate?: string) =>
  deps.db.tx((tx) => recordIn(tx, aggregateId, action, aggregate));

/** Seals until nothing is left: an open transaction of another database on the same server (another test file) holds the seal back too. */
async function sealAll(): Promise<number> {
  let sealed = 0;
  await eventually(async () => {
    sealed += await sealAudit(deps.db);
    return (await deps.db.one<{ open: number }>(sql`select count(*)::int as open from audit_event where seal_no is null`)).open === 0;
  });
  return sealed;
}

/** What somebody with the database's password could do. */
async function tamper(change: ReturnType<typeof sql>): Promise<void> {
  await deps.db.run(sql`alter table audit_event disable trigger audit_event_guard`);
  await deps.db.run(change);
  await deps.db.run(sql`alter table audit_event enable trigger audit_event_guard`);
}

const actionsInOrder = async (): Promise<string[]> =>
  (await deps.db.rows<{ action: string }>(sql`select action from audit_event where seal_no is not null order by seal_no`)).map(
    ({ action }) => action,
  );

describe('the audit trail', () => {
  it('is sealed in one chain per aggregate, and verifies', async () => {
    for (const action of ['made', 'approved', 'launched']) await record('1', action);
    await record('2', 'made');
    await record('1', 'made', 'work-order');
    expect(await sealAll()).toBe(5);
    expect(await sealAudit(deps.db)).toBe(0);
    await record('1', 'closed');
    expect(await sealAll()).toBe(1);
    expect(await deps.db.rows(sql`select aggregate, aggregate_id, chain_no from audit_event order by seal_no`)).toEqual([
      { aggregate: 'campaign', aggregate_id: '1', chain_no: '1' },
      { aggregate: 'campaign', aggregate_id: '1', chain_no: '2' },
      { aggregate: 'campaign', aggregate_id: '1', chain_no: '3' },
      { aggregate: 'campaign', aggregate_id: '2', chain_no: '1' },
      { aggregate: 'work-order', aggregate_id: '1', chain_no: '1' },
      { aggregate: 'campaign', aggregate_id: '1', chain_no: '4' },
    ]);
    expect(await verifyAudit(deps.db)).toEqual({ checked: 6 });
  });

  it('can neither be changed nor deleted by the application', async () => {
    await record('1', 'made');
    await expect(deps.db.run(sql`update audit_event set reason = 'other'`)).rejects.toThrow('append-only');
    await expect(deps.db.run(sql`delete from audit_event`)).rejects.toThrow('append-only');
    await sealAll();
    await expect(deps.db.run(sql`update audit_event set hash = 'x'`)).rejects.toThrow('append-only');
  });

  it.each([
    ['a changed field', sql`update audit_event set after = '{"state":"cancelled"}' where seal_no = 3`, '3', 'content was changed'],
    ['a changed time', sql`update audit_event set at = at + interval '1 microsecond' where seal_no = 2`, '2', 'content was changed'],
    ['a removed row', sql`delete from audit_event where seal_no = 2`, '2', 'a row is missing'],
    ['a hash made to fit', sql`update audit_event set hash = repeat('a', 64) where seal_no = 2`, '2', 'content was changed'],
    ['a moved row', sql`update audit_event set aggregate_id = '9' where seal_no = 3`, '3', 'the chain does not join'],
  ] as const)('shows %s as the first broken link', async (_what, change, sealNo, what) => {
    for (const action of ['made', 'approved', 'launched', 'closed']) await record('1', action);
    await sealAll();
    expect(await verifyAudit(deps.db)).toEqual({ checked: 4 });
    await tamper(change);
    expect((await verifyAudit(deps.db)).broken).toMatchObject({ sealNo, what });
  });

  it('has a head a day that shows a cut end and a chain written anew', async () => {
    await record('1', 'made');
    await record('2', 'made');
    await sealAll();
    const first = await writeDailyHead(deps.db, '2026-06-09');
    expect(first).toMatchObject({ day: '2026-06-09', firstSealNo: '1', lastSealNo: '2' });
    expect(await writeDailyHead(deps.db, '2026-06-09')).toBeUndefined();
    expect(await writeDailyHead(deps.db, '2026-06-10')).toBeUndefined();
    await record('2', 'closed');
    await sealAll();
    expect(await writeDailyHead(deps.db, '2026-06-11')).toMatchObject({ firstSealNo: '3', lastSealNo: '3', prevHash: first?.hash });
    expect(await verifyAudit(deps.db)).toEqual({ checked: 3 });
    await tamper(sql`delete from audit_event where seal_no = 3`);
    expect((await verifyAudit(deps.db)).broken).toEqual({ eventId: null, sealNo: '3', what: 'a row is missing' });
    await tamper(sql`update audit_event set seal_no = null, chain_no = null, prev_hash = null, hash = null, action = 'hidden'`);
    await sealAll();
    expect((await verifyAudit(deps.db)).broken).toMatchObject({ sealNo: '2', what: 'the head of a day differs' });
  });

  it('gets yesterday head from its task, in the zone of the city', async () => {
    deps.clock.set('2026-06-10T16:30:00Z');
    await record('1', 'made');
    const task = auditTask({ db: deps.db, clock: deps.clock, timeZone: 'Asia/Shanghai' });
    await task.handle({}, { signal: new AbortController().signal, attempt: 1 });
    expect(await deps.db.rows(sql`select day, last_seal_no from audit_head`)).toEqual([{ day: '2026-06-10', last_seal_no: '1' }]);
  });
});

if (testBackend === 'postgres') {
  describe('under concurrent transactions', () => {
    it('seals nothing that an open transaction may still come before', async () => {
      let finish: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const slow = deps.db.tx(async (tx) => {
        await recordIn(tx, '1', 'slow');
        await gate;
      });
      await sleep(100);
      await record('2', 'quick');
      expect(await sealAudit(deps.db)).toBe(0);
      finish();
      await slow;
      expect(await sealAll()).toBe(2);
      expect(await actionsInOrder()).toEqual(['slow', 'quick']);
      expect(await verifyAudit(deps.db)).toEqual({ checked: 2 });
    });

    it('does not trust the order of transaction ids', async () => {
      const gates = ['later', 'bystander'].map(() => {
        let open: () => void = () => undefined;
        const opened = new Promise<void>((resolve) => {
          open = resolve;
        });
        return { open, opened };
      });
      const [later, bystander] = gates;
      if (!later || !bystander) throw new Error('two gates');
      const second = deps.db.tx(async (tx) => {
        await tx.run(sql`select pg_current_xact_id()`);
        await later.opened;
        await recordIn(tx, '1', 'second');
      });
      await sleep(50);
      const aside = deps.db.tx(async (tx) => {
        await tx.run(sql`select pg_current_xact_id()`);
        await bystander.opened;
      });
      await sleep(50);
      await record('1', 'first');
      later.open();
      await second;
      expect(await sealAudit(deps.db)).toBe(0);
      bystander.open();
      await aside;
      expect(await sealAll()).toBe(2);
      expect(await actionsInOrder()).toEqual(['first', 'second']);
    });

    it('keeps the order of commits per aggregate with many writers and two sealers at once', async () => {
      await deps.db.run(sql`create table aggregate_lock (id text primary key, version int not null)`);
      await deps.db.run(sql`insert into aggregate_lock values ('1', 0), ('2', 0)`);
      let isWriting = true;
      const write = async (id: string) => {
        for (let count = 0; count < 25; count += 1) {
          await deps.db.tx(async (tx) => {
            const { version } = await tx.one<{ version: number }>(
              sql`update aggregate_lock set version = version + 1 where id = ${id} returning version`,
            );
            await recordIn(tx, id, `v${version}`);
            if (count % 5 === 0) await sleep(5);
          });
        }
      };
      const seal = async () => {
        while (isWriting) await sealAudit(deps.db);
      };
      const sealers = [seal(), seal()];
      await Promise.all(['1', '1', '2', '2'].map(write));
      isWriting = false;
      await Promise.all(sealers);
      await sealAll();
      expect(await verifyAudit(deps.db)).toEqual({ checked: 100 });
      const chain = await deps.db.rows<{ action: string }>(sql`select action from audit_event where aggregate_id = '1' order by chain_no`);
      expect(chain.map(({ action }) => action)).toEqual(Array.from({ length: 50 }, (_, index) => `v${index + 1}`));
    }, 30_000);
  });
}
