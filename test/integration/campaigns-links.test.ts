import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { launchCampaign, reviewCampaign, saveCampaign } from '../../bot-server/src/modules/campaigns';
import { openLinkSession } from '../../bot-server/src/modules/campaigns/open-link-session';
import { readCampaign } from '../../bot-server/src/modules/campaigns/read-campaign';
import { linkToken } from '../../bot-server/src/modules/dispatch';
import { personSession } from '../../shared/src/api/identity';
import { type CampaignStage, campaignStage, draftOf, plans, publishForm } from '../support/campaign-stage';
import { insertFirms } from '../support/ledger';

let stage: CampaignStage;
let campaignId = '';
beforeAll(async () => {
  stage = await campaignStage();
  const { deps, drafter, signatory } = stage;
  await insertFirms(deps.db, deps.sealer, 2, ['sms']);
  const made = await saveCampaign(deps, drafter, draftOf(await publishForm(stage), { plan: [plans.sms] }));
  await reviewCampaign(deps, drafter, made.id, { action: 'submit', contentHash: made.contentHash });
  await reviewCampaign(deps, signatory, made.id, { action: 'approve', contentHash: made.contentHash });
  await launchCampaign(deps, drafter, made.id);
  await stage.settle();
  campaignId = made.id;
}, 120_000);
afterAll(() => stage.close());

const tokens = () => [...stage.sandbox.world.observation.after(0)].map(({ link }) => link?.split('/s/')[1] ?? '');
const opened = async () => (await readCampaign(stage.deps, stage.drafter, campaignId)).counts.opened;
const own = (target: { campaignId: string; seq: number; attemptNo: number }) => linkToken(stage.deps.config.secrets.linkKey, target);
const broken = { type: 'campaigns:broken-link' };

describe('the link in a message', () => {
  it('opens a session good for one campaign as the one firm it was sent to, and counts as opened once', async () => {
    const { deps } = stage;
    const [first = '', second = ''] = tokens();
    const one = personSession.parse(await openLinkSession(deps, first));
    const again = await openLinkSession(deps, first);
    const other = await openLinkSession(deps, second);
    expect(one.me).toMatchObject({ personId: null, mobileMasked: null, scope: { campaignId } });
    expect(one.me.identities).toEqual([expect.objectContaining({ kind: 'enterprise', enterpriseId: one.me.scope?.enterpriseId })]);
    expect(again.me.scope).toEqual(one.me.scope);
    expect(other.me.scope?.enterpriseId).not.toBe(one.me.scope?.enterpriseId);
    expect(new Set([one.token, again.token, other.token]).size).toBe(3);
    expect(await opened()).toBe(2);
    const sessions = await deps.db.rows<{ person: string | null; campaign: string; token: string }>(sql`
      select person_id as person, scope_campaign_id::text as campaign, token_hash as token from person_session`);
    expect(sessions.map(({ person, campaign }) => [person, campaign])).toEqual(Array(3).fill([null, campaignId]));
    expect(sessions.some(({ token }) => [one.token, again.token, other.token].includes(token))).toBe(false);
    expect(Date.parse(one.expiresAt)).toBeGreaterThan(deps.clock.now().getTime());
  });

  it('opens nothing when it is forged, of a test, of nobody, or of a campaign that was never sent', async () => {
    const { deps, drafter } = stage;
    const [token = ''] = tokens();
    const before = await deps.db.one<{ n: number }>(sql`select count(*)::int as n from person_session`);
    const draft = await saveCampaign(deps, drafter, draftOf(null));
    const bad = [
      `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`,
      'nonsense',
      own({ campaignId, seq: 0, attemptNo: 12345 }),
      own({ campaignId, seq: 99, attemptNo: 1 }),
      own({ campaignId: draft.id, seq: 1, attemptNo: 1 }),
      own({ campaignId: '999999', seq: 1, attemptNo: 1 }),
    ];
    for (const each of bad) await expect(openLinkSession(deps, each)).rejects.toMatchObject(broken);
    expect(await deps.db.one<{ n: number }>(sql`select count(*)::int as n from person_session`)).toEqual(before);
    expect(await opened()).toBe(2);
  });
});
