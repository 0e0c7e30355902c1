import { workOrdersApi } from '@suiban/shared/api/work-orders';
import { seededRandom } from '../../bot-server/src/modules/enterprises/generator/random';
import { answerSurvey, type LinkHolder, openPersonalLink, usualSeconds } from '../support/answering';
import { restaurantAnswers } from '../support/restaurant-answers';
import type { PhoneMessage } from '../support/sandbox-client';
import { until } from '../support/until';
import { confirmSolved, handleOrder, ordersOf } from '../support/work-orders';
import type { Report } from './report';
import type { Stage } from './stage';

const wanted = { sms: 33, wecom: 3, wechat: 3 } as const;
/** Every so many firms ask for something. */
const everyRequest = 3;

export interface Answered {
  readonly answered: number;
  /** Phones of firms that asked for something. */
  readonly reporters: readonly LinkHolder[];
}

function choose(messages: readonly PhoneMessage[]): readonly PhoneMessage[] {
  const platforms = Object.keys(wanted) as (keyof typeof wanted)[];
  return platforms.flatMap((platform) =>
    messages.filter((each) => each.platform === platform && each.link !== null).slice(0, wanted[platform]),
  );
}

/** Firms of every channel open their link and answer, the way the phone does. */
export async function answerLinks(stage: Stage, messages: readonly PhoneMessage[], report: Report): Promise<Answered> {
  const random = seededRandom(62);
  const pace = seededRandom(63);
  const reporters: LinkHolder[] = [];
  const counts = { sms: 0, wecom: 0, wechat: 0 };
  for (const [index, { platform, link }] of choose(messages).entries()) {
    const holder = await openPersonalLink(stage.baseUrl, link ?? '');
    const hasRequest = index % everyRequest === 0;
    await answerSurvey(holder, (document) => restaurantAnswers(random, document, hasRequest), usualSeconds(pace));
    if (hasRequest) reporters.push(holder);
    counts[platform] += 1;
  }
  report.expect(counts.sms >= 30 && counts.wecom >= 1, `answered by ${counts.sms} SMS links and ${counts.wecom} chat links`);
  report.say(
    `answered by link: SMS ${counts.sms}, chat ${counts.wecom}, mini-program ${counts.wechat}; ${reporters.length} ask for something`,
  );
  return { answered: counts.sms + counts.wecom + counts.wechat, reporters };
}

/** What was asked for is assigned, accepted, answered, reviewed, and confirmed by the firm. */
export async function solveProblems(
  stage: Stage,
  campaignId: string,
  reporters: readonly LinkHolder[],
  report: Report,
): Promise<{ problems: number; workOrdersClosed: number }> {
  const { cast } = stage;
  await until('a work order for each problem', async () => (await ordersOf(cast.dispatcher, campaignId)).length >= reporters.length, {
    timeoutMs: 60_000,
    everyMs: 300,
  });
  for (const { phone } of reporters) {
    const { items } = await phone.call(workOrdersApi.listMyWorkOrders);
    for (const { id } of items) {
      await handleOrder(cast, id);
      const rated = await confirmSolved(phone, id);
      report.expect(rated.state === 'closed', `work order ${rated.number} is ${rated.state} after the firm confirmed`);
    }
  }
  const orders = await ordersOf(cast.dispatcher, campaignId);
  const closed = orders.filter(({ state }) => state === 'closed').length;
  report.expect(orders.length === reporters.length, `${orders.length} work orders for ${reporters.length} problems`);
  report.say(`problems ${orders.length}, solved and confirmed by the firm ${closed}`);
  return { problems: orders.length, workOrdersClosed: closed };
}
