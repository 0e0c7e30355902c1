import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { Role } from '../../bot-server/src/kernel/http/actor';
import { type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import { creditCode, importList } from '../support/imports';

jest.setTimeout(60_000);
const header = '统一社会信用代码,企业名称,行业代码,区,从业人数,标签,联系人,手机号';
let deps: TestDeps;
let app: TestApp;
let drafter: Caller & { id: string };
let here: { id: string; creditCode: string };
let there: { id: string };
let contactId: string;
let importId: string;

beforeAll(async () => {
  deps = await testDeps({ migrations: [1, 2, 3, 15, 16] });
  app = await startApp(deps);
  drafter = await app.official({ roles: ['drafter'] });
  const rows = [
    `${creditCode()},近处_100%饭店（演示）,6210,310101,50,老字号,张三丰,14200006001`,
    `${creditCode()},远处软件（演示）,65,310115,20,在线新经济,李四,14200006002`,
    ...Array.from({ length: 30 }, (_, index) => `${creditCode()},批量${index}（演示）,52,310104,3,,,`),
  ];
  ({ id: importId } = await importList(app, drafter, [header, ...rows].join('\n')));
  const first = async (q: string) => ((await drafter.get(`/api/enterprises?q=${encodeURIComponent(q)}`)).body.items as (typeof here)[])[0];
  here = (await first('近处')) ?? here;
  there = (await first('远处')) ?? there;
  contactId = ((await drafter.get(`/api/enterprises/${here.id}`)).body.contacts as { id: string }[])[0]?.id ?? '';
});
afterAll(() => app.close());

const list = async (query: string, who: Caller = drafter) =>
  (await who.get(`/api/enterprises?${query}`)).body as { items: { id: string; name: string }[]; nextCursor: string | null; total: number };

describe('the list', () => {
  it('pages by cursor, newest first, without gap or repeat', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof list>> = await list(`limit=7${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.total).toBe(32);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => Number(other) - Number(one)));
    expect(seen).toHaveLength(32);
    expect((await drafter.get('/api/enterprises?cursor=bm9uc2Vuc2U')).status).toBe(400);
  });

  it.each<[Record<string, string>, string[]]>([
    [{ q: '近处' }, ['近处_100%饭店（演示）']],
    [{ q: '_100%' }, ['近处_100%饭店（演示）']],
    [{ q: '%' }, ['近处_100%饭店（演示）']],
    [{ industry: '62' }, ['近处_100%饭店（演示）']],
    [{ district: '310115,310101', industry: '65,62' }, ['远处软件（演示）', '近处_100%饭店（演示）']],
    [{ tag: '在线新经济' }, ['远处软件（演示）']],
    [{ size: 'small', industry: '65' }, []],
    [{ funnel: 'bound' }, []],
    [{ q: '批量7' }, ['批量7（演示）']],
  ])('%j', async (query, names) => {
    expect((await list(new URLSearchParams(query).toString())).items.map(({ name }) => name)).toEqual(names);
  });

  it('finds by the beginning of a credit code, in small letters too', async () => {
    expect((await list(`q=${here.creditCode.slice(0, 12).toLowerCase()}`)).items.map(({ id }) => id)).toContain(here.id);
  });

  it('the funnel counts what the list shows', async () => {
    const funnel = (await drafter.get('/api/enterprise-funnel?district=310104')).body;
    expect(funnel).toEqual({
      total: 30,
      steps: [
        { step: 'imported', label: '已导入', at: 30, reached: 30 },
        { step: 'invited', label: '已邀请', at: 0, reached: 0 },
        { step: 'bound', label: '已绑定', at: 0, reached: 0 },
        { step: 'subscribed', label: '已授权订阅', at: 0, reached: 0 },
      ],
    });
  });
});

describe('who sees which firm', () => {
  it('an official of one district: firms elsewhere are not in the list and not found, by any route', async () => {
    const local = await app.official({ roles: ['drafter'], districtCodes: ['310101'] });
    expect((await list('', local)).items.map(({ id }) => id)).toEqual([here.id]);
    expect((await local.get(`/api/enterprises/${here.id}`)).status).toBe(200);
    const foreign = [
      await local.get(`/api/enterprises/${there.id}`),
      await local.send('PUT', `/api/enterprises/${there.id}/tags`, { tags: ['x'] }),
      await local.send('PUT', `/api/enterprises/${there.id}/suppression`, { isSuppressed: true, reason: '测试' }),
      await local.post(`/api/enterprises/${there.id}/contacts/${contactId}/unmasking`, { reason: '核实联系方式' }),
      await local.get('/api/enterprises/999999999'),
    ];
    const bodies = foreign.map(({ status, body }) => ({ status, type: body.type, detail: body.detail }));
    expect(new Set(bodies.map((body) => JSON.stringify(body)))).toEqual(
      new Set([JSON.stringify({ status: 404, type: 'urn:problem:kernel:not-found', detail: '没有找到这家企业' })]),
    );
    expect(await deps.db.one(sql`select tags, is_suppressed from enterprise where id = ${there.id}::bigint`)).toEqual({
      tags: ['在线新经济'],
      is_suppressed: false,
    });
    expect((await local.get('/api/enterprise-funnel')).body.total).toBe(1);
    const invited = await local.post('/api/enterprise-invitations', { target: { enterpriseIds: [there.id] } });
    expect(invited.body.type).toBe('urn:problem:enterprises:nobody-to-invite');
  });

  it("a contact of another firm under this firm's path is not found", async () => {
    expect((await drafter.post(`/api/enterprises/${there.id}/contacts/${contactId}/unmasking`, { reason: '核实联系方式' })).status).toBe(
      404,
    );
  });

  it.each<[Role, number, number]>([
    ['handler', 200, 403],
    ['supervisor', 200, 403],
    ['signatory', 200, 403],
    ['security-admin', 403, 403],
    ['audit-admin', 403, 403],
    ['system-admin', 403, 200],
  ])('%s: list %i, imports %i', async (role, listed, imports) => {
    const who = await app.official({ roles: [role] });
    expect((await who.get('/api/enterprises')).status).toBe(listed);
    expect((await who.get(`/api/enterprise-imports/${importId}`)).status).toBe(imports);
  });

  it('nobody, and a phone, see no firm and no import', async () => {
    const link = await app.linkHolder({ campaignId: '1', enterpriseId: here.id });
    for (const who of [app.caller(), link]) {
      for (const path of [`/api/enterprises/${here.id}`, '/api/enterprises', `/api/enterprise-imports/${importId}/error-file`]) {
        expect((await who.get(path)).status).toBe(401);
      }
    }
  });

  it("another bureau's import is not found, by any route", async () => {
    const other = await app.official({ roles: ['drafter'], bureauId: 'commerce' });
    const path = `/api/enterprise-imports/${importId}`;
    const answers = [
      await other.get(path),
      await other.get(`${path}/preview`),
      await other.get(`${path}/errors`),
      await other.get(`${path}/error-file`),
      await other.post(`${path}/start`, { mapping: { creditCode: 0, name: 1, industryCode: 2, district: 3 } }),
      await other.post(`${path}/cancellation`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await other.get('/api/enterprise-imports')).body.items).toEqual([]);
    expect((await drafter.get('/api/enterprise-imports')).body.items).toHaveLength(1);
  });

  it('ids that are none are answered before any SQL', async () => {
    for (const path of [
      '/api/enterprises/1;drop',
      '/api/enterprises/99999999999999999999',
      '/api/enterprise-imports/not-a-uuid',
      `/api/enterprises/${here.id}/contacts/x/unmasking`,
    ]) {
      expect([400, 404, 405]).toContain((await drafter.get(path)).status);
    }
  });
});

describe('contacts', () => {
  it('are masked; unmasking needs a reason and is recorded, without the number', async () => {
    const detail = await drafter.get(`/api/enterprises/${here.id}`);
    expect(detail.body.contacts).toEqual([{ id: contactId, nameMasked: '张*', mobileMasked: '142****6001' }]);
    expect(detail.text).not.toMatch(/14200006001|张三丰/);
    const path = `/api/enterprises/${here.id}/contacts/${contactId}/unmasking`;
    expect((await drafter.post(path, { reason: '' })).status).toBe(400);
    expect((await drafter.post(path, { reason: '电话回访核实地址' })).body).toEqual({ name: '张三丰', mobile: '14200006001' });
    const trail = await deps.db.rows<{ reason: string; actor_id: string; after: unknown }>(sql`
      select reason, actor_id, after from audit_event where action = 'enterprise.contact-unmasked'`);
    expect(trail).toEqual([{ reason: '电话回访核实地址', actor_id: drafter.id, after: { contactId } }]);
    const handler = await app.official({ roles: ['handler'] });
    expect((await handler.post(path, { reason: '电话回访核实地址' })).status).toBe(403);
  });
});

describe('changes', () => {
  it('take only the fields they name', async () => {
    const before = await deps.db.one(sql`select * from enterprise where id = ${here.id}::bigint`);
    for (const extra of [{ role: 'x' }, { state: 'x' }, { sizeClass: 'large' }, { funnel: 'subscribed' }]) {
      expect((await drafter.send('PUT', `/api/enterprises/${here.id}/tags`, { tags: ['a'], ...extra })).status).toBe(400);
      expect(
        (await drafter.send('PUT', `/api/enterprises/${here.id}/suppression`, { isSuppressed: true, reason: '测试', ...extra })).status,
      ).toBe(400);
    }
    expect(await deps.db.one(sql`select * from enterprise where id = ${here.id}::bigint`)).toEqual(before);
  });

  it('suppression is said with its reason, and lifted again', async () => {
    const set = (isSuppressed: boolean) =>
      drafter.send('PUT', `/api/enterprises/${here.id}/suppression`, { isSuppressed, reason: '企业要求不再接收' });
    expect((await set(true)).body).toMatchObject({ isSuppressed: true, suppressedReason: '企业要求不再接收' });
    expect(
      await deps.db.one(sql`select is_suppressed, suppressed_reason from enterprise_audience where enterprise_id = ${here.id}::bigint`),
    ).toEqual({
      is_suppressed: true,
      suppressed_reason: '企业要求不再接收',
    });
    expect((await set(false)).body).toMatchObject({ isSuppressed: false, suppressedReason: null });
  });
});
