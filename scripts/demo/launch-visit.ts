import { campaignsApi } from '@suiban/shared/api/campaigns';
import { until } from '../support/until';
import { approveAndLaunch, fullPlan, publishTemplate, restaurantsOf, submitVisit, visitDraft } from '../support/visits';
import type { Fixture } from './fixture';
import type { Report } from './report';
import type { Stage } from './stage';

/** Form, audience, plan; drafted by one official, approved by another over the hash, launched. Returns the campaign's id. */
export async function launchVisit({ cast }: Stage, { districtCodes, audience }: Fixture, report: Report): Promise<string> {
  const { drafter } = cast;
  const form = await publishTemplate(drafter, 'restaurant', 'CY-01');
  const plan = await fullPlan(drafter);
  const draft = visitDraft({ title: '餐饮企业云走访', form, audience: restaurantsOf(districtCodes), plan });
  const withCredit = audience.filter(({ openid, credits }) => openid && credits > 0).length;
  // The list's credits are registered by events behind the import.
  const preview = await until(
    `credits of ${withCredit} people`,
    async () => {
      const seen = await drafter.call(campaignsApi.previewAudience, {
        body: { audience: draft.audience, exclusions: draft.exclusions, plan },
      });
      return seen.reach.find(({ channel }) => channel === 'wechat-mini')?.first === withCredit && seen;
    },
    { timeoutMs: 90_000, everyMs: 500 },
  );
  report.expect(preview.planned === audience.length, `${preview.planned} planned in the preview, ${audience.length} in the list`);
  const first = preview.reach.map(({ channel, first: count }) => `${channel} ${count}`).join(', ');
  report.say(`audience ${preview.planned}: ${first}; nobody to reach ${preview.unreachable}`);
  const submitted = await submitVisit(drafter, draft);
  await approveAndLaunch(cast, submitted.id);
  report.say(`visit ${submitted.id} submitted, approved by a second official over ${submitted.contentHash.slice(0, 12)}, launched`);
  return submitted.id;
}
