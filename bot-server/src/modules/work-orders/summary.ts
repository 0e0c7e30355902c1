import type { WorkOrderSummary } from '@suiban/shared/api/work-orders';
import type { Tx } from '../../kernel/db/database';
import { officialName } from '../identity';
import type { Deps } from '../module';
import type { FirmFace } from './faces.repo';
import { bureauName } from './notices';
import type { QueuedRow } from './queue.repo';
import { shownFirm } from './views/shown-firm';

export const matterName = ({ city }: Pick<Deps, 'city'>, id: string): string => city.matters.find((matter) => matter.id === id)?.name ?? id;

/** Names of these officials, each asked for once. */
export async function officialNames(tx: Tx, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) {
    const name = id === null ? undefined : await officialName(tx, id);
    if (id !== null && name !== undefined) names.set(id, name);
  }
  return names;
}

export function summaryOf(
  deps: Pick<Deps, 'city' | 'clock'>,
  row: QueuedRow,
  firm: FirmFace | undefined,
  names: ReadonlyMap<string, string>,
): WorkOrderSummary {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    matterId: row.matter_id,
    matterName: matterName(deps, row.matter_id),
    districtCode: row.district_code,
    state: row.state,
    outcome: row.outcome,
    bureauId: row.bureau_id,
    bureauName: bureauName(deps, row.bureau_id),
    handlerName: row.handler_id === null ? null : (names.get(row.handler_id) ?? null),
    enterpriseName: shownFirm(row, firm).name,
    createdAt: row.created_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    isDueProvisional: row.is_provisional ?? false,
    isOverdue: row.due_at !== null && row.due_at < deps.clock.now(),
    urgeCount: row.urge_count,
    isReopened: row.reopen_count > 0,
    isDemo: row.is_demo,
  };
}
