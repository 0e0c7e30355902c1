import type { Tx } from '../../kernel/db/database';
import type { Deps, Module } from '../module';
import type { OrderOfSubmission } from '../surveys';
import { chatIntents } from './intents';
import { openFromSubmission } from './open-work-orders';
import { listOrdersOfSubmissions } from './orders.repo';
import { permissions } from './work-orders.policy';
import { firmRoutes, officialRoutes } from './work-orders.routes';
import { workOrderTasks } from './work-orders.tasks';

/**
 * Problems that firms report (诉求), from 派单 to 办结. Listens to `surveys.submitted`; emits `work-orders.replied` {workOrderId,
 * enterpriseId, campaignId} and `work-orders.closed` {…, closedBy, solved}. View `work_order_overview` is for sets.
 */
export const workOrdersModule = (deps: Deps): Module => ({
  name: 'work-orders',
  routes: [...officialRoutes(deps), ...firmRoutes(deps)],
  permissions,
  tasks: workOrderTasks(deps),
  intents: chatIntents(deps),
  onEvent: {
    'surveys.submitted': async (tx, event) => {
      await openFromSubmission(tx, deps, event);
    },
  },
});

export { ordersInTheOpen } from './views/beside';

/** For the port of surveys: orders opened from these answers. */
export async function workOrdersOf(tx: Tx, submissionIds: readonly string[]): Promise<readonly OrderOfSubmission[]> {
  if (submissionIds.length === 0) return [];
  const rows = await listOrdersOfSubmissions(tx, submissionIds);
  return rows.map((row) => ({ submissionId: row.submission_id, id: row.id, number: row.number }));
}
