import { maskCreditCode } from '@suiban/shared/identity';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { record } from './advance';
import { countNameLooks } from './events.repo';
import { listFirmFaces } from './faces.repo';
import { lockOrder } from './orders.repo';
import { isUuid, mustActAs, mustSee, nameLookAlert, orderNotFound } from './work-orders.policy';

/**
 * The firm behind an order that does not name it. The look is a line on both timelines; its reason is the officials' alone.
 * @throws DomainError kernel:not-found, kernel:not-allowed
 */
export async function lookAtReporter(deps: Deps, actor: OfficialActor, workOrderId: string, reason: string) {
  const { db, clock } = deps;
  const firm = await db.tx(async (tx) => {
    const order = mustSee(actor, isUuid(workOrderId) ? await lockOrder(tx, workOrderId) : undefined);
    mustActAs(actor, order, 'dispatcher');
    await record(tx, deps, order, order, { action: 'name-looked', actor, role: 'dispatcher', body: reason });
    const [found] = await listFirmFaces(tx, [order.enterprise_id]);
    return found;
  });
  if (!firm) throw orderNotFound();
  const count = await countNameLooks(db, actor.id, new Date(clock.now().getTime() - nameLookAlert.withinMs));
  if (count > nameLookAlert.count) deps.log.warn({ officialId: actor.id, count }, 'many hidden names looked at within an hour');
  return { enterpriseId: firm.enterprise_id, enterpriseName: firm.name, creditCodeMasked: maskCreditCode(firm.credit_code) };
}
