import type { Tx } from '../../kernel/db/database';
import { type CreditSource, consumeCredits, markGone, reconcileRefused } from '../subscriptions';
import type { PlannedCall } from './calls';
import type { Settled } from './verdict';
import type { LaneWork } from './work';

/**
 * Accepted messages of a one-time template used a credit; "none left" sets our figure right; "nobody of that name" ends all figures
 * of the person. In the transaction that settles.
 */
export async function settleCredits(
  tx: Tx,
  { channel, steps, lane, deps }: LaneWork,
  calls: readonly PlannedCall[],
  answers: readonly Settled[],
): Promise<void> {
  const body = steps[lane.step]?.body;
  if (!channel.usesCredits || (body?.channel !== 'wechat-mini' && body?.channel !== 'alipay-mini')) return;
  const openids = new Map<number, string>();
  for (const { call } of calls) {
    for (const { ref, address } of call.recipients) if (address.type === 'openid') openids.set(Number(ref), address.openid);
  }
  const usesOf = (rows: readonly Settled[]) =>
    rows.flatMap(({ seq, attemptNo, code }) => {
      const openid = openids.get(seq);
      return openid === undefined ? [] : [{ openid, ref: `c${lane.campaignId}s${seq}a${attemptNo}`, code: code ?? '' }];
    });
  const withCode = (codes: readonly string[]) => usesOf(answers.filter(({ code }) => code !== null && codes.includes(code)));
  const source: CreditSource = { channel: body.channel, account: channel.account, templateId: body.templateId };
  await consumeCredits(tx, source, usesOf(answers.filter(({ state }) => state === 'accepted')));
  await reconcileRefused(tx, source, withCode(channel.noCreditCode === undefined ? [] : [channel.noCreditCode]));
  await markGone(tx, source, withCode(channel.goneCodes ?? []), deps.clock.now());
}
