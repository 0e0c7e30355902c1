import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Channel } from '../../bot-server/src/channels/channel';
import { launchCampaign, reviewCampaign, saveCampaign } from '../../bot-server/src/modules/campaigns';
import { readCampaign } from '../../bot-server/src/modules/campaigns/read-campaign';
import { endRest, wakeAccounts } from '../../bot-server/src/modules/dispatch';
import { sandboxAccounts } from '../../shared/src/sandbox';
import { type CampaignStage, campaignStage, draftOf, plans } from '../support/campaign-stage';
import { insertFirmsOfMember } from '../support/further-addresses';

// Only the date is ours: timers and the database go on by themselves.
const real = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;
const stepMs = 7_000;

let stage: CampaignStage;
beforeAll(async () => {
  const limited = (channel: Channel): Channel => ({ ...channel, limits: { ...channel.limits, perPersonPerMin: 30 } });
  stage = await campaignStage({ channels: (real) => real.map(limited) });
  await insertFirmsOfMember(stage.deps.db, sandboxAccounts.wecom.corpId, 1, 'u9100', 20);
  jest.useFakeTimers({ doNotFake: [...real] });
}, 120_000);
afterAll(async () => {
  jest.useRealTimers();
  await stage.close();
});

async function launched(title: string): Promise<string> {
  const { deps, drafter, signatory } = stage;
  const exclusions = { creditCodes: [], askedWithinDays: null, campaignIds: [], onePerPerson: false };
  const made = await saveCampaign(deps, drafter, draftOf(null, { title, plan: [plans.wecom], exclusions }));
  await reviewCampaign(deps, drafter, made.id, { action: 'submit', contentHash: made.contentHash });
  await reviewCampaign(deps, signatory, made.id, { action: 'approve', contentHash: made.contentHash });
  await launchCampaign(deps, drafter, made.id);
  return made.id;
}

describe('one member, two campaigns of twenty messages each', () => {
  it('gets all forty, never more than thirty in a minute: what is over waits, nothing is dropped', async () => {
    const { deps, drafter, sandbox } = stage;
    const ids = [await launched('第一次'), await launched('第二次')];
    await stage.settle();
    const counts = async () => (await Promise.all(ids.map((id) => readCampaign(deps, drafter, id)))).map((campaign) => campaign.counts);
    expect((await counts()).reduce((sum, { accepted }) => sum + accepted, 0)).toBe(3);
    expect((await counts()).map(({ refused, unknown }) => refused + unknown)).toEqual([0, 0]);
    for (let step = 0; step < 20; step += 1) {
      if ((await counts()).every(({ waiting }) => waiting === 0)) break;
      jest.setSystemTime(Date.now() + stepMs);
      for (const id of ids) await endRest(deps.db, id);
      await wakeAccounts(deps);
      await stage.settle();
    }
    expect(await counts()).toMatchObject([
      { accepted: 20, refused: 0, unknown: 0, waiting: 0 },
      { accepted: 20, refused: 0, unknown: 0, waiting: 0 },
    ]);
    const messages = [...sandbox.world.observation.after(0)];
    expect(messages).toHaveLength(40);
    expect(messages.filter(({ dropped }) => dropped)).toEqual([]);
  }, 60_000);
});
