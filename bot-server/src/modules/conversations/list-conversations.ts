import type { ConversationCounts } from '@suiban/shared/api/conversations';
import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor } from '../../kernel/http/actor';
import { officialNames } from '../identity';
import { scopeOf } from './conversations.policy';
import { type After, countQueue, countQueues, listQueue, type QueuedRow } from './desk/queue.repo';
import { type Desk, summaryOf } from './desk/views';
import { listLastMessages } from './messages.repo';

interface Query {
  readonly view: 'waiting' | 'mine' | 'all';
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const cursorForm = /^(2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

function readCursor(cursor: string | undefined): After {
  if (cursor === undefined) return undefined;
  const [, at, id] = cursorForm.exec(cursor) ?? [];
  if (at && id && !Number.isNaN(Date.parse(at))) return { at, id };
  throw new DomainError('kernel:invalid-request', '翻页位置无效，请从第一页重新查看', {
    errors: [{ pointer: '/query/cursor', detail: '不是本系统给出的翻页位置' }],
  });
}

const cursorOf = (row: QueuedRow, view: Query['view']): string =>
  `${(view === 'waiting' ? (row.waitingSince ?? row.changedAt) : row.changedAt).toISOString()}_${row.id}`;

/** 会话列表 within the official's bureau and districts. */
export async function listConversations(desk: Desk, actor: OfficialActor, query: Query) {
  const { db } = desk.deps;
  const scope = scopeOf(actor);
  const filter = { view: query.view, officialId: actor.id, q: query.q?.trim() || undefined };
  const rows = await listQueue(db, scope, filter, readCursor(query.cursor), query.limit + 1);
  const page = rows.slice(0, query.limit);
  const lasts = await listLastMessages(
    db,
    page.map(({ id }) => id),
  );
  const names = await officialNames(db, [...new Set(page.flatMap(({ operatorId }) => operatorId ?? []))]);
  const last = page.at(-1);
  return {
    items: page.map((row) =>
      summaryOf(
        desk,
        actor,
        row,
        lasts.find(({ conversationId }) => conversationId === row.id),
        names,
      ),
    ),
    nextCursor: rows.length > query.limit && last ? cursorOf(last, query.view) : null,
    total: await countQueue(db, scope, filter),
  };
}

export const countConversations = ({ deps }: Desk, actor: OfficialActor): Promise<ConversationCounts> =>
  countQueues(deps.db, scopeOf(actor), actor.id);
