import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { channelRegistry } from '../../../bot-server/src/channels/registry';
import { dispatchModule } from '../../../bot-server/src/modules/dispatch';
import { type TestDeps, testDeps } from '../../support/deps';
import { countersOf, insertFirms, insertRunningCampaign, statesOf, stepsOf } from '../../support/ledger';
import { type ChannelStage, channelStage } from '../channel-stage';
import { sendingPromises } from '../sending-promises';
import { hasSending } from '../subjects/subject';
import { toy } from './toy-subject';

/** A new channel is its folder and one line in a list: of the suite here, of `channelsOf` in the server. Nothing else knows of it. */
const subjects = [toy];

let stage: ChannelStage;
beforeAll(async () => {
  stage = await channelStage(subjects);
}, 60_000);
afterAll(() => stage.close());
afterEach(() => stage.calm());

describe('a channel that was added a moment ago', () => {
  if (!hasSending(toy)) throw new Error('the toy sends');
  sendingPromises(toy, () => stage);

  describe('in the engine that sends campaigns', () => {
    let deps: TestDeps;
    beforeAll(async () => {
      deps = await testDeps({ channels: channelRegistry([stage.channel('sms')]) });
      await insertFirms(deps.db, deps.sealer, 40, ['sms']);
    }, 60_000);
    afterAll(() => deps.close());

    it('carries a whole campaign', async () => {
      const campaignId = await insertRunningCampaign(deps.db, stepsOf(['sms']));
      const before = stage.sandbox.world.observation.totals.shown;
      const lane = dispatchModule(deps).tasks?.find(({ queue }) => queue === 'dispatch.sms.default');
      await lane?.handle({}, { signal: new AbortController().signal, attempt: 1 });
      expect(await statesOf(deps.db, campaignId)).toEqual({ accepted: 40 });
      expect(await countersOf(deps.db, campaignId)).toMatchObject({ planned: 40, accepted: 40, waiting: 0, unknown: 0 });
      expect(stage.sandbox.world.observation.totals.shown - before).toBe(40);
    });
  });
});
