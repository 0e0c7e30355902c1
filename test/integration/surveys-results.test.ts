import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import exceljs from '@protobi/exceljs';
import { sql } from 'kysely';
import { questionnairesModule } from '../../bot-server/src/modules/questionnaires';
import { surveysModule } from '../../bot-server/src/modules/surveys';
import { type Answered, type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import { addAgent, addFirm, type Firm, fullAnswers, launchVisit, nothingToReport, type Visit } from '../support/visits';

jest.setTimeout(90_000);

let deps: TestDeps;
let app: TestApp;
let visit: Visit;
let drafter: Caller & { id: string };
let dispatcher: Caller & { id: string };
const firms: Firm[] = [];

const path = (tail: string) => `/api/campaigns/${visit.campaignId}${tail}`;

/** 24 firms asked, 14 answer over two days: 8 in one district, 4 in another, 2 in a third. */
async function answerAll(): Promise<void> {
  const districts = [...Array(8).fill('310101'), ...Array(4).fill('310104'), ...Array(12).fill('310105')] as string[];
  for (const districtCode of districts) firms.push(await addFirm(deps, { districtCode, sizeClass: 'micro' }));
  const agent = await addAgent(deps, app, firms);
  visit = await launchVisit(deps, firms);
  const names = [{ option: 'public' }, { option: 'industry-district' }, { option: 'hidden' }];
  for (const [index, firm] of firms.slice(0, 14).entries()) {
    if (index === 7) deps.clock.set('2026-06-10T16:30:00.000Z');
    const nameVisible = names[index % 3];
    const answers =
      index % 2 === 0
        ? fullAnswers({ nameVisible, request: index === 0 ? '=1+1 减免 100%_房租' : `请协调第${index}件事`, contact: '13800001234' })
        : nothingToReport({ nameVisible });
    deps.clock.advance(1000);
    const draft = { questionId: 'operation', answer: { option: 'normal' }, savedAt: deps.clock.now().toISOString() };
    await agent.send('PUT', `/api/m/surveys/${visit.campaignId}/draft`, { enterpriseId: firm.id, answers: [draft] });
    deps.clock.advance(60_000);
    const done = await agent.post(`/api/m/surveys/${visit.campaignId}/submission`, { enterpriseId: firm.id, version: 1, answers });
    if (done.status !== 201) throw new Error(done.text);
  }
}

beforeAll(async () => {
  deps = await testDeps();
  const ports = {
    workOrdersOf: async (_: unknown, ids: readonly string[]) =>
      ids.map((submissionId) => ({ submissionId, id: `o-${submissionId}`, number: `n-${submissionId}` })),
  };
  app = await startApp(deps, (given) => [questionnairesModule(given), surveysModule(given, ports)]);
  await answerAll();
  // An official's session ends when it is idle for half an hour, and the answers take a day.
  drafter = await app.official({ roles: ['drafter'] });
  dispatcher = await app.official({ roles: ['dispatcher'] });
});
afterAll(() => app.close());

interface Aggregate {
  readonly form: string;
  readonly answered: number;
  readonly bars: readonly { readonly key: string; readonly count: number }[];
  readonly sample: readonly string[];
}
const aggregateOf = (answered: Answered, id: string): Aggregate | undefined =>
  (answered.body.questions as { questionId: string; aggregate: Aggregate }[]).find(({ questionId }) => questionId === id)?.aggregate;

describe('results', () => {
  it('add up every answer, by the formulas on screen', async () => {
    const answered = await drafter.get(path('/results'));
    expect(answered.status).toBe(200);
    expect(answered.body).toMatchObject({
      version: 1,
      planned: 24,
      reached: 24,
      answered: 14,
      answerRate: 14 / 24,
      medianSeconds: 60,
      problemCount: 7,
      isSuppressed: false,
      byVia: [{ via: 'h5', answered: 14 }],
      // The second half came after midnight in the city, on the same day in UTC.
      byDay: [
        { on: '2026-06-10', answered: 7 },
        { on: '2026-06-11', answered: 7 },
      ],
    });
    expect(aggregateOf(answered, 'operation')?.bars.find(({ key }) => key === 'normal')?.count).toBe(14);
    expect(aggregateOf(answered, 'difficulties')?.bars.filter(({ count }) => count > 0)).toEqual([
      expect.objectContaining({ key: 'rent', count: 7 }),
      expect.objectContaining({ key: 'labour', count: 7 }),
      expect.objectContaining({ key: 'none', count: 7 }),
    ]);
    expect(aggregateOf(answered, 'request')).toMatchObject({ form: 'texts', answered: 7 });
  });

  it('count a mobile and never show it', async () => {
    const answered = await drafter.get(path('/results'));
    expect(aggregateOf(answered, 'contact')).toMatchObject({ answered: 7, sample: [] });
    expect(answered.text).not.toContain('13800001234');
    expect(answered.text).not.toContain('sealed');
  });

  it('are withheld under a filter that fewer than five answers match', async () => {
    const many = await drafter.get(path('/results?districtCode=310101'));
    expect(many.body).toMatchObject({ answered: 8, planned: 8, isSuppressed: false, problemCount: 4 });
    const few = await drafter.get(path('/results?districtCode=310104'));
    expect(few.body).toMatchObject({
      answered: 0,
      planned: 4,
      isSuppressed: true,
      answerRate: null,
      medianSeconds: null,
      problemCount: 0,
      byDay: [],
      byVia: [],
      questions: [],
    });
    expect((await drafter.get(path('/results?industryCode=62&sizeClass=micro&via=h5'))).body).toMatchObject({ answered: 14 });
    expect((await drafter.get(path('/results?industryCode=6'))).body).toMatchObject({ answered: 14 });
    expect((await drafter.get(path('/results?via=wecom'))).body).toMatchObject({ isSuppressed: true });
  });

  it('grow with the next answer', async () => {
    const [, ...rest] = firms.slice(13);
    const next = rest[0] ?? firms[0];
    if (!next) throw new Error('no firm left');
    const agent = await addAgent(deps, app, [next]);
    await agent.post(`/api/m/surveys/${visit.campaignId}/submission`, { enterpriseId: next.id, version: 1, answers: nothingToReport() });
    const answered = await drafter.get(path('/results'));
    expect(answered.body.answered).toBe(15);
    expect(aggregateOf(answered, 'operation')?.answered).toBe(15);
  });

  it('are for officials of the bureau that asks: others get 404, other roles 403', async () => {
    const elsewhere = await app.official({ roles: ['drafter'], bureauId: 'tax' });
    const handler = await app.official({ roles: ['handler'] });
    for (const tail of ['/results', '/answers', '/answers-export']) {
      expect((await elsewhere.get(path(tail))).status).toBe(404);
      expect((await handler.get(path(tail))).status).toBe(403);
      expect((await drafter.get(`/api/campaigns/x${tail}`)).status).toBe(404);
      expect((await app.caller().get(path(tail))).status).toBe(401);
    }
  });
});

interface Item {
  readonly submissionId: string;
  readonly nameVisibility: string;
  readonly enterpriseName: string | null;
  readonly districtCode: string;
  readonly industryCode: string;
  readonly sizeClass: string | null;
  readonly answers: Record<string, unknown>;
}

describe('the list of answers', () => {
  const list = async (search: string) =>
    (await drafter.get(path(`/answers${search}`))).body as { items: Item[]; nextCursor: string | null; total: number };

  it('pages newest first without a gap', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: Item[]; nextCursor: string | null; total: number } = await list(
        `?limit=4${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      expect(page.total).toBe(15);
      seen.push(...page.items.map(({ submissionId }) => submissionId));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(15);
    expect(new Set(seen).size).toBe(15);
    const id = '00000000-0000-4000-8000-000000000000';
    for (const bad of ['nonsense', `2026-13-45T99:99:99.999Z_${id}`, `0000-01-01T00:00:00.000Z_${id}`]) {
      expect((await drafter.get(path(`/answers?cursor=${bad}`))).status).toBe(400);
    }
  });

  it('shows of each firm what it allowed', async () => {
    const { items } = await list('?limit=200');
    for (const item of items) {
      const { nameVisibility, enterpriseName, districtCode, industryCode, sizeClass } = item;
      const shown = {
        enterpriseName: enterpriseName !== null,
        districtCode: districtCode !== '',
        industryCode: industryCode !== '',
        sizeClass: sizeClass !== null,
      };
      const all = nameVisibility === 'public';
      const place = nameVisibility !== 'hidden';
      expect(shown).toEqual({ enterpriseName: all, districtCode: place, industryCode: place, sizeClass: all });
      expect(item.answers).not.toHaveProperty('contact');
    }
    expect(new Set(items.map(({ nameVisibility }) => nameVisibility)).size).toBe(3);
  });

  it('is searched by the words of an answer, literally', async () => {
    expect((await list(`?q=${encodeURIComponent('协调')}`)).total).toBe(6);
    expect((await list(`?q=${encodeURIComponent('100%_')}`)).total).toBe(1);
    expect((await list(`?q=${encodeURIComponent('1000_')}`)).total).toBe(0);
    expect((await list(`?questionId=request&q=${encodeURIComponent('第2件')}`)).total).toBe(1);
    expect((await list(`?questionId=operation&q=${encodeURIComponent('第2件')}`)).total).toBe(0);
    expect((await list('?questionId=matter')).total).toBe(7);
    expect((await list('?q=13800001234')).total).toBe(0);
  });
});

describe('a look at a name that is not shown', () => {
  it('is the dispatcher’s alone, recorded with its reason, and seen by the firm', async () => {
    const { items } = (await dispatcher.get(path('/answers?limit=200'))).body as { items: Item[] };
    const hidden = items.find((item) => item.nameVisibility === 'hidden' && 'request' in item.answers);
    expect(hidden?.enterpriseName).toBeNull();
    const look = path(`/answers/${hidden?.submissionId}/name-looks`);
    expect((await drafter.post(look, { reason: '核实情况' })).status).toBe(403);
    expect((await dispatcher.post(look, {})).status).toBe(400);
    const looked = await dispatcher.post(look, { reason: '核实情况' });
    expect(looked.status).toBe(200);
    const firm = firms.find(({ name }) => name === looked.body.enterpriseName);
    expect(looked.body).toMatchObject({
      enterpriseId: firm?.id,
      creditCodeMasked: expect.stringMatching(/^.{4}\*+.{4}$/),
      sensitiveAnswers: [{ questionId: 'contact', title: '如需回访，请留下手机号码', text: '13800001234' }],
    });
    const events = await deps.db.rows<{ actor_id: string; reason: string; after: unknown }>(sql`
      select actor_id, reason, after from audit_event where action = 'submission.name-looked' and aggregate_id = ${hidden?.submissionId ?? ''}`);
    expect(events).toEqual([{ actor_id: dispatcher.id, reason: '核实情况', after: null }]);
    if (!firm) throw new Error('the firm has a name');
    const agent = await addAgent(deps, app, [firm]);
    const own = await agent.get(`/api/m/surveys/${visit.campaignId}?enterpriseId=${firm.id}`);
    expect(own.body.submission).toMatchObject({
      nameLooks: [deps.clock.now().toISOString()],
      workOrders: [{ number: `n-${hidden?.submissionId}` }],
    });
  });

  it('of another bureau’s campaign finds nothing and records nothing', async () => {
    const elsewhere = await app.official({ roles: ['dispatcher'], bureauId: 'tax' });
    const { items } = (await dispatcher.get(path('/answers'))).body as { items: Item[] };
    const before = await deps.db.one<{ count: number }>(sql`select count(*)::int as count from audit_event`);
    expect((await elsewhere.post(path(`/answers/${items[0]?.submissionId}/name-looks`), { reason: '看看' })).status).toBe(404);
    expect((await dispatcher.post(path('/answers/00000000-0000-4000-8000-000000000000/name-looks'), { reason: '看看' })).status).toBe(404);
    expect((await dispatcher.post(path('/answers/not-a-uuid/name-looks'), { reason: '看看' })).status).toBe(404);
    expect(await deps.db.one<{ count: number }>(sql`select count(*)::int as count from audit_event`)).toEqual(before);
  });
});

describe('the export', () => {
  const download = async (format: string): Promise<Buffer> => {
    const exporting = await drafter.download(path(`/answers-export?format=${format}`));
    expect(exporting.status).toBe(200);
    expect(exporting.headers.get('content-disposition')).toContain('attachment');
    expect(exporting.headers.get('x-content-type-options')).toBe('nosniff');
    return exporting.bytes;
  };

  it('CSV: one row per answer, names as allowed, no mobile, formulas inert', async () => {
    const text = (await download('csv')).toString('utf8');
    expect(text.startsWith('\ufeff提交时间,填报渠道,企业名称')).toBe(true);
    expect(text.trimEnd().split('\r\n')).toHaveLength(16);
    expect(text).not.toContain('13800001234');
    expect(text).toContain(`"'=1+1 减免 100%_房租"`);
    expect(text).not.toMatch(/(^|,)=/m);
    for (const [index, { name }] of firms.slice(0, 14).entries()) expect(text.includes(name)).toBe(index % 3 === 0);
  });

  it('XLSX: the same cells as texts', async () => {
    const book = new exceljs.Workbook();
    await book.xlsx.load((await download('xlsx')) as never);
    const [sheet] = book.worksheets;
    expect(sheet?.rowCount).toBe(16);
    const header = sheet?.getRow(1).values as string[];
    const column = header.findIndex((title) => title?.includes('希望政府帮助'));
    expect(header.some((title) => title?.includes('手机'))).toBe(false);
    const cell = sheet?.getRow(2).getCell(column);
    expect({ value: cell?.value, type: cell?.type }).toEqual({ value: '=1+1 减免 100%_房租', type: exceljs.ValueType.String });
  });

  it('is recorded', async () => {
    const rows = await deps.db.rows<{ actor_id: string; after: unknown }>(sql`
      select actor_id, after from audit_event where action = 'campaign.answers-exported' order by id`);
    expect(rows).toEqual([
      { actor_id: drafter.id, after: { format: 'csv' } },
      { actor_id: drafter.id, after: { format: 'xlsx' } },
    ]);
  });
});
