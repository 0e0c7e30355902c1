import type { WorkOrderDetail } from '@suiban/shared/api/work-orders';
import { DomainError } from '@suiban/shared/errors';
import type { WorkOrderRole } from '@suiban/shared/work-orders';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { findOrder, lockOrder, type OrderRow } from './orders.repo';
import { detailOf } from './read-work-order';
import { isUuid, mustActAs, mustSee, orderNotFound } from './work-orders.policy';

/** Which order, as the official saw it. */
export interface Target {
  readonly workOrderId: string;
  readonly revision: number;
}

/**
 * One official's step: the row locked, seen, theirs to do, and unchanged since they looked. Answers what they may see of it then, even
 * where the step took the order out of their hands.
 */
export async function act(
  deps: Deps,
  actor: OfficialActor,
  role: WorkOrderRole,
  { workOrderId: id, revision }: Target,
  work: (tx: Tx, order: OrderRow) => Promise<unknown>,
): Promise<WorkOrderDetail> {
  await deps.db.tx(async (tx) => {
    const order = mustSee(actor, isUuid(id) ? await lockOrder(tx, id) : undefined);
    mustActAs(actor, order, role);
    if (order.revision !== revision) throw new DomainError('kernel:conflict', '这张工单刚被其他人办理过，请刷新后再操作');
    await work(tx, order);
  });
  const after = await findOrder(deps.db, id);
  if (!after) throw orderNotFound();
  return detailOf(deps, actor, after);
}
