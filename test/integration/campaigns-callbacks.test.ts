import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { PushSource } from '../../bot-server/src/channels/channel';
import { createInbox } from '../../bot-server/src/kernel/inbox/create-inbox';
import { inboxHandlers, receiveMessages } from '../../bot-server/src/kernel/inbox/receiver';
import { receivePush } from '../../bot-server/src/modules/callbacks/receive-push';
import { rawOf } from '../conformance/channel-stage';
import { buildWechatPush } from '../emulators/push/wechat-push';
import { openidOf, templateId } from '../support/bodies';
import { type CampaignStage, campaignStage } from '../support/campaign-stage';

let stage: CampaignStage;
const inbox = createInbox(() => undefined);
beforeAll(async () => {
  stage = await campaignStage();
}, 120_000);
afterAll(() => stage.close());

const nowSec = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000);
const take = (source: PushSource, raw: ReturnType<typeof rawOf>, account = 'default') =>
  receivePush(stage.deps, { inbox, replyNow: () => undefined }, { ...raw, source, account });

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
    const { wechatMini } = stage.deps.config.accounts;
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
    await expect(take('wecom', { method: 'POST', headers: {}, query: {}, body: Buffer.alloc(0) }, 'other')).rejects.toMatchObject({
      type: 'kernel:not-found',
    });
  });
});
