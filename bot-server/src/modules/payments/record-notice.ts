import type { PaymentNotice } from '../../channels/payment';
import type { Deps } from '../module';
import { contradicts, isSuspect, standingOf } from './payments.policy';
import { findSame, insertNotice, listHappenings, lockTrade, writeStanding } from './payments.repo';

/**
 * Writes one verified notice, once, and tells of it in the same transaction. A repeat changes nothing; one that contradicts what is
 * known changes nothing either and is logged for a person to look at. Whether the amount is what was asked for is the order's matter:
 * who listens compares it.
 */
export async function recordNotice(deps: Pick<Deps, 'db' | 'clock' | 'log' | 'outbox'>, notice: PaymentNotice): Promise<void> {
  const now = deps.clock.now();
  const { provider, noticeId } = notice;
  await deps.db.tx(async (tx) => {
    await lockTrade(tx, notice);
    const stored = await insertNotice(tx, notice, now);
    if (!stored) {
      const known = await findSame(tx, notice);
      if (!known || contradicts(known, notice)) deps.log.error({ provider, noticeId }, 'a payment notice contradicts an earlier one');
      return;
    }
    const happenings = await listHappenings(tx, notice);
    const standing = standingOf(happenings);
    await writeStanding(tx, notice, standing, now);
    if (isSuspect(happenings, standing)) deps.log.error({ provider, noticeId }, 'the amounts of a trade do not add up');
    await deps.outbox.add(tx, { topic: 'payments.noticed', key: `${provider}:${notice.tradeNo}`, payload: { noticeId: stored.id } });
  });
}
