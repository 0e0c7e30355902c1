import type { WorkOrderState } from '@suiban/shared/work-orders';
import type { OfficialActor } from '../../../kernel/http/actor';
import type { Deps } from '../../module';
import { listFirmFaces } from '../faces.repo';
import { listOrdersOfFirms } from '../orders.repo';
import { rolesOn } from '../work-orders.policy';

/** An order whose firm shows its name, for officials who look at the firm. */
export interface OpenOrder {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: WorkOrderState;
  readonly createdAt: Date;
  readonly enterpriseName: string;
  /** Whether this official may open it. */
  readonly isInSight: boolean;
}

/** Orders these firms reported in their own name, newest first; where the name is not public the firm and its order stay apart. */
export async function ordersInTheOpen(
  { db }: Pick<Deps, 'db'>,
  actor: OfficialActor,
  enterpriseIds: readonly string[],
  limit: number,
): Promise<readonly OpenOrder[]> {
  if (enterpriseIds.length === 0) return [];
  const rows = (await listOrdersOfFirms(db, enterpriseIds, null, limit)).filter((row) => row.name_visibility === 'public');
  const firms = await listFirmFaces(
    db,
    rows.map((row) => row.enterprise_id),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    state: row.state,
    createdAt: row.created_at,
    enterpriseName: firms.find((firm) => firm.enterprise_id === row.enterprise_id)?.name ?? '',
    isInSight: rolesOn(actor, row).length > 0,
  }));
}
