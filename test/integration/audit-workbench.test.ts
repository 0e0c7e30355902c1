import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { auditTask } from '../../bot-server/src/kernel/audit/audit-task';
import { auditModule } from '../../bot-server/src/modules/audit';
import { workbenchModule } from '../../bot-server/src/modules/workbench';
import { type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';

jest.setTimeout(60_000);
let deps: TestDeps;
let app: TestApp;

beforeAll(async () => {
  deps = await testDeps();
  app = await startApp(deps, (given) => [auditModule(given), workbenchModule(given)]);
});
afterAll(() => app.close());

describe('the audit trail', () => {
  let auditor: Caller;
  const sealer = () =>
    auditTask({ db: deps.db, clock: deps.clock, timeZone: 'Asia/Shanghai' }).handle(
      {},
      { signal: new AbortController().signal, attempt: 1 },
    );
  const record = (action: string, aggregateId = '7') =>
    deps.db.tx((tx) =>
      deps.audit.record(tx, {
        aggregate: 'thing',
        aggregateId,
        action,
        actor: { kind: 'system', id: 'test' },
        reason: '测试',
        after: { a: 1 },
      }),
    );

  it('is read by the audit administrator alone, filtered and paged', async () => {
    auditor = await app.official({ roles: ['audit-admin'] });
    for (let count = 0; count < 7; count += 1) await record(count % 2 === 0 ? 'thing.made' : 'thing.changed');
    await record('thing.made', '8');
    const first = (await auditor.get('/api/audit-events?aggregate=thing&aggregateId=7&action=thing.made&limit=3')).body;
    expect(first.items).toHaveLength(3);
    const rest = (
      await auditor.get(`/api/audit-events?aggregate=thing&aggregateId=7&action=thing.made&limit=3&cursor=${String(first.nextCursor)}`)
    ).body;
    expect(rest).toMatchObject({
      items: [
        { action: 'thing.made', actor: { kind: 'system', id: 'test', name: '系统' }, reason: '测试', after: { a: 1 }, isSealed: false },
      ],
      nextCursor: null,
    });
    expect((await auditor.get('/api/audit-events?cursor=eHg')).status).toBe(400);
    for (const role of ['drafter', 'system-admin', 'security-admin'] as const) {
      const other = await app.official({ roles: [role] });
      expect((await other.get('/api/audit-events')).status).toBe(403);
      expect((await other.get('/api/audit-events/verification')).status).toBe(403);
    }
  });

  it('holds as a chain, and says where it does not', async () => {
    const verify = async () => {
      deps.clock.advance(10_001);
      return (await auditor.get('/api/audit-events/verification')).body;
    };
    expect(await verify()).toMatchObject({ isIntact: true, checkedEvents: 0, unsealedEvents: 8, firstBreak: null });
    await sealer();
    expect(await verify()).toMatchObject({ isIntact: true, checkedEvents: 8, unsealedEvents: 0 });
    await deps.db.tx(async (tx) => {
      await tx.run(sql`alter table audit_event disable trigger audit_event_guard`);
      await tx.run(sql`update audit_event set reason = '改过' where seal_no = 3`);
      await tx.run(sql`alter table audit_event enable trigger audit_event_guard`);
    });
    expect(await verify()).toMatchObject({ isIntact: false, firstBreak: { sealNo: '3', what: '内容被改动' } });
  });
});

describe('the workbench', () => {
  const officer = randomUUID();
  let now: Date;

  beforeAll(async () => {
    now = deps.clock.now();
    const day = 24 * 3_600_000;
    const ago = (ms: number) => new Date(now.getTime() - ms);
    const campaign = (state: string, bureau: string, launchedAt: Date | null, drafter = officer) =>
      deps.db.one<{ id: string }>(sql`
        insert into campaign (kind, title, state, bureau_id, audience, exclusions, plan, closes_at, content_hash, drafter_id, submitted_at, launched_at)
        values ('cloud_visit', ${`问卷 ${state}`}, ${state}, ${bureau}, '{}', '{}', '[]', ${new Date(now.getTime() + day)}, 'h', ${drafter}::uuid, ${ago(day)}, ${launchedAt})
        returning id::text as id`);
    await campaign('in_review', 'economy', null);
    await campaign('in_review', 'commerce', null);
    const today = await campaign('running', 'economy', ago(60_000));
    const yesterday = await campaign('completed', 'economy', ago(day));
    const other = await campaign('completed', 'commerce', ago(60_000));
    for (const [{ id }, accepted, unknown] of [
      [today, 40, 3],
      [yesterday, 25, 0],
      [other, 99, 9],
    ] as const) {
      await deps.db.run(sql`
        insert into batch (campaign_id, batch_no, from_seq, to_seq, planned, accepted, unknown)
        values (${id}::bigint, 1, 1, 100, ${accepted + unknown}, ${accepted}, ${unknown})`);
    }
    const order = async (number: string, state: string, bureauId: string | null, dueAt: Date) => {
      const { id } = await deps.db.one<{ id: string }>(sql`
        insert into work_order (number, enterprise_id, matter_id, district_code, title, body, source_kind, state, owner_bureau_id, bureau_id, created_at, round_started_at, state_since)
        values (${number}, 1, 'm', '310101', ${`诉求 ${number}`}, 'x', 'survey', ${state}, 'economy', ${bureauId}, ${ago(2 * day)}, ${ago(2 * day)}, ${ago(2 * day)})
        returning id`);
      await deps.db.run(
        sql`insert into work_order_clock (work_order_id, kind, due_at, is_provisional) values (${id}::uuid, 'solve', ${dueAt}, false)`,
      );
    };
    await order('A1', 'handling', 'commerce', ago(3_600_000));
    await order('A2', 'to-accept', 'commerce', new Date(now.getTime() + day));
    await order('A3', 'to-assign', 'commerce', new Date(now.getTime() + day));
    await order('A4', 'awaiting-rating', 'commerce', ago(3_600_000));
  });

  const needsOf = async (who: Caller) =>
    ((await who.get('/api/workbench')).body.needsMe as { kind: string; count: number; href: string }[]).map(
      ({ kind, count, href }) => `${kind} ${count} ${href.replace(/[0-9a-f-]{36}|\d+/, 'ID')}`,
    );

  it.each([
    ['signatory', 'economy', ['approval 1 /campaigns/ID', 'unknown-deliveries 3 /campaigns/ID']],
    ['drafter', 'economy', ['unknown-deliveries 3 /campaigns/ID']],
    ['dispatcher', 'economy', ['overdue-order 1 /work-orders/ID', 'order-to-assign 1 /work-orders?state=to-assign']],
    ['handler', 'commerce', ['overdue-order 1 /work-orders/ID', 'order-to-accept 1 /work-orders?state=to-accept']],
    ['handler', 'market', []],
    ['audit-admin', 'economy', []],
  ] as const)('%s of %s', async (role, bureauId, needs) => {
    expect(await needsOf(await app.official({ roles: [role], bureauId }))).toEqual(needs);
  });

  it('nobody is asked to sign what they drafted', async () => {
    const both = await app.official({ roles: ['drafter', 'signatory'] });
    await deps.db.run(sql`update campaign set drafter_id = ${both.id}::uuid where state = 'in_review'`);
    expect(await needsOf(both)).toEqual(['unknown-deliveries 3 /campaigns/ID']);
  });

  it('four figures of the own bureau over fourteen days', async () => {
    const who = await app.official({ roles: ['drafter'] });
    const figures = (await who.get('/api/workbench')).body.figures as {
      key: string;
      value: number;
      difference: number;
      series: { on: string; value: number }[];
    }[];
    expect(figures.map(({ key, value, difference }) => [key, value, difference])).toEqual([
      ['accepted', 40, 15],
      ['answered', 0, 0],
      ['problems', 0, 0],
      ['closed', 0, 0],
    ]);
    for (const { series } of figures) expect(series).toHaveLength(14);
    expect(figures[2]?.series.map(({ value }) => value)).toEqual([...Array(11).fill(0), 4, 0, 0]);
    expect(figures[0]?.series.at(-1)?.on).toBe('2026-06-10');
  });
});
