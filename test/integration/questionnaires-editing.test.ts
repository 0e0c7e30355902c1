import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { restaurantForm, type SurveyDocument } from '@suiban/shared/surveys';
import { sql } from 'kysely';
import { publishedVersion, questionnairesModule } from '../../bot-server/src/modules/questionnaires';
import { type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import { pulse, setting } from '../support/visits';

jest.setTimeout(60_000);

let deps: TestDeps;
let app: TestApp;
let drafter: Caller & { id: string };
let reviewer: Caller;

beforeAll(async () => {
  deps = await testDeps({ migrations: [1, 2, 3, 4, 5, 6, 7, 13, 14, 15, 16] });
  app = await startApp(deps, (given) => [questionnairesModule(given)]);
  drafter = await app.official({ roles: ['drafter'] });
  reviewer = await app.official({ roles: ['reviewer'] });
});
afterAll(() => app.close());

const create = async (document: unknown = restaurantForm(setting)) => {
  const made = await drafter.post('/api/questionnaires', { document });
  if (made.status !== 201) throw new Error(made.text);
  return made.body as { id: string; revision: number };
};
const rowsOf = (id: string) =>
  deps.db.one<{ versions: number; audits: number; revision: number }>(sql`
    select (select count(*) from questionnaire_version where questionnaire_id = ${id}::uuid)::int as versions,
      (select count(*) from audit_event where aggregate = 'questionnaire' and aggregate_id = ${id})::int as audits,
      revision from questionnaire where id = ${id}::uuid`);
const retitled = (document: SurveyDocument, zh: string): SurveyDocument => ({ ...document, title: { zh } });

describe('a draft', () => {
  it('is kept with its findings: what holds a launch, and what holds publishing', async () => {
    const { id } = await create();
    const opened = await drafter.get(`/api/questionnaires/${id}`);
    expect(opened.body).toMatchObject({
      title: '餐饮企业服务问卷',
      state: 'draft',
      questionCount: 8,
      latestVersion: null,
      hasDraftChanges: true,
      versions: [],
    });
    const findings = opened.body.findings as { rule: string; blocks: string }[];
    expect(findings.filter(({ blocks }) => blocks === 'publish')).toEqual([]);
    expect(findings.filter(({ blocks }) => blocks === 'launch').map(({ rule }) => rule)).toContain('missing-heading');
  });

  it('of two who save the same revision the second one is told, and loses nothing of the first', async () => {
    const { id, revision } = await create();
    const document = restaurantForm(setting);
    const saves = await Promise.all(
      ['甲', '乙'].map((zh) => drafter.send('PUT', `/api/questionnaires/${id}`, { document: retitled(document, zh), revision })),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = saves.find(({ status }) => status === 200)?.body;
    expect((await drafter.get(`/api/questionnaires/${id}`)).body).toMatchObject({ title: won?.title, revision: revision + 1 });
    expect(saves.find(({ status }) => status === 409)?.body.type).toBe('urn:problem:kernel:conflict');
  });

  it('saved without a change stays the same revision', async () => {
    const { id, revision } = await create();
    await drafter.send('PUT', `/api/questionnaires/${id}`, { document: restaurantForm(setting), revision });
    expect(await rowsOf(id)).toEqual({ versions: 0, audits: 1, revision });
  });

  it.each<[string, (document: SurveyDocument) => unknown, string]>([
    ['a field that no format knows', (document) => ({ ...document, colour: 'red' }), '/body/document/colour'],
    ['a kind of question that is none', (document) => with1(document, { kind: 'hologram' }), '/body/document/pages/0/questions/0/kind'],
    [
      'an option without an id',
      (document) => with1(document, { config: { options: [{ label: { zh: '甲' } }] } }),
      '/body/document/pages/0/questions/0/config/options/0/id',
    ],
    ['no document', () => ({}), '/body/document/v'],
  ])('%s is refused by place, and nothing is stored', async (_, change, pointer) => {
    const before = await deps.db.one(sql`select count(*)::int as count from questionnaire`);
    const refused = await drafter.post('/api/questionnaires', { document: change(pulse()) });
    expect([refused.status, refused.body.type]).toEqual([400, 'urn:problem:surveys:invalid-document']);
    expect((refused.body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
    expect(await deps.db.one(sql`select count(*)::int as count from questionnaire`)).toEqual(before);
  });
});

const with1 = (document: SurveyDocument, change: object): unknown => {
  const [page] = document.pages;
  const [first, ...rest] = page?.questions ?? [];
  return { ...document, pages: [{ ...page, questions: [{ ...first, ...change }, ...rest] }] };
};

describe('a version', () => {
  it('is published once per content, and never changes', async () => {
    const { id, revision } = await create();
    const published = await reviewer.post(`/api/questionnaires/${id}/versions`, { revision });
    expect(published.status).toBe(201);
    expect(published.body).toMatchObject({ state: 'published', latestVersion: 1, hasDraftChanges: false });
    await reviewer.post(`/api/questionnaires/${id}/versions`, { revision });
    expect(await rowsOf(id)).toMatchObject({ versions: 1 });
    const version = await drafter.get(`/api/questionnaires/${id}/versions/1`);
    expect(version.body).toMatchObject({ version: 1, document: restaurantForm(setting), hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await publishedVersion(deps.db, id, 1))?.document).toEqual(restaurantForm(setting));
    expect(await publishedVersion(deps.db, id, 2)).toBeUndefined();
    for (const change of ['update questionnaire_version set version = 9', 'delete from questionnaire_version']) {
      await expect(deps.db.run(sql`${sql.raw(change)} where questionnaire_id = ${id}::uuid`)).rejects.toThrow('immutable');
    }
  });

  it('two who publish at once make one', async () => {
    const { id, revision } = await create();
    const answered = await Promise.all([1, 2, 3].map(() => drafter.post(`/api/questionnaires/${id}/versions`, { revision })));
    expect(answered.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await rowsOf(id)).toMatchObject({ versions: 1 });
  });

  it('the draft goes on beside it', async () => {
    const { id, revision } = await create();
    await drafter.post(`/api/questionnaires/${id}/versions`, { revision });
    const saved = await drafter.send('PUT', `/api/questionnaires/${id}`, {
      document: retitled(restaurantForm(setting), '第二稿'),
      revision,
    });
    expect(saved.body).toMatchObject({ latestVersion: 1, hasDraftChanges: true, state: 'published' });
    const next = await drafter.post(`/api/questionnaires/${id}/versions`, { revision: saved.body.revision });
    expect((next.body.versions as { version: number }[]).map(({ version }) => version)).toEqual([2, 1]);
    expect((await drafter.get(`/api/questionnaires/${id}/versions/1`)).body.document).toMatchObject({ title: { zh: '餐饮企业服务问卷' } });
  });

  it.each<[string, object, string]>([
    [
      'asks about a question that is not there',
      { showIf: { v: 1, when: { attribute: 'ghost', operator: 'eq', value: 'x' } } },
      '/pages/0/questions/0/showIf',
    ],
    ['has no title to its question', { title: { zh: '' } }, '/pages/0/questions/0/title'],
  ])('a questionnaire that %s is not published: each place is named', async (_, change, pointer) => {
    const { id, revision } = await create(with1(pulse(), change));
    const refused = await drafter.post(`/api/questionnaires/${id}/versions`, { revision });
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:problem:surveys:document-has-errors']);
    expect((refused.body.errors as { pointer: string }[]).some((error) => error.pointer.startsWith(pointer))).toBe(true);
    expect(await rowsOf(id)).toMatchObject({ versions: 0 });
  });

  it('of an old revision is refused', async () => {
    const { id } = await create();
    expect((await drafter.post(`/api/questionnaires/${id}/versions`, { revision: 7 })).status).toBe(409);
    const saved = await drafter.send('PUT', `/api/questionnaires/${id}`, { document: pulse(), revision: Number.MAX_SAFE_INTEGER });
    expect(saved.status).toBe(409);
    expect((await drafter.get(`/api/questionnaires/${id}/versions/99999999999`)).status).toBe(404);
  });
});

describe('whose it is', () => {
  it('every bureau reads and copies, its own alone changes', async () => {
    const { id, revision } = await create();
    const elsewhere = await app.official({ roles: ['drafter'], bureauId: 'tax' });
    expect((await elsewhere.get(`/api/questionnaires/${id}`)).status).toBe(200);
    const body = { document: pulse(), revision };
    expect((await elsewhere.send('PUT', `/api/questionnaires/${id}`, body)).status).toBe(403);
    expect((await elsewhere.post(`/api/questionnaires/${id}/versions`, { revision })).status).toBe(403);
    const handler = await app.official({ roles: ['handler'] });
    expect((await handler.get(`/api/questionnaires/${id}`)).status).toBe(403);
    expect((await reviewer.send('PUT', `/api/questionnaires/${id}`, body)).status).toBe(403);
    expect((await drafter.get('/api/questionnaires/nowhere')).status).toBe(404);
    expect((await drafter.get('/api/questionnaires/00000000-0000-4000-8000-000000000000/versions/1')).status).toBe(404);
    expect(await rowsOf(id)).toEqual({ versions: 0, audits: 1, revision });
  });

  it('the list pages newest change first, without a gap', async () => {
    for (let count = 0; count < 5; count += 1) {
      deps.clock.advance(1000);
      await create(retitled(pulse(), `分页 ${count}`));
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const search = `q=${encodeURIComponent('分页')}&limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      const page = (await drafter.get(`/api/questionnaires?${search}`)).body as {
        items: { title: string }[];
        nextCursor: string | null;
        total: number;
      };
      expect(page.total).toBe(5);
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['分页 4', '分页 3', '分页 2', '分页 1', '分页 0']);
    const id = '00000000-0000-4000-8000-000000000000';
    for (const bad of [
      'x',
      `2026_${id}`,
      `2026-13-45T99:99:99.999Z_${id}`,
      `0000-01-01T00:00:00.000Z_${id}`,
      `2026-01-01T00:00:00.000Z_${'-'.repeat(36)}`,
    ]) {
      expect((await drafter.get(`/api/questionnaires?cursor=${bad}`)).status).toBe(400);
    }
  });

  it('the forms that come along are ready to be published', async () => {
    const { items } = (await drafter.get('/api/questionnaire-templates')).body as { items: { id: string; document: SurveyDocument }[] };
    expect(items.map(({ id }) => id)).toEqual(['restaurant', 'pulse']);
    for (const { document } of items) {
      const { id, revision } = await create(document);
      expect((await drafter.post(`/api/questionnaires/${id}/versions`, { revision })).status).toBe(201);
    }
  });
});

describe('a text to recognise', () => {
  const fixture = (name: string) => readFile(new URL(`../fixtures/questionnaires/${name}`, import.meta.url));
  const parse = (content: Buffer | string, name = 'a.txt') => drafter.upload('/api/questionnaire-imports', name, content);

  it.each([
    ['restaurants.txt', 'utf-8'],
    ['gb18030.txt', 'gb18030'],
    ['messy-crlf.txt', 'utf-8'],
  ])('%s is read as %s, and nothing is stored', async (name, encoding) => {
    const before = await deps.db.one(sql`select count(*)::int as count from questionnaire`);
    const parsed = await parse(await fixture(name));
    expect(parsed.status).toBe(200);
    expect(parsed.body.encoding).toBe(encoding);
    expect(JSON.stringify(parsed.body.result)).not.toContain('\ufffd');
    expect((parsed.body.result as { questions: unknown[] }).questions.length).toBeGreaterThan(0);
    expect(await deps.db.one(sql`select count(*)::int as count from questionnaire`)).toEqual(before);
  });

  it.each<[string, Buffer | string]>([
    ['a picture', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])],
    ['a NUL far into the text', `${'1. 题目\n'.repeat(4000)}\0`],
    ['a PDF', '%PDF-1.7\n1 0 obj'],
    ['bytes of no alphabet', Buffer.from(Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 0xff : 0x80 + ((index * 7) % 64))))],
    ['text in UTF-16', Buffer.from('1. 您的行业是什么', 'utf16le')],
  ])('%s is not a text: 415', async (_, content) => {
    const refused = await parse(content);
    expect([refused.status, refused.body.type]).toEqual([415, 'urn:problem:kernel:unsupported-type']);
  });

  it('more than 2 MB: 413 naming the limit; an empty file: 400', async () => {
    const big = await parse('题'.repeat(1024 * 1024));
    expect([big.status, big.body.detail]).toEqual([413, expect.stringContaining('2 MB')]);
    expect((await parse('  \n ')).status).toBe(400);
  });
});
