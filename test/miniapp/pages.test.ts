import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Bench, buildMs, signedIn, startBench } from './phone';
import { enterpriseId } from './stub-data';

jest.setTimeout(30_000);

describe.each(['weapp', 'alipay'] as const)('the pages of the compiled %s build', (platform) => {
  let bench: Bench;
  const open: Bench['open'] = (...given) => bench.open(...given);
  const asked = (path: string) => bench.stub.asked.filter((each) => each.path === path);

  beforeAll(async () => {
    bench = await startBench(platform);
  }, buildMs);
  afterEach(() => bench.clear());
  afterAll(() => bench.stub.close());

  it('home can be seen by anyone; the sign-in is asked for at the step that needs it', async () => {
    const phone = await open();
    await phone.until('登录后办理您的事项');
    await phone.tap('反映诉求');
    await phone.until('登录后继续');
    await phone.tap('登录');
    await phone.until('短信验证码');
    const [button, client] = platform === 'weapp' ? (['微信登录', 'wechat-mini'] as const) : (['支付宝登录', 'alipay-mini'] as const);
    await phone.tap(button);
    await phone.until('请先阅读并勾选同意，再登录');
    await phone.tap('我已阅读并同意《个人信息保护说明》和《服务说明》');
    await phone.tap(button);
    await phone.until('属于哪一类');
    expect(asked('/api/m/sessions').map((each) => each.body)).toEqual([{ platform: client, code: 'platform-code' }]);
    expect(phone.storage.has('suiban.sessions')).toBe(true);
    expect(phone.report.errors).toEqual([]);
  });

  it('signs in by a code of an SMS as well', async () => {
    const phone = await open('/packages/account/pages/sign-in/index');
    await phone.until('短信验证码');
    await phone.type('mobile', '13800001234');
    await phone.tap('获取验证码');
    await phone.until('60 秒后可重发');
    await phone.type('code', '123456');
    await phone.tap('我已阅读并同意《个人信息保护说明》和《服务说明》');
    await phone.tap('登录');
    await phone.until('餐饮企业服务问卷');
    expect(asked('/api/m/sessions/phone').map((each) => each.body)).toEqual([{ mobile: '13800001234', code: '123456' }]);
  });

  it('switches the identity and remembers it', async () => {
    const storage = signedIn();
    const phone = await open(undefined, { storage });
    await phone.until('餐饮企业服务问卷');
    await phone.tap('切换身份');
    await phone.until('以不同身份查看和办理各自的事项');
    await phone.tap('东湾面馆（演示）');
    await phone.until('没有待填的问卷');
    await phone.until('还没有诉求');
    expect(asked('/api/m/work-orders').map((each) => each.query.enterpriseId)).toContain('1002');
    await phone.tap('切换身份');
    await phone.tap('张*');
    await phone.until('当前是个人身份');
    const again = await open(undefined, { storage });
    await again.until('当前是个人身份');
    expect(phone.report.errors).toEqual([]);
  });

  it('care mode and language change every page at once, and are remembered', async () => {
    const storage = signedIn();
    const phone = await open('/pages/mine/index', { storage });
    await phone.until('关怀模式');
    const sizes = () => phone.style('--fs-2');
    expect(sizes()).toBe('15px');
    await phone.tap('关怀模式');
    expect(sizes()).toBe('20px');
    expect(phone.style('--touch')).toBe('60px');
    await phone.tap('语言 Language');
    await phone.until('Care mode');
    const again = await open(undefined, { storage });
    await again.until('To answer');
    expect(again.style('--fs-2')).toBe('20px');
  });

  it('follows the dark theme and the text size of the system', async () => {
    const info = { theme: 'dark', fontSizeScaleFactor: 1.2, fontSizeSetting: 16 * 1.2 };
    const phone = await open(undefined, { system: info });
    await phone.until('登录后办理您的事项');
    expect(phone.style('--ground')).toBe('#0F1216');
    expect(phone.style('--fs-2')).toBe('18px');
  });

  it('reports a problem: errors in words, kept while typing, one key per content', async () => {
    const storage = signedIn();
    const phone = await open('/packages/appeals/pages/new/index', { storage });
    await phone.until('属于哪一类');
    await phone.tap('提交诉求');
    await phone.until('请选择最接近的一类');
    expect(phone.text()).toContain('请至少写 5 个字');
    await phone.pick('matter', 1);
    await phone.type('text', '招不到厨师，希望组织招聘会');
    expect(JSON.parse(String(storage.get(`suiban.draft.appeal.${enterpriseId}`)))).toEqual({
      matterId: 'labour',
      text: '招不到厨师，希望组织招聘会',
    });
    await phone.tap('提交诉求');
    await phone.until('办理经过');
    expect(phone.route()).toBe('packages/appeals/pages/detail/index');
    const created = bench.stub.asked.find((each) => each.path === '/api/m/work-orders' && each.method === 'POST');
    expect(created?.body).toEqual({ enterpriseId, matterId: 'labour', text: '招不到厨师，希望组织招聘会' });
    expect(created?.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
    expect(storage.has(`suiban.draft.appeal.${enterpriseId}`)).toBe(false);
  });

  it('shows the progress of a matter and takes the rating', async () => {
    const phone = await open('/packages/appeals/pages/detail/index?id=w2', { storage: signedIn() });
    await phone.until('东湾区应急局已答复，请您评价是否解决');
    expect(phone.text()).toContain('节假日安排公布后可能调整');
    await phone.tap('已解决，去评价');
    await phone.tap('提交评价');
    await phone.until('请选择是否解决');
    await phone.tap('部分解决');
    await phone.tap('满意');
    await phone.type('comment', '还差一份报告');
    await phone.tap('提交评价');
    await phone.until('已办结，感谢您的评价');
    expect(asked('/api/m/work-orders/w2/rate').map((each) => each.body)).toEqual([
      { solved: 'partly', satisfaction: 4, comment: '还差一份报告' },
    ]);
    expect(phone.has('提交评价')).toBe(false);
  });

  it('opens an attachment of the timeline, fetched with the token', async () => {
    const phone = await open('/packages/appeals/pages/detail/index?id=w2', { storage: signedIn() });
    await phone.until('复查通知.pdf');
    await phone.tap('复查通知.pdf');
    await phone.settle();
    expect(asked('/api/m/work-orders/w2/attachments/a1').map((each) => each.token)).toEqual(['stub-token']);
    expect(phone.report.calls.filter(([name]) => name === 'openDocument').map(([, options]) => options)).toEqual([
      expect.objectContaining({ filePath: 'temporary-file' }),
    ]);
  });

  it('urges, supplements and reopens', async () => {
    const phone = await open('/packages/appeals/pages/detail/index?id=w1', { storage: signedIn() });
    await phone.until('市商务局正在办理');
    await phone.tap('催办');
    await phone.until('已催办');
    await phone.tap('补充材料');
    await phone.until('补充新的情况或说明');
    await phone.type('written', '担保公司已回复');
    await phone.tap('提交');
    await phone.until('已补充');
    expect(asked('/api/m/work-orders/w1/supplement').map((each) => each.body)).toEqual([{ text: '担保公司已回复' }]);
    expect(asked('/api/m/work-orders/w1/urge').map((each) => each.body)).toEqual([{}]);
  });

  it('groups messages, says why each came, marks one as read and follows its link', async () => {
    const phone = await open('/pages/messages/index', { storage: signedIn() });
    await phone.until('为什么收到：贵单位属于东湾区餐饮业，在本次走访范围内');
    await phone.tap('【临海市商务局】餐饮企业服务问卷');
    await phone.until('去办理');
    expect(asked('/api/m/message-reads').map((each) => each.body)).toEqual([{ messageIds: ['m1'] }]);
    await phone.until('详情请以主管部门公布的办法为准');
    await phone.tap('去办理');
    await phone.until('开始填报');
    expect(phone.route()).toBe('packages/surveys/pages/title/index');
    expect(phone.report.errors).toEqual([]);
  });

  it('asks for a reminder in the tap itself and tells the server', async () => {
    const phone = await open('/packages/account/pages/settings/index', { storage: signedIn() });
    await phone.until('还可收到 2 条');
    await phone.tap('再同意一次提醒');
    await phone.until('已记录您的选择');
    const [grant] = asked('/api/m/subscription-grants');
    expect(grant?.body).toEqual({
      channel: platform === 'weapp' ? 'wechat-mini' : 'alipay-mini',
      grantId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
      results: [{ templateId: 'tpl-progress', accepted: true }],
    });
  });

  it('says what failed and loads again, and signs out where the session is over', async () => {
    bench.stub.intercept = (each) =>
      each.path === '/api/m/surveys'
        ? { status: 503, body: { type: 'urn:problem:kernel:unavailable', title: '服务繁忙，请稍后重试', status: 503 } }
        : undefined;
    const storage = signedIn();
    const phone = await open(undefined, { storage });
    await phone.until('没有加载出来');
    expect(phone.text()).toContain('服务繁忙，请稍后重试');
    bench.stub.intercept = undefined;
    await phone.tap('重试');
    await phone.until('餐饮企业服务问卷');
    bench.stub.intercept = (each) =>
      each.token ? { status: 401, body: { type: 'urn:problem:kernel:not-signed-in', title: '请先登录', status: 401 } } : undefined;
    const expired = await open(undefined, { storage });
    await expired.until('登录后办理您的事项');
    expect(expired.report.errors).toEqual([]);
  });

  it('accepts an invitation with the number it was sent to', async () => {
    bench.stub.intercept = (each) => {
      if (each.path.startsWith('/api/m/invitations/')) {
        return {
          status: 200,
          body: {
            enterpriseName: '渔港小馆（演示）',
            mobileMasked: '138****1234',
            expiresAt: '2099-01-01T00:00:00+08:00',
            isBound: false,
            isDemo: true,
          },
        };
      }
      return each.path === '/api/m/bindings' ? { status: 201, body: { enterpriseId, name: '渔港小馆（演示）', isDemo: true } } : undefined;
    };
    const phone = await open('/packages/account/pages/bind/index?invitation=abcdefghijklmnopqrstuvwx');
    await phone.until('渔港小馆（演示） 邀请您成为经办人');
    await phone.type('mobile', '13800001234');
    await phone.type('code', '123456');
    await phone.tap('我已阅读并同意《个人信息保护说明》和《服务说明》');
    await phone.tap('接受邀请');
    await phone.until('已成为渔港小馆（演示）的经办人');
    expect(asked('/api/m/bindings').map((each) => each.body)).toEqual([{ token: 'abcdefghijklmnopqrstuvwx' }]);
  });

  it('stays within the budget of data for a first screen', async () => {
    const phone = await open(undefined, { storage: signedIn() });
    await phone.until('诉求进展');
    await phone.until('消防复查排期');
    expect(phone.report.setData.bytes).toBeLessThan(32 * 1024);
  });
});
