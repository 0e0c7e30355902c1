import type { ConversationContext, ConversationDetail } from '@suiban/shared/api/conversations';
import { deliveryStateWords } from '@suiban/shared/campaigns';
import { DomainError } from '@suiban/shared/errors';
import { stateWords } from '@suiban/shared/work-orders';
import type { OfficialActor } from '../../kernel/http/actor';
import { enterpriseById } from '../enterprises';
import { officialNames } from '../identity';
import { ordersInTheOpen } from '../work-orders';
import { actionsOf, isUuid, mayOpenCampaigns, mustSee } from './conversations.policy';
import { listReached, listSubmitted, type ReachedRow } from './desk/context.repo';
import { findQueued, type QueuedRow } from './desk/queue.repo';
import { cannotAnswer, type Desk, messageOf, summaryOf } from './desk/views';
import { listLastMessages, listMessages } from './messages.repo';
import { speakerOf } from './speaker';

/** @throws DomainError kernel:not-found for a conversation of other bureaus or districts, as for none */
export const requireConversation = async ({ deps }: Desk, actor: OfficialActor, id: string): Promise<QueuedRow> =>
  mustSee(actor, isUuid(id) ? await findQueued(deps.db, id) : undefined);

export async function detailOf(desk: Desk, actor: OfficialActor, row: QueuedRow): Promise<ConversationDetail> {
  const { db } = desk.deps;
  const [last] = await listLastMessages(db, [row.id]);
  const names = await officialNames(db, row.operatorId === null ? [] : [row.operatorId]);
  const speaker = await speakerOf(db, row, row.enterpriseId);
  const firms = [];
  for (const id of speaker.enterpriseIds) {
    const firm = await enterpriseById(db, id);
    if (firm) firms.push({ id: firm.id, name: firm.name });
  }
  const reason = cannotAnswer(desk.deps, row);
  const asking = desk.intents().find(({ name }) => name === row.pendingIntent);
  return {
    ...summaryOf(desk, actor, row, last, names),
    enterprises: firms,
    pending: asking ? `自动应答正在办理“${asking.label.zh}”` : null,
    cannotAnswer: reason,
    actions: actionsOf(actor, row, reason === null),
  };
}

export async function readConversation(desk: Desk, actor: OfficialActor, id: string): Promise<ConversationDetail> {
  return detailOf(desk, actor, await requireConversation(desk, actor, id));
}

/** 会话记录, newest first. */
export async function readConversationMessages(
  desk: Desk,
  actor: OfficialActor,
  id: string,
  query: { cursor?: string | undefined; limit: number },
) {
  const { db } = desk.deps;
  const row = await requireConversation(desk, actor, id);
  const before = query.cursor ?? null;
  if (before !== null && !/^[1-9]\d{0,17}$/.test(before)) {
    throw new DomainError('kernel:invalid-request', '翻页位置无效，请从最新的消息重新查看', {
      errors: [{ pointer: '/query/cursor', detail: '不是本系统给出的翻页位置' }],
    });
  }
  const rows = await listMessages(db, row.id, before, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const names = await officialNames(db, [...new Set(page.flatMap(({ operatorId }) => operatorId ?? []))]);
  return {
    items: page.map((message) => messageOf(desk, row, message, names)),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.seq ?? null) : null,
    total: null,
  };
}

const shownEach = 20;

function reachedNote({ state, openedAt, answeredAt }: ReachedRow): string {
  if (answeredAt !== null) return '已填报';
  if (openedAt !== null) return '已阅，未填报';
  const words: Readonly<Record<string, { zh: string }>> = deliveryStateWords;
  return words[state]?.zh ?? state;
}

/** What else the city has with the firms of this person, newest first. */
export async function readConversationContext(desk: Desk, actor: OfficialActor, id: string): Promise<ConversationContext> {
  const { deps } = desk;
  const row = await requireConversation(desk, actor, id);
  const { enterpriseIds } = await speakerOf(deps.db, row, row.enterpriseId);
  if (enterpriseIds.length === 0) return { events: [] };
  const campaign = (campaignId: string) => (mayOpenCampaigns(actor) ? ({ kind: 'campaign', id: campaignId } as const) : null);
  const deliveries = (await listReached(deps.db, enterpriseIds, shownEach)).map((one) => ({
    at: one.launchedAt,
    kind: 'delivery' as const,
    title: one.title,
    note: reachedNote(one),
    enterpriseName: one.enterpriseName,
    link: campaign(one.campaignId),
  }));
  const submissions = (await listSubmitted(deps.db, enterpriseIds, shownEach)).map((one) => ({
    at: one.submittedAt,
    kind: 'submission' as const,
    title: one.title,
    note: one.problemCount > 0 ? `已提交，反映 ${one.problemCount} 个问题` : '已提交',
    enterpriseName: one.enterpriseName,
    link: campaign(one.campaignId),
  }));
  const orders = (await ordersInTheOpen(deps, actor, enterpriseIds, shownEach)).map((one) => ({
    at: one.createdAt,
    kind: 'work-order' as const,
    title: `${one.number} ${one.title}`,
    note: stateWords[one.state].zh,
    enterpriseName: one.enterpriseName,
    link: one.isInSight ? ({ kind: 'work-order', id: one.id } as const) : null,
  }));
  const events = [...deliveries, ...submissions, ...orders].sort((one, other) => other.at.getTime() - one.at.getTime());
  return { events: events.slice(0, 2 * shownEach).map((event) => ({ ...event, at: event.at.toISOString() })) };
}
