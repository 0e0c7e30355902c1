import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { createInbox } from '../../bot-server/src/kernel/inbox/create-inbox';
import type { Inbox } from '../../bot-server/src/kernel/inbox/inbox';
import { inboxHandlers, receiveMessages } from '../../bot-server/src/kernel/inbox/receiver';
import { receivePush } from '../../bot-server/src/modules/callbacks/receive-push';
import { rawOf, type Subject, subjects } from '../conformance/channel-stage';
import { PUSH_VARIANTS } from '../emulators/push/built-push';
import { buildWechatPush } from '../emulators/push/wechat-push';
import { type CampaignStage, campaignStage } from '../support/campaign-stage';
import { openidOf, templateId } from '../support/ledger';

let stage: CampaignStage;
const inbox = createInbox(() => undefined);
beforeAll(async () => {
  stage = await campaignStage();
}, 120_000);
afterAll(() => stage.close());

const nowSec = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000);
const rows = async (): Promise<number> => (await stage.deps.db.one<{ n: number }>(sql`select count(*)::int as n from inbox`)).n;
const take = (kind: Subject['kind'], raw: ReturnType<typeof rawOf>, into: Inbox = inbox) =>
  receivePush(stage.deps, into, { ...raw, kind, account: 'default' });

describe.each(subjects)('pushes of $kind', ({ kind, push }) => {
  beforeEach(() => stage.deps.db.run(sql`delete from inbox`));

  it.each(PUSH_VARIANTS.filter((variant) => variant !== 'valid'))('%s: refused, nothing stored', async (variant) => {
    await expect(take(kind, rawOf(push(nowSec(), variant)))).rejects.toMatchObject({ type: 'kernel:forged-callback', httpStatus: 401 });
    expect(await rows()).toBe(0);
  });

  it('is stored once for three deliveries, each answered 200', async () => {
    for (let delivery = 0; delivery < 3; delivery += 1) {
      expect((await take(kind, rawOf(push(nowSec() + delivery, 'valid')))).status).toBe(200);
    }
    expect(await rows()).toBe(1);
  });

  it('is refused when the very same bytes come again', async () => {
    const raw = rawOf(push(nowSec() - 20, 'valid'));
    expect((await take(kind, raw)).status).toBe(200);
    await expect(take(kind, raw)).rejects.toMatchObject({ type: 'kernel:forged-callback' });
    expect(await rows()).toBe(1);
  });

  it('is 503 when it cannot be stored, and may then come again as it was', async () => {
    const raw = rawOf(push(nowSec() - 40, 'valid'));
    const broken: Inbox = { accept: () => Promise.reject(new Error('no connection')) };
    const slow: Inbox = { accept: () => new Promise(() => undefined) };
    await expect(take(kind, raw, broken)).rejects.toMatchObject({ type: 'kernel:unavailable', httpStatus: 503 });
    const startedAt = performance.now();
    await expect(take(kind, raw, slow)).rejects.toMatchObject({ type: 'kernel:unavailable' });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect((await take(kind, raw)).status).toBe(200);
    expect(await rows()).toBe(1);
  });
});

describe('what pushes mean', () => {
  const event = (name: string, list: object[]) => ({
    ToUserName: 'gh_x',
    FromUserName: openidOf(900),
    CreateTime: nowSec(),
    MsgType: 'event',
    Event: name,
    List: list,
  });
  const deliver = async (name: string, list: object[]) => {
    const { wechatMini } = stage.deps.config;
    const account = {
      name: 'default',
      appId: wechatMini.appId,
      token: wechatMini.callbackToken,
      encodingAesKey: wechatMini.encodingAesKey,
    };
    await take('wechat-mini', rawOf(buildWechatPush(account, event(name, list) as never, 'json', nowSec())));
    const { db, clock, log } = stage.deps;
    clock.set(new Date(nowSec() * 1000 + 5000));
    await receiveMessages({ db, clock, log, handlers: inboxHandlers(stage.modules) });
  };
  const credits = async () =>
    (
      await stage.deps.db.first<{ credits: number }>(
        sql`select credits from subscription_credit where openid = ${openidOf(900)} and template_id = ${templateId}`,
      )
    )?.credits;

  it('an accept is one credit, told by the phone and the platform or by either', async () => {
    await deliver('subscribe_msg_popup_event', [{ TemplateId: templateId, SubscribeStatusString: 'accept', PopupScene: '0' }]);
    expect(await credits()).toBe(1);
    await deliver('subscribe_msg_change_event', [{ TemplateId: templateId, SubscribeStatusString: 'reject' }]);
    expect(await credits()).toBe(1);
  });

  it('an unknown account is not found', async () => {
    const raw = rawOf(subjects[0]?.push(nowSec(), 'valid') ?? { method: 'POST', path: '/', headers: {}, body: '' });
    await expect(receivePush(stage.deps, inbox, { ...raw, kind: 'wecom', account: 'other' })).rejects.toMatchObject({
      type: 'kernel:not-found',
    });
  });
});
