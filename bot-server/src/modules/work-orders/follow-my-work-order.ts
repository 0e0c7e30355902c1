import type { MyWorkOrder } from '@suiban/shared/api/work-orders';
import { DomainError } from '@suiban/shared/errors';
import { formatInstant } from '@suiban/shared/time';
import { clocksOf } from '@suiban/shared/work-orders';
import type { Tx } from '../../kernel/db/database';
import type { PersonActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { advance, clockContext, type Happening } from './advance';
import { startClocks } from './clocks.repo';
import { notifyFirm } from './notices';
import { findOrder, lockOrder, type OrderRow } from './orders.repo';
import { myOrderOf } from './read-my-work-orders';
import { isUuid, mustOwn, orderNotFound, urgeEveryMs } from './work-orders.policy';

const by = (actor: PersonActor, action: Happening['action'], words?: string): Happening => ({
  action,
  actor,
  role: 'enterprise',
  ...(words ? { body: words, publicBody: words } : {}),
});

/** One step of the firm on its own order. */
async function follow(
  deps: Deps,
  actor: PersonActor,
  id: string,
  work: (tx: Tx, order: OrderRow) => Promise<unknown>,
): Promise<MyWorkOrder> {
  await deps.db.tx(async (tx) => {
    const order = mustOwn(actor, isUuid(id) ? await lockOrder(tx, id) : undefined);
    await work(tx, order);
  });
  const after = await findOrder(deps.db, id);
  if (!after) throw orderNotFound();
  return myOrderOf(deps, after);
}

/** 催办, once a day. @throws DomainError work-orders:urged-recently, work-orders:wrong-state */
export const urgeWorkOrder = (deps: Deps, actor: PersonActor, id: string) =>
  follow(deps, actor, id, async (tx, order) => {
    const now = deps.clock.now();
    const againAt = order.urged_at && new Date(order.urged_at.getTime() + urgeEveryMs);
    if (againAt && againAt > now) {
      const when = formatInstant(againAt, now, deps.city.timeZone);
      throw new DomainError('work-orders:urged-recently', `已经催办过，办理单位已收到提醒，${when} 之后可以再次催办`);
    }
    await advance(tx, deps, order, { action: 'urge' }, by(actor, 'urged'), { urged_at: now });
  });

export const supplementWorkOrder = (deps: Deps, actor: PersonActor, id: string, text: string) =>
  follow(deps, actor, id, (tx, order) => advance(tx, deps, order, { action: 'supplement' }, by(actor, 'supplemented', text)));

/** The firm's word closes the order. Emits `work-orders.closed`. */
export const rateWorkOrder = (
  deps: Deps,
  actor: PersonActor,
  id: string,
  given: { solved: 'yes' | 'partly' | 'no'; satisfaction: number; comment?: string | undefined },
) =>
  follow(deps, actor, id, async (tx, order) => {
    const comment = given.comment?.trim() || null;
    const rating = { solved: given.solved, satisfaction: given.satisfaction, comment, at: deps.clock.now().toISOString() };
    const step = { action: 'rate', solved: given.solved } as const;
    const rated = await advance(tx, deps, order, step, by(actor, 'rated', comment ?? undefined), { rating });
    await notifyFirm(tx, deps, rated.order, 'rated');
    await emitClosed(tx, deps, rated.order);
  });

/** 未解决，申请重办: back to the same handler, with the clocks started anew. */
export const reopenWorkOrder = (deps: Deps, actor: PersonActor, id: string, reason: string) =>
  follow(deps, actor, id, async (tx, order) => {
    const now = deps.clock.now();
    const change = { round_started_at: now, replied_at: null, reply: null, extension: null };
    await advance(tx, deps, order, { action: 'reopen' }, by(actor, 'reopened', reason), change);
    await startClocks(tx, order.id, clocksOf({ startedAt: now }, clockContext(deps)));
  });

/** How it ended, without the firm's words. */
export const emitClosed = (tx: Tx, deps: Deps, order: OrderRow): Promise<void> =>
  deps.outbox.add(tx, {
    topic: 'work-orders.closed',
    key: order.id,
    payload: {
      workOrderId: order.id,
      enterpriseId: order.enterprise_id,
      campaignId: order.campaign_id,
      closedBy: order.closed_by,
      solved: order.rating?.solved ?? null,
    },
  });
