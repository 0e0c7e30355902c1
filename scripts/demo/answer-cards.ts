import { campaignsApi } from '@suiban/shared/api/campaigns';
import { until } from '../support/until';
import { approveAndLaunch, chatCard, firmsNamed, publishTemplate, submitVisit, visitDraft } from '../support/visits';
import type { FixtureFirm } from './fixture';
import type { Report } from './report';
import type { Stage } from './stage';
import { dispatch } from './watch';

const cards = 6;
const waits = { timeoutMs: 60_000, everyMs: 300 };

export interface CardCampaign {
  readonly campaignId: string;
  readonly firms: readonly FixtureFirm[];
  readonly answered: number;
}

/** A form of two questions goes out as a card in the chat and is answered there: the platform's push brings the answers. */
export async function answerCards(stage: Stage, audience: readonly FixtureFirm[], report: Report): Promise<CardCampaign> {
  const { cast, sandbox } = stage;
  const firms = audience.filter(({ wecom }) => wecom).slice(-cards);
  const form = await publishTemplate(cast.drafter, 'pulse', 'KW-01');
  const draft = visitDraft({
    title: '经营情况快问',
    form,
    audience: firmsNamed(firms.map(({ creditCode }) => creditCode)),
    plan: [{ account: 'default', body: chatCard }],
  });
  const { id: campaignId } = await submitVisit(cast.drafter, draft);
  await approveAndLaunch(cast, campaignId);
  await dispatch(stage, campaignId, { kills: 0, reachable: firms.length, bars: false, report });
  const answering = firms.slice(0, -1);
  for (const [index, { creditCode }] of answering.entries()) {
    const option = ['better', 'same', 'worse'][index % 3] ?? 'same';
    await sandbox.answerCard(creditCode, 'latest', [
      { key: 'operation', optionIds: [option] },
      { key: 'help', optionIds: [index % 2 === 0 ? 'no' : 'yes'] },
    ]);
  }
  const counted = async () =>
    (await cast.drafter.call(campaignsApi.getCampaignProgress, { params: { campaignId } })).counts.answered === answering.length;
  await until(`answers of ${answering.length} cards`, counted, waits);
  const replaced = async () => {
    const shown = await sandbox.shown(`c${campaignId}a1`);
    return shown.filter(({ cardState }) => cardState?.state === 'updated').length === answering.length;
  };
  await until('the answered cards to say so', replaced, waits);
  report.say(`answered in the chat by card: ${answering.length} of ${firms.length}`);
  return { campaignId, firms, answered: answering.length };
}
