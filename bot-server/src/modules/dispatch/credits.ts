import type { Tx } from '../../kernel/db/database';
import { consumeCredits, reconcileRefused } from '../subscriptions';
import type { PlannedCall } from './calls';
import type { Settled } from './verdict';
import type { LaneWork } from './work';

/** Accepted messages of a one-time template used a credit; "none left" sets our figure right. In the transaction that settles. */
export async function settleCredits(
  tx: Tx,
  { channel, steps, lane }: LaneWork,
  calls: readonly PlannedCall[],
  answers: readonly Settled[],
): Promise<void> {
  const body = steps[lane.step]?.body;
  if (!channel.usesCredits || body?.channel !== 'wechat-mini') return;
  const openids = new Map<number, string>();
  for (const { call } of calls) {
    for (const { ref, address } of call.recipients) if (address.type === 'openid') openids.set(Number(ref), address.openid);
  }
  const usesOf = (rows: readonly Settled[]) =>
    rows.flatMap(({ seq, attemptNo }) => {
      const openid = openids.get(seq);
      return openid === undefined ? [] : [{ openid, ref: `c${lane.campaignId}s${seq}a${attemptNo}` }];
    });
  await consumeCredits(tx, channel.account, body.templateId, usesOf(answers.filter(({ state }) => state === 'accepted')));
  await reconcileRefused(
    tx,
    channel.account,
    body.templateId,
    usesOf(answers.filter(({ code }) => code !== null && code === channel.noCreditCode)),
  );
}
