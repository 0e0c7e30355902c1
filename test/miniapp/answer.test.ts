import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { checkSubmission } from '@suiban/shared/surveys';
import { type Bench, buildMs, signedIn, startBench } from './phone';
import { enterpriseId, restaurant } from './stub-data';

/** What the same answers are as JSON, whatever the phone: the H5 test in test/e2e stores the same. */
const expectedAnswers = {
  operation: { option: 'normal' },
  turnover: { option: 'flat' },
  difficulties: { options: ['rent', 'labour', 'other'], otherText: '外卖商户评价处理慢' },
  request: '经营贷续期三周没有消息，希望协调加快。',
  matter: { option: 'finance' },
  nameVisible: { option: 'hidden' },
};
jest.setTimeout(30_000);

describe.each(['weapp', 'alipay'] as const)('the compiled %s build', (platform) => {
  let bench: Bench;
  let stub: Bench['stub'];
  const open: Bench['open'] = (...given) => bench.open(...given);

  beforeAll(async () => {
    bench = await startBench(platform);
    stub = bench.stub;
  }, buildMs);
  afterEach(() => bench.clear());
  afterAll(() => stub.close());
  const titlePage = `/packages/surveys/pages/title/index?campaignId=1&enterpriseId=${enterpriseId}`;
  const submissions = () => stub.asked.filter((each) => each.path.endsWith('/submission'));

  it('opens, branches, answers and submits what H5 submits', async () => {
    const phone = await open(undefined, { storage: signedIn() });
    await phone.until('餐饮企业服务问卷');
    await phone.tap('餐饮企业服务问卷');
    await phone.until('为什么填写');
    expect(phone.text()).toContain('商调 7 号');
    await phone.tap('start');
    await phone.until('目前门店经营情况');
    await phone.tap('next');
    await phone.until('这道题必须回答');

    await phone.tap('暂停营业');
    await phone.tap('next');
    await phone.until('目前最主要的困难');
    await phone.tap('previous');
    await phone.until('目前门店经营情况');
    await phone.tap('正常营业');
    await phone.tap('next');
    await phone.until('本月营业额');
    await phone.tap('基本持平');
    await phone.tap('next');
    await phone.until('目前最主要的困难');
    for (const each of ['房租', '招工与用工成本', '其他']) await phone.tap(each);
    await phone.tap('next');
    await phone.until('请写明具体内容');
    await phone.type('difficulties-other', '外卖商户评价处理慢');
    await phone.tap('next');
    await phone.until('希望政府帮助解决什么');
    await phone.type('request', '经营贷续期三周没有消息，希望协调加快。');
    await phone.tap('next');
    await phone.until('这件事属于哪一类');
    await phone.pick('matter', 0);
    await phone.tap('next');
    await phone.until('了解下列哪些扶持政策');
    await phone.tap('next');
    await phone.until('请留下手机号码');
    await phone.tap('next');
    await phone.until('企业名称可以公开到什么范围');
    await phone.tap('不公开');
    await phone.tap('next');

    await phone.until('请核对后提交');
    expect(phone.text()).toContain('房租；招工与用工成本；其他：外卖商户评价处理慢');
    await phone.tap('submit');
    await phone.until('已提交，谢谢您');
    await phone.until('20261124-000123');
    expect(submissions().map((each) => each.body)).toEqual([{ enterpriseId, version: 1, answers: expectedAnswers }]);
    expect(submissions()[0]?.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
    expect(checkSubmission(restaurant, expectedAnswers).ok).toBe(true);
    expect([...phone.storage.keys()].filter((key) => key.startsWith('suiban.draft.survey'))).toEqual([]);
    expect(phone.report.errors).toEqual([]);
    expect(phone.report.evals).toEqual([]);
  });

  it('keeps a draft through a lost network and a restart, and goes on where it stopped', async () => {
    const storage = signedIn();
    let isOnline = true;
    const first = await open(titlePage, { storage, isOnline: () => isOnline });
    await first.until('开始填报');
    await first.tap('start');
    await first.until('目前门店经营情况');
    isOnline = false;
    await first.tap('部分营业');
    await first.tap('next');
    await first.until('已存在本机');
    expect(stub.campaigns.get('1')?.drafts.size).toBe(0);
    first.close();

    isOnline = true;
    const second = await open(titlePage, { storage, isOnline: () => isOnline });
    await second.until('继续填报（已填 1/');
    await second.tap('start');
    await second.until('本月营业额');
    expect(stub.campaigns.get('1')?.drafts.get('operation')?.answer).toEqual({ option: 'partial' });
    expect(second.report.errors).toEqual([]);
  });

  it('edits an answer from the review page and drops what is no longer on the path', async () => {
    const savedAt = '2026-11-24T10:00:00.000Z';
    const answers = { operation: { option: 'normal' }, turnover: { option: 'flat' }, difficulties: { options: ['none'] } };
    for (const [id, answer] of Object.entries(answers)) stub.campaigns.get('1')?.drafts.set(id, { answer, savedAt });
    const phone = await open(`/packages/surveys/pages/review/index?campaignId=1&enterpriseId=${enterpriseId}`, { storage: signedIn() });
    await phone.until('请核对后提交');
    expect(phone.text()).toContain('基本持平');
    await phone.tap('edit-operation');
    await phone.until('目前门店经营情况');
    await phone.tap('暂停营业');
    await phone.tap('next');
    await phone.until('请核对后提交');
    expect(phone.text()).not.toContain('基本持平');
    await phone.tap('submit');
    await phone.until('已提交，谢谢您');
    expect(submissions()[0]?.body).toEqual({
      enterpriseId,
      version: 1,
      answers: { operation: { option: 'suspended' }, difficulties: { options: ['none'] } },
    });
    expect(phone.report.errors).toEqual([]);
  });

  it('opens a personal link without signing anybody in, and says so when the link is broken', async () => {
    const phone = await open('/packages/surveys/pages/answer/index?link=good-link');
    await phone.until('为什么填写');
    expect(phone.route()).toBe('packages/surveys/pages/title/index');
    expect(stub.asked.find((each) => each.path === '/api/m/surveys/1')?.token).toBe('link-token');
    phone.report.navigate('switchTab', '/pages/home/index');
    await phone.until('登录后办理您的事项');
    phone.close();

    const broken = await open('/packages/surveys/pages/answer/index?link=bad-link');
    await broken.until('链接打不开');
    expect(broken.report.errors).toEqual([]);
  });

  it('says that a campaign is closed or answered', async () => {
    Object.assign(stub.campaigns.get('1') ?? {}, { state: 'closed' });
    const closed = await open(titlePage, { storage: signedIn() });
    await closed.until('本次问卷已经截止');
    expect(closed.has('start')).toBe(false);
    closed.close();
    Object.assign(stub.campaigns.get('1') ?? {}, {
      state: 'answered',
      submission: { submissionId: 's1', submittedAt: '2026-11-24T10:00:00.000Z', workOrders: [] },
    });
    const answered = await open(titlePage, { storage: signedIn() });
    await answered.until('贵单位已经提交过这份问卷');
  });

  it('a repeat after a lost reply carries the same key', async () => {
    const answers = { operation: { option: 'closing' }, difficulties: { options: ['none'] } };
    for (const [id, answer] of Object.entries(answers))
      stub.campaigns.get('1')?.drafts.set(id, { answer, savedAt: '2026-11-24T10:00:00.000Z' });
    let fails = 1;
    stub.intercept = (asked) => {
      if (!asked.path.endsWith('/submission') || fails === 0) return undefined;
      fails -= 1;
      return { status: 503, body: { type: 'urn:problem:kernel:unavailable', title: '服务繁忙，请稍后重试', status: 503 } };
    };
    const phone = await open(`/packages/surveys/pages/review/index?campaignId=1&enterpriseId=${enterpriseId}`, { storage: signedIn() });
    await phone.until('请核对后提交');
    await phone.tap('submit');
    await phone.until('没有提交成功，您的回答都还在。服务繁忙，请稍后重试');
    await phone.tap('submit');
    await phone.until('已提交，谢谢您');
    const keys = submissions().map((each) => each.idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});
