import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { questionnairesModule } from '../../bot-server/src/modules/questionnaires';
import { surveysModule } from '../../bot-server/src/modules/surveys';
import { type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import {
  type Agent,
  addAgent,
  addFirm,
  type Firm,
  fullAnswers,
  launchVisit,
  markSent,
  nothingToReport,
  type Visit,
} from '../support/visits';

jest.setTimeout(60_000);

let deps: TestDeps;
let app: TestApp;
let firm: Firm;
let agent: Agent;
let visit: Visit;

const noOrders = { workOrdersOf: async () => [] };

beforeAll(async () => {
  deps = await testDeps();
  app = await startApp(deps, (given) => [questionnairesModule(given), surveysModule(given, noOrders)]);
});
afterAll(() => app.close());

/** A firm, its agent and a visit of its own: tests do not meet. */
async function ask(given: Parameters<typeof launchVisit>[2] = {}): Promise<void> {
  firm = await addFirm(deps);
  agent = await addAgent(deps, app, [firm]);
  visit = await launchVisit(deps, [firm], given);
}

const path = (tail = '') => `/api/m/surveys/${visit.campaignId}${tail}`;
const get = (who: Caller, enterpriseId = firm.id) => who.get(`${path()}?enterpriseId=${enterpriseId}`);
const submit = (who: Caller, answers: unknown, version = visit.version) =>
  who.post(path('/submission'), { enterpriseId: firm.id, version, answers });
const save = (who: Caller, answers: unknown) => who.send('PUT', path('/draft'), { enterpriseId: firm.id, answers });

const stored = async () =>
  deps.db.one<{ submissions: number; events: number; audits: number; drafts: number }>(sql`
    select (select count(*) from submission where campaign_id = ${visit.campaignId}::bigint)::int as submissions,
      (select count(*) from outbox where topic = 'surveys.submitted' and payload ->> 'campaignId' = ${visit.campaignId})::int as events,
      (select count(*) from audit_event where action = 'submission.received' and after ->> 'campaignId' = ${visit.campaignId})::int as audits,
      (select count(*) from survey_draft where campaign_id = ${visit.campaignId}::bigint)::int as drafts`);

describe('who may answer', () => {
  beforeAll(() => ask());

  it('the agent finds it in the list and opens it', async () => {
    const listed = await agent.get('/api/m/surveys');
    expect(listed.body.items).toEqual([
      expect.objectContaining({
        campaignId: visit.campaignId,
        enterpriseId: firm.id,
        enterpriseName: firm.name,
        issuer: '测试制定机关',
        questionCount: 8,
        state: 'open',
        draftProgress: null,
      }),
    ]);
    const opened = await get(agent);
    expect(opened.status).toBe(200);
    expect(opened.body).toMatchObject({ version: 1, draft: { answers: {}, savedAt: null }, submission: null });
  });

  it('a personal link opens this survey as this firm, and nothing else', async () => {
    const link = await app.linkHolder({ campaignId: visit.campaignId, enterpriseId: firm.id });
    const other = await addFirm(deps);
    const elsewhere = await launchVisit(deps, [firm, other]);
    expect((await link.get('/api/m/surveys')).body.items).toHaveLength(1);
    expect((await get(link)).status).toBe(200);
    expect((await get(link, other.id)).status).toBe(404);
    expect((await link.get(`/api/m/surveys/${elsewhere.campaignId}?enterpriseId=${firm.id}`)).status).toBe(404);
  });

  it('anyone else gets 404, whether it exists or not: reading, saving, submitting', async () => {
    const stranger = await addAgent(deps, app, [await addFirm(deps)]);
    const answered = [
      await get(stranger),
      await save(stranger, []),
      await submit(stranger, nothingToReport()),
      await stranger.get(`/api/m/surveys/999999999?enterpriseId=${firm.id}`),
      await agent.get(`/api/m/surveys/abc?enterpriseId=${firm.id}`),
      await agent.get(`/api/m/surveys/${visit.campaignId}?enterpriseId=x`),
    ];
    expect(answered.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(new Set(answered.map(({ body }) => body.detail)).size).toBe(1);
  });

  it('an agent whose firm was not asked gets 404 too', async () => {
    const own = await addFirm(deps);
    const other = await addAgent(deps, app, [own]);
    expect((await other.get(`${path()}?enterpriseId=${own.id}`)).status).toBe(404);
  });
});

describe('drafts', () => {
  beforeAll(() => ask());
  const at = (minute: number) => new Date(Date.parse('2026-06-10T01:00:00.000Z') + minute * 60_000).toISOString();

  it('are kept question by question; of two saves the later one wins, whenever it arrives', async () => {
    const first = await save(agent, [
      { questionId: 'operation', answer: { option: 'normal' }, savedAt: at(1) },
      { questionId: 'request', answer: '第二稿', savedAt: at(5) },
    ]);
    expect(first.status).toBe(200);
    const late = await save(agent, [
      { questionId: 'request', answer: '第一稿', savedAt: at(2) },
      { questionId: 'operation', answer: { option: 'partial' }, savedAt: at(6) },
    ]);
    expect(late.body).toEqual({ answers: { operation: { option: 'partial' }, request: '第二稿' }, savedAt: at(6) });
    expect((await get(agent)).body.draft).toEqual({ answers: { operation: { option: 'partial' }, request: '第二稿' }, savedAt: at(6) });
  });

  it('null takes an answer back, and an older save does not bring it again', async () => {
    await save(agent, [{ questionId: 'request', answer: null, savedAt: at(7) }]);
    const older = await save(agent, [{ questionId: 'request', answer: '旧的', savedAt: at(6.5) }]);
    expect(older.body.answers).toEqual({ operation: { option: 'partial' } });
  });

  it('a phone whose clock runs ahead does not win for ever', async () => {
    await save(agent, [{ questionId: 'turnover', answer: { option: 'up' }, savedAt: '2030-01-01T00:00:00.000Z' }]);
    deps.clock.advance(60_000);
    const next = await save(agent, [{ questionId: 'turnover', answer: { option: 'flat' }, savedAt: deps.clock.now().toISOString() }]);
    expect(next.body.answers).toMatchObject({ turnover: { option: 'flat' } });
  });

  it('nor does one that knows no year', async () => {
    const saved = await save(agent, [{ questionId: 'turnover', answer: { option: 'up' }, savedAt: '0000-01-01T00:00:00Z' }]);
    expect([saved.status, saved.body.answers]).toEqual([200, expect.objectContaining({ turnover: { option: 'flat' } })]);
  });

  it('show how far the firm has come', async () => {
    const [listed] = (await agent.get('/api/m/surveys')).body.items as { draftProgress: number }[];
    expect(listed?.draftProgress).toBeCloseTo(2 / 6);
  });

  it('what was written of a person is sealed at rest', async () => {
    await save(agent, [{ questionId: 'contact', answer: '13800001234', savedAt: at(8) }]);
    const { all } = await deps.db.one<{ all: string }>(sql`
      select jsonb_agg(answer)::text as all from survey_draft where campaign_id = ${visit.campaignId}::bigint`);
    expect(all).not.toContain('13800001234');
    expect((await get(agent)).body.draft).toMatchObject({ answers: { contact: '13800001234' } });
  });

  it('a question that is not there is named, and nothing is kept', async () => {
    const before = await stored();
    const refused = await save(agent, [
      { questionId: 'turnover', answer: { option: 'up' }, savedAt: at(30) },
      { questionId: 'nowhere', answer: 'x', savedAt: at(30) },
    ]);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      type: 'urn:problem:surveys:unknown-question',
      errors: [{ pointer: '/body/answers/1/questionId', detail: '问卷里没有“nowhere”这道题' }],
    });
    expect(await stored()).toEqual(before);
    const long = await save(agent, [{ questionId: 'request', answer: 'x'.repeat(30_000), savedAt: at(30) }]);
    expect(long.status).toBe(400);
  });
});

