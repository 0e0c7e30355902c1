import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { loadConfig } from '../../bot-server/src/config/load-config';
import {
  attributesOf,
  enterpriseByCreditCode,
  findEnterpriseByWecom,
  generateEnterprises,
  markSubscribed,
} from '../../bot-server/src/modules/enterprises';
import { type TestDeps, testDeps } from '../support/deps';
import { temporaryFolder } from '../support/process';

jest.setTimeout(60_000);
let deps: TestDeps;

beforeAll(async () => {
  const config = loadConfig({ DATA_DIR: temporaryFolder('generator'), NODE_ENV: 'test', SANDBOX_URL: 'http://127.0.0.1:9' });
  deps = await testDeps({ migrations: [1, 2, 3, 15, 16], config });
  await generateEnterprises(deps, 4500, 11);
});
afterAll(() => deps.close());

const shares = () =>
  deps.db.rows<{ funnel: string; count: number }>(
    sql`select funnel, count(*)::int as count from enterprise group by funnel order by funnel`,
  );

describe('the synthetic city', () => {
  it('has the asked number of firms, all marked as made up, in every district', async () => {
    expect(
      await deps.db.one(sql`
      select count(*)::int as firms, count(*) filter (where is_demo and name like '%（演示）')::int as marked, count(*) filter (where size_class is null)::int as unsized,
        count(distinct district_code)::int as districts from enterprise`),
    ).toEqual({ firms: 4500, marked: 4500, unsized: 0, districts: deps.city.districts.length });
    const byStep = await shares();
    expect(byStep.map(({ funnel }) => funnel)).toEqual(['bound', 'imported', 'invited', 'subscribed']);
    for (const { count } of byStep) expect(count).toBeGreaterThan(300);
  });

  it('every subscribed firm has an openid and its credits on the way; bound ones an address of their channel', async () => {
    expect(
      await deps.db.one(sql`
      select count(*)::int as count from enterprise e where funnel = 'subscribed' and not exists (
        select 1 from enterprise_address a join outbox o on o.topic = 'enterprises.agent-imported' and o.payload->>'agentId' = a.agent_id::text
        where a.enterprise_id = e.id and a.channel = 'wechat-mini')`),
    ).toEqual({ count: 0 });
    expect(
      await deps.db.one(sql`
      select count(*)::int as count from enterprise e where funnel = 'bound' and not exists (
        select 1 from enterprise_address a where a.enterprise_id = e.id and a.channel in ('wechat-mini', 'wecom'))`),
    ).toEqual({ count: 0 });
  });

  it('again with the same seed: the same city, nothing twice', async () => {
    const facts = () =>
      deps.db.one(sql`
      select (select md5(string_agg(credit_code || name || funnel, '' order by credit_code)) from enterprise) as firms,
        (select count(*)::int from enterprise_contact) as contacts, (select count(*)::int from enterprise_agent) as agents, (select count(*)::int from outbox) as events`);
    const before = await facts();
    await generateEnterprises(deps, 4500, 11);
    expect(await facts()).toEqual(before);
  });
});

describe('what other modules ask', () => {
  it('a firm, its attributes, its agent; a grant moves the funnel, once and for good', async () => {
    const row = await deps.db.one<{ credit_code: string; id: string; corp_id: string; user_id: string }>(sql`
      select e.credit_code, e.id::text as id, a.corp_id, a.user_id from enterprise e join enterprise_agent a on a.enterprise_id = e.id where a.kind = 'wecom' order by e.id limit 1`);
    expect(await enterpriseByCreditCode(deps.db, row.credit_code)).toMatchObject({ id: row.id, isDemo: true });
    expect(await attributesOf(deps.db, deps.city, row.id)).toMatchObject({
      creditCode: row.credit_code,
      isDemo: true,
      staffCount: expect.any(Number),
      annualRevenueFen: expect.any(Number),
    });
    expect(await findEnterpriseByWecom(deps.db, row.corp_id, row.user_id)).toMatchObject({ enterpriseId: row.id });
    expect(await findEnterpriseByWecom(deps.db, row.corp_id, 'nobody')).toBeUndefined();
    const bound = await deps.db.one<{ id: string; openid: string }>(sql`
      select e.id::text as id, a.openid from enterprise e join enterprise_agent a on a.enterprise_id = e.id where e.funnel = 'bound' and a.kind = 'openid' order by e.id limit 1`);
    await markSubscribed(deps.db, { channel: 'wechat-mini', account: 'default', openid: bound.openid }, deps.clock.now());
    expect(await deps.db.one(sql`select funnel from enterprise where id = ${bound.id}::bigint`)).toEqual({ funnel: 'subscribed' });
  });
});
