import { campaignsApi } from '@suiban/shared/api/campaigns';
import { workOrdersApi } from '@suiban/shared/api/work-orders';
import type { SurveyDocument } from '@suiban/shared/surveys';
import { seededRandom } from '../../bot-server/src/modules/enterprises/generator/random';
import { answerSurvey, type LinkHolder, openPersonalLink, usualSeconds } from '../support/answering';
import type { Cast } from '../support/officials';
import { restaurantAnswers } from '../support/restaurant-answers';
import type { PhoneMessage, SandboxClient } from '../support/sandbox-client';
import { until } from '../support/until';
import { approveAndLaunch, type NewVisit, submitVisit, visitDraft } from '../support/visits';
import { confirmSolved, handleOrder, type OrderStep, ordersOf } from '../support/work-orders';

/** Of a whole city; a test asks fewer. */
export const answersOfCity = 60;
const atOnce = 4;
/** How far the orders are taken, in turn; `null` stays where it was opened, `closed` was confirmed by the firm. */
const fates: readonly (OrderStep | 'closed' | null)[] = [
  'closed',
  'accepted',
  'closed',
  null,
  'approved',
  'closed',
  'replied',
  'assigned',
  'closed',
];

/** A visit that is over: sent, answered by sixty firms, its problems in every state from new to confirmed. */
export async function finishedVisit(
  baseUrl: string,
  cast: Cast,
  sandbox: SandboxClient,
  visit: NewVisit,
  answers = answersOfCity,
): Promise<void> {
  const { id: campaignId } = await submitVisit(cast.drafter, visitDraft(visit));
  const params = { campaignId };
  await approveAndLaunch(cast, campaignId);
  await until(
    'the end of sending',
    async () => {
      const { counts } = await cast.drafter.call(campaignsApi.getCampaignProgress, { params });
      return counts.planned > 0 && counts.waiting === 0;
    },
    { timeoutMs: 120_000 },
  );
  const messages = await sandbox.shown(`c${campaignId}a1`);
  const reporters = await answerAll(baseUrl, messages, answers);
  await until('work orders', async () => (await ordersOf(cast.dispatcher, campaignId)).length >= reporters.length, { timeoutMs: 60_000 });
  for (const [index, { phone }] of reporters.entries()) {
    const { items } = await phone.call(workOrdersApi.listMyWorkOrders);
    for (const { id } of items) await bring(cast, phone, id, fates[index % fates.length] ?? null);
  }
  await cast.drafter.call(campaignsApi.closeCampaign, { params, body: { reason: '填报数量已满足分析需要' } });
}

/** Spread over all channels; returns the phones of firms that asked for something. */
async function answerAll(baseUrl: string, messages: readonly PhoneMessage[], answers: number): Promise<readonly LinkHolder[]> {
  const random = seededRandom(1949);
  const pace = seededRandom(1950);
  const reporters: LinkHolder[] = [];
  const withLink = messages.filter(({ link }) => link !== null);
  const step = Math.max(1, Math.floor(withLink.length / answers));
  const chosen = withLink.filter((_, index) => index % step === 0).slice(0, answers);
  const answer = async (message: PhoneMessage): Promise<void> => {
    const holder = await openPersonalLink(baseUrl, message.link ?? '');
    let hasRequest = false;
    const answersFor = (document: SurveyDocument) => {
      const given = restaurantAnswers(random, document);
      hasRequest = 'request' in given;
      return given;
    };
    await answerSurvey(holder, answersFor, usualSeconds(pace));
    if (hasRequest) reporters.push(holder);
  };
  for (let start = 0; start < chosen.length; start += atOnce) await Promise.all(chosen.slice(start, start + atOnce).map(answer));
  return reporters;
}

async function bring(cast: Cast, phone: LinkHolder['phone'], workOrderId: string, fate: OrderStep | 'closed' | null): Promise<void> {
  if (fate === null) return;
  await handleOrder(cast, workOrderId, fate === 'closed' ? 'approved' : fate);
  if (fate === 'closed') await confirmSolved(phone, workOrderId, workOrderId.charCodeAt(0) % 3 === 0 ? 4 : 5);
}
