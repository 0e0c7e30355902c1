import type { Message, MessageGroup } from '@suiban/shared/api/messages';
import { DomainError } from '@suiban/shared/errors';
import type { PersonActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { firmsOf } from './messages.policy';
import { countUnread, findMessage, listMessageRows, type MessageRow, markRead } from './messages.repo';

const viewOf = (row: MessageRow): Message => ({
  id: row.id,
  enterpriseId: row.enterpriseId,
  enterpriseName: row.enterpriseName,
  group: row.group,
  title: row.title,
  summary: row.summary,
  link: row.link,
  reason: row.reason,
  campaignId: row.campaignId,
  createdAt: row.createdAt.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
  isDemo: row.isDemo,
});

interface Page {
  readonly enterpriseId?: string;
  readonly group?: MessageGroup;
  readonly cursor?: string;
  readonly limit: number;
}

/** Newest first. @throws DomainError kernel:not-found for a firm that is not theirs */
export async function listMessages(deps: Deps, actor: PersonActor, { enterpriseId, group, cursor, limit }: Page) {
  const before = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await listMessageRows(deps.db, {
    enterpriseIds: firmsOf(actor, enterpriseId),
    limit: limit + 1,
    ...(group ? { group } : {}),
    ...(before ? { before } : {}),
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(viewOf), nextCursor: last ? cursorOf(last) : null, total: null };
}

export async function countMessages(deps: Deps, actor: PersonActor, enterpriseId: string | undefined) {
  const byGroup = { todo: 0, notice: 0, service: 0 };
  for (const { group, n } of await countUnread(deps.db, firmsOf(actor, enterpriseId))) byGroup[group] = n;
  return { unread: byGroup.todo + byGroup.notice + byGroup.service, byGroup };
}

export async function getMessage(deps: Deps, actor: PersonActor, messageId: string) {
  const row = await findMessage(deps.db, messageId, firmsOf(actor, undefined));
  if (!row) throw new DomainError('kernel:not-found', '没有找到这条消息');
  return { ...viewOf(row), text: row.body };
}

interface Reads {
  readonly messageIds?: readonly string[];
  readonly group?: MessageGroup;
  readonly enterpriseId?: string;
}

/** Emits `messages.read` {campaignId, enterpriseId} per campaign message: the board's 已阅. */
export async function readMessages(deps: Deps, actor: PersonActor, { messageIds, group, enterpriseId }: Reads): Promise<{ read: number }> {
  const enterpriseIds = firmsOf(actor, enterpriseId);
  return deps.db.tx(async (tx) => {
    const rows = await markRead(tx, { enterpriseIds, ...(messageIds ? { messageIds } : {}), ...(group ? { group } : {}) });
    for (const { campaignId, enterpriseId: firm } of rows) {
      if (campaignId === null) continue;
      await deps.outbox.add(tx, { topic: 'messages.read', key: campaignId, payload: { campaignId, enterpriseId: firm } });
    }
    return { read: rows.length };
  });
}

const cursorOf = (row: MessageRow): string => Buffer.from(`${row.createdAt.toISOString()}|${row.id}`).toString('base64url');

function readCursor(cursor: string): { at: Date; id: string } {
  const [, at, id] = /^([0-9TZ:.-]{24})\|([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!at || !id) throw new DomainError('kernel:invalid-request', '翻页位置无效，请从第一页重新查看');
  return { at: new Date(at), id };
}
