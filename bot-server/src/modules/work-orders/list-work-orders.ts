import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor, Role } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { listFirmFaces } from './faces.repo';
import { type After, countByState, countQueue, type Filter, listQueue, type QueuedRow, readOutcomes, type Scope } from './queue.repo';
import { officialNames, summaryOf } from './summary';
import { isRowId, scopeOf } from './work-orders.policy';

interface Query {
  readonly state?: string | undefined;
  readonly mine?: 'true' | 'false' | undefined;
  readonly overdue?: 'true' | 'false' | undefined;
  readonly campaignId?: string | undefined;
  readonly bureauId?: string | undefined;
  readonly matterId?: string | undefined;
  readonly q?: string | undefined;
  readonly sort: 'clock' | 'newest';
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What an order waits for is a role's to do, whoever holds it. */
const waitingStates: readonly (readonly [role: Role, state: string])[] = [
  ['dispatcher', 'to-assign'],
  ['reviewer', 'reply-review'],
  ['supervisor', 'reply-review'],
];

const filterOf = (deps: Deps, actor: OfficialActor, query: Query): Filter => ({
  state: query.state,
  campaignId: query.campaignId,
  bureauId: query.bureauId,
  matterId: query.matterId,
  q: query.q?.trim() || undefined,
  overdueAt: query.overdue === 'true' ? deps.clock.now() : undefined,
  waitsFor:
    query.mine === 'true'
      ? {
          officialId: actor.id,
          states: waitingStates.flatMap(([role, state]) => (actor.roles.includes(role) ? [state] : [])),
        }
      : undefined,
});

const cursorForm = /^(2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|infinity)_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

function readCursor(cursor: string | undefined): After {
  if (cursor === undefined) return undefined;
  const [, key, id] = cursorForm.exec(cursor) ?? [];
  if (key && id && (key === 'infinity' || !Number.isNaN(Date.parse(key)))) return { key, id };
  throw new DomainError('kernel:invalid-request', '翻页位置无效，请从第一页重新查看', {
    errors: [{ pointer: '/query/cursor', detail: '不是本系统给出的翻页位置' }],
  });
}

const cursorOf = (row: QueuedRow, sort: Query['sort']): string =>
  `${(sort === 'clock' ? row.due_at : row.created_at)?.toISOString() ?? 'infinity'}_${row.id}`;

/** 工单列表 within the official's bureau and districts. */
export async function listWorkOrders(deps: Deps, actor: OfficialActor, query: Query) {
  const { db } = deps;
  const scope: Scope = scopeOf(actor);
  const filter = filterOf(deps, actor, query);
  const isNowhere = query.campaignId !== undefined && !isRowId(query.campaignId);
  if (isNowhere) return { items: [], nextCursor: null, total: 0 };
  const rows = await listQueue(db, scope, filter, query.sort, readCursor(query.cursor), query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const firms = new Map(
    (
      await listFirmFaces(
        db,
        page.map((row) => row.enterprise_id),
      )
    ).map((firm) => [firm.enterprise_id, firm]),
  );
  const names = await officialNames(
    db,
    page.map((row) => row.handler_id),
  );
  return {
    items: page.map((row) => summaryOf(deps, row, firms.get(row.enterprise_id), names)),
    nextCursor: rows.length > query.limit && last ? cursorOf(last, query.sort) : null,
    total: await countQueue(db, scope, filter),
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** 各状态数量 and the rates an official answers for. */
export async function countWorkOrders(deps: Deps, actor: OfficialActor) {
  const scope = scopeOf(actor);
  const now = deps.clock.now();
  const states = await countByState(deps.db, scope);
  const outcomes = await readOutcomes(deps.db, scope, now);
  return {
    byState: Object.fromEntries(states.map(({ state, count }) => [state, count])),
    overdue: await countQueue(deps.db, scope, { overdueAt: now }),
    solvedRate: share(outcomes.solved, outcomes.all),
    satisfactionRate: share(outcomes.satisfied, outcomes.rated),
    responseRate: share(outcomes.contacts_in_time, outcomes.contacts_due),
  };
}
