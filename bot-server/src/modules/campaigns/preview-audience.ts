import type { AudiencePreview, Exclusions, SendingChannel, SendingPlan } from '@suiban/shared/api/campaigns';
import { maskCreditCode } from '@suiban/shared/identity';
import { compileEvaluator, type Reason, type RuleDocument } from '@suiban/shared/rules';
import type { OfficialActor } from '../../kernel/http/actor';
import { audienceSteps, channelsOf, countReach, type Reach } from '../dispatch';
import { attributesOf, enterpriseAttributes, enterpriseById } from '../enterprises';
import type { Deps } from '../module';
import { exclusionLabel } from './board/reasons';
import { mayRead } from './campaigns.policy';
import type { CampaignRow } from './campaigns.repo';
import { readAudience } from './content/draft';
import { audienceOf } from './start';

export interface AudienceQuestion {
  readonly audience: object;
  readonly exclusions: Exclusions;
  readonly plan: SendingPlan;
}

/** Who would be meant now, by the very statement that freezes a launch. @throws DomainError campaigns:invalid-audience */
export async function previewAudience(
  deps: Deps,
  actor: OfficialActor,
  { audience, exclusions, plan }: AudienceQuestion,
): Promise<AudiencePreview> {
  mayRead(actor);
  const rule = readAudience(audience, enterpriseAttributes(deps.city));
  const asked = audienceOf(deps, { audience: audience as CampaignRow['audience'], exclusions });
  const reach = await countReach(deps.db, { ...asked.audience, steps: audienceSteps(plan) });
  const channels = reachOf(deps, plan, reach);
  return {
    matched: reach.matched,
    planned: reach.planned,
    sendable: reach.sendable,
    excluded: linesOf(reach.excluded),
    suppressed: linesOf(reach.suppressed),
    unreachable: reach.unreachable,
    reach: channels,
    funnel: funnelOf(reach),
    // Accounts send side by side: the slowest ends it.
    expectedSeconds: Math.max(0, ...channels.map(({ seconds }) => seconds)),
    sample: await sampleOf(deps, rule, reach.sampleIds, await channelsOf(deps.db, reach.sampleIds, audienceSteps(plan))),
  };
}

const linesOf = (counts: Readonly<Record<string, number>>): AudiencePreview['excluded'] =>
  Object.entries(counts).map(([reason, count]) => ({ reason, label: exclusionLabel(reason), count }));

const nobody = { addressed: 0, reachable: 0, longTerm: 0, gone: 0, first: 0 };

function reachOf(deps: Deps, plan: SendingPlan, { byStep }: Reach): AudiencePreview['reach'] {
  return plan.map(({ account, body }, index) => {
    const line = byStep.find(({ step }) => step === index);
    const perSec = deps.channels.find(body.channel, account)?.limits.recipientsPerSec ?? 0;
    const { addressed, reachable, longTerm, gone, first } = line ?? nobody;
    const seconds = perSec > 0 ? Math.ceil(first / perSec) : 0;
    return { step: index, channel: body.channel, addressed, reachable, longTerm, gone, first, seconds };
  });
}

/** Counts of firms that are at least at the step. */
function funnelOf({ funnel }: Reach): AudiencePreview['funnel'] {
  const subscribed = funnel.subscribed ?? 0;
  const bound = subscribed + (funnel.bound ?? 0);
  const invited = bound + (funnel.invited ?? 0);
  return { imported: invited + (funnel.imported ?? 0), invited, bound, subscribed };
}

async function sampleOf(
  deps: Deps,
  rule: RuleDocument,
  ids: readonly string[],
  channels: ReadonlyMap<string, readonly SendingChannel[]>,
): Promise<AudiencePreview['sample']> {
  const judge = compileEvaluator(rule, enterpriseAttributes(deps.city));
  const sample: AudiencePreview['sample'] = [];
  for (const id of ids) {
    const firm = await enterpriseById(deps.db, id);
    const values = await attributesOf(deps.db, deps.city, id);
    if (!firm || !values) continue;
    sample.push({
      enterpriseId: firm.id,
      name: firm.name,
      creditCodeMasked: maskCreditCode(firm.creditCode),
      districtCode: firm.districtCode,
      industryCode: firm.industryCode,
      isDemo: firm.isDemo,
      reasons: reasonsOf(judge(values).explain().reasons),
      channels: [...(channels.get(id) ?? [])],
    });
  }
  return sample;
}

/** The clauses that hold, one line each; of a group its clauses, not itself. */
const reasonsOf = (reason: Reason): string[] => {
  if (reason.outcome !== true) return [];
  return reason.kind === 'condition' ? [reason.text.zh] : (reason.children ?? []).flatMap(reasonsOf);
};