describe('submitting', () => {
  it('stores the answers, removes the drafts, tells the others, once', async () => {
    await ask();
    await save(agent, [{ questionId: 'operation', answer: { option: 'normal' }, savedAt: '2026-06-10T01:58:00.000Z' }]);
    const done = await submit(agent, fullAnswers({ contact: '13800001234', nameVisible: { option: 'public' } }));
    expect(done.status).toBe(201);
    expect(await stored()).toEqual({ submissions: 1, events: 1, audits: 1, drafts: 0 });
    const row = await deps.db.one<Record<string, unknown>>(sql`
      select answers, via, name_visibility, problem_count, submitted_by, extract(epoch from submitted_at - started_at)::int as seconds
      from submission where campaign_id = ${visit.campaignId}::bigint`);
    expect(row).toMatchObject({ via: 'h5', name_visibility: 'public', problem_count: 1, submitted_by: agent.personId });
    expect(row.answers).toMatchObject({ request: '门店合同到期，希望协调减免三个月租金', contact: { sealed: expect.any(String) } });
    expect(JSON.stringify(row.answers)).not.toContain('13800001234');
    const opened = await get(agent);
    expect(opened.body).toMatchObject({ state: 'answered', submission: { submissionId: done.body.submissionId, workOrders: [] } });
  });

  it('a second time: 409 with the time of the first', async () => {
    const again = await submit(agent, fullAnswers());
    expect(again.status).toBe(409);
    expect(again.body.type).toBe('urn:problem:surveys:already-answered');
    expect(again.body.detail).toMatch(/今天 \d\d:\d\d 提交过/);
    expect((await save(agent, [])).body.type).toBe('urn:problem:surveys:already-answered');
    expect(await stored()).toEqual({ submissions: 1, events: 1, audits: 1, drafts: 0 });
  });

  it('twenty at once give one', async () => {
    await ask();
    const answered = await Promise.all(Array.from({ length: 20 }, () => submit(agent, nothingToReport())));
    expect(answered.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answered.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(await stored()).toMatchObject({ submissions: 1, events: 1, audits: 1 });
  });

  it('a save that comes behind a submission does not survive it', async () => {
    await ask();
    const saves = Array.from({ length: 8 }, (_, index) =>
      save(agent, [{ questionId: 'operation', answer: { option: 'normal' }, savedAt: new Date(1.78e12 + index).toISOString() }]),
    );
    await Promise.all([submit(agent, nothingToReport()), ...saves]);
    expect(await stored()).toMatchObject({ submissions: 1, drafts: 0 });
  });

  it.each<[string, Parameters<typeof markSent>[2] | undefined, string]>([
    ['of an SMS', 'sms', 'sms'],
    ['of a chat message', 'wecom', 'wecom'],
    ['of a message that no channel took', undefined, 'h5'],
  ])('a personal link %s says by which way the answer came', async (_, channel, expected) => {
    await ask();
    if (channel) await markSent(deps, visit, channel);
    await markSent(deps, visit, 'wechat-mini', 'refused', 2);
    const link = await app.linkHolder({ campaignId: visit.campaignId, enterpriseId: firm.id });
    expect((await submit(link, nothingToReport())).status).toBe(201);
    const { via, submitted_by: by } = await deps.db.one<{ via: string; submitted_by: string | null }>(sql`
      select via, submitted_by from submission where campaign_id = ${visit.campaignId}::bigint`);
    expect({ via, by }).toEqual({ via: expected, by: null });
  });

  it('so does the mini-program', async () => {
    await ask();
    const mini = app.caller({ ...agent.headers, referer: 'https://servicewechat.com/wx0123456789abcdef/12/page-frame.html' });
    expect((await submit(mini, nothingToReport())).status).toBe(201);
    const { via } = await deps.db.one<{ via: string }>(sql`select via from submission where campaign_id = ${visit.campaignId}::bigint`);
    expect(via).toBe('wechat-mini');
  });
});

describe('refused, each with its question and rule, and nothing stored by half', () => {
  const nothing = { submissions: 0, events: 0, audits: 0, drafts: 1 };
  beforeAll(async () => {
    await ask();
    await save(agent, [{ questionId: 'operation', answer: { option: 'normal' }, savedAt: '2026-06-10T01:00:00.000Z' }]);
  });

  it.each<[string, Record<string, unknown>, string, string, string]>([
    [
      'an answer off the path',
      nothingToReport({ request: '希望减免租金' }),
      'surveys:off-path',
      '/body/answers/request',
      '第4题：按前面的回答，这道题不需要填写，请刷新后重新提交',
    ],
    [
      'off the path by a hidden chain: the matter of no request',
      nothingToReport({ matter: { option: 'rent' } }),
      'surveys:off-path',
      '/body/answers/matter',
      '第5题：按前面的回答，这道题不需要填写，请刷新后重新提交',
    ],
    [
      'a question of no questionnaire',
      nothingToReport({ ghost: 1 }),
      'surveys:unknown-question',
      '/body/answers/ghost',
      '问卷里没有“ghost”这道题',
    ],
    [
      'a required answer missing',
      { operation: { option: 'suspended' } },
      'surveys:invalid-answers',
      '/body/answers/difficulties',
      '第3题：这道题必须回答',
    ],
    [
      'an option of no question',
      { operation: { option: 'flying' }, difficulties: { options: ['none'] } },
      'surveys:invalid-answers',
      '/body/answers/operation',
      '第1题：所选的选项不在题目中，请重新选择',
    ],
    [
      'a field of no answer',
      nothingToReport({ operation: { option: 'normal', score: 9 } }),
      'surveys:invalid-answers',
      '/body/answers/operation',
      '第1题：没有“score”这一项',
    ],
  ])('%s', async (_, answers, type, pointer, detail) => {
    const refused = await submit(agent, answers);
    expect(refused.status).toBe(400);
    expect(refused.body.type).toBe(`urn:problem:${type}`);
    expect(refused.body.errors).toContainEqual({ pointer, detail });
    expect(await stored()).toEqual(nothing);
  });

  it('answers to another version', async () => {
    const refused = await submit(agent, nothingToReport(), 7);
    expect(refused.status).toBe(409);
    expect(refused.body.type).toBe('urn:problem:surveys:wrong-version');
    expect(await stored()).toEqual(nothing);
  });

  it('extra fields beside the answers', async () => {
    const refused = await agent.post(path('/submission'), { enterpriseId: firm.id, version: 1, answers: {}, via: 'liaison' });
    expect(refused.status).toBe(400);
    expect(await stored()).toEqual(nothing);
  });

  it.each<[string, string, string]>([
    ['past its end', `closes_at = '2026-06-10T01:00:00Z'`, '今天 09:00 截止'],
    ['closed by hand', `closed_at = '2026-06-10T01:30:00Z'`, '今天 09:30 截止'],
  ])('a campaign %s', async (_, change, word) => {
    await deps.db.run(sql`update campaign set ${sql.raw(change)} where id = ${visit.campaignId}::bigint`);
    for (const answered of [await submit(agent, nothingToReport()), await save(agent, [])]) {
      expect(answered.status).toBe(409);
      expect(answered.body).toMatchObject({ type: 'urn:problem:surveys:closed', detail: expect.stringContaining(word) });
    }
    expect(await stored()).toEqual(nothing);
    await deps.db.run(sql`
      update campaign set closes_at = '2026-06-30T00:00:00Z', closed_at = null where id = ${visit.campaignId}::bigint`);
  });
});

describe('Idempotency-Key', () => {
  it('a repeat gets the same bytes; another body is refused', async () => {
    await ask();
    const keyed = app.caller({ ...agent.headers, 'idempotency-key': 'k1' });
    const body = { enterpriseId: firm.id, version: 1, answers: nothingToReport() };
    const twice = [await keyed.post(path('/submission'), body), await keyed.post(path('/submission'), body)];
    expect(twice.map(({ status }) => status)).toEqual([201, 201]);
    expect(twice[0]?.text).toBe(twice[1]?.text);
    expect(await stored()).toMatchObject({ submissions: 1, events: 1 });
    const other = await keyed.post(path('/submission'), { ...body, version: 2 });
    expect(other.status).toBe(422);
  });
});
