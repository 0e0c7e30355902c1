import type { CampaignCheck } from '@suiban/shared/api/campaigns';
import type { OfficialActor } from '../../kernel/http/actor';
import { audienceSteps, countReach } from '../dispatch';
import type { Deps } from '../module';
import { mayRead } from './campaigns.policy';
import type { CampaignRow } from './campaigns.repo';
import { findingsOf } from './content/checks';
import { previewOf } from './content/preview';
import { cardFit, inboxOf, renderBody } from './content/render';
import { contentFacts, requireCampaign } from './loading';
import { audienceOf } from './start';

/** What the steps 预览与试发 and 送审 show: findings, bodies as the phones show them, burden. */
export async function checkCampaign(deps: Deps, actor: OfficialActor, campaignId: string): Promise<CampaignCheck> {
  mayRead(actor);
  const row = await requireCampaign(deps.db, campaignId);
  const facts = await contentFacts(deps, deps.db, row);
  const findings = findingsOf(deps, row, facts);
  const planned = findings.some(({ field }) => field.startsWith('audience')) ? 0 : await plannedOf(deps, row);
  const fit = cardFit(facts);
  const inbox = inboxOf(row, facts);
  return {
    findings: [...findings],
    canSubmit: findings.every(({ severity }) => severity !== 'error'),
    contentHash: row.contentHash,
    burden: { minutesPerFirm: facts.minutes, planned, hoursInAll: Math.round((facts.minutes * planned) / 60) },
    card: {
      isPossible: fit.ok,
      detail: fit.ok ? '可以作为卡片直接在聊天里填写' : fit.reason.zh,
      detailEn: fit.ok ? 'It can be answered as a card in the chat' : fit.reason.en,
    },
    previews: row.plan.flatMap(({ body }, step) => {
      const rendered = renderBody(body, facts);
      return rendered ? [previewOf(deps, rendered, step)] : [];
    }),
    inbox: { title: inbox.title, summary: inbox.summary },
  };
}

async function plannedOf(deps: Deps, row: CampaignRow): Promise<number> {
  const { audience } = audienceOf(deps, row);
  return (await countReach(deps.db, { ...audience, steps: audienceSteps(row.plan) })).planned;
}
