import type { OfficialActor } from '../../kernel/http/actor';
import { officialsWithRole } from '../identity';
import type { Deps } from '../module';
import { act, type Target } from './act';
import { advance } from './advance';
import { bureauName, notifyFirm } from './notices';
import { mayAssignTo } from './work-orders.policy';

/** 派单: to a bureau, and to one of its handlers where the dispatcher names one. @throws DomainError */
export async function assignWorkOrder(
  deps: Deps,
  actor: OfficialActor,
  target: Target,
  given: { bureauId: string; handlerId?: string | undefined; note?: string | undefined },
) {
  mayAssignTo(deps.city, await officialsWithRole(deps.db, 'handler'), given);
  return act(deps, actor, 'dispatcher', target, async (tx, order) => {
    const assigned = await advance(
      tx,
      deps,
      order,
      { action: 'assign' },
      {
        action: 'assigned',
        actor,
        role: 'dispatcher',
        ...(given.note ? { body: given.note } : {}),
        publicBody: `由${bureauName(deps, given.bureauId)}办理`,
      },
      { bureau_id: given.bureauId, handler_id: given.handlerId ?? null },
    );
    await notifyFirm(tx, deps, assigned.order, 'assigned');
  });
}

/** 可派单的承办单位与承办人, in the city's order of bureaus. */
export async function listHandlers({ db, city }: Deps) {
  const handlers = await officialsWithRole(db, 'handler');
  return {
    bureaus: city.bureaus.map((bureau) => ({
      bureauId: bureau.id,
      name: bureau.name,
      handlers: handlers.filter(({ bureauId }) => bureauId === bureau.id).map(({ id, name }) => ({ id, name })),
    })),
  };
}
