import type { WorkOrderOutcome, WorkOrderState } from '@suiban/shared/work-orders';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface Extension {
  readonly requestedDays: number;
  readonly reason: string;
  readonly state: 'requested' | 'granted' | 'denied';
}

export interface Rating {
  readonly solved: 'yes' | 'partly' | 'no';
  readonly satisfaction: number;
  readonly comment: string | null;
  readonly at: string;
}

export type NameVisibility = 'public' | 'industry-district' | 'hidden';

export interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly enterprise_id: string;
  readonly matter_id: string;
  readonly district_code: string;
  readonly title: string;
  readonly body: string;
  readonly source_kind: 'survey' | 'appeal' | 'conversation';
  readonly campaign_id: string | null;
  readonly submission_id: string | null;
  readonly question_id: string | null;
  readonly name_visibility: NameVisibility;
  readonly state: WorkOrderState;
  readonly outcome: WorkOrderOutcome | null;
  readonly owner_bureau_id: string;
  readonly bureau_id: string | null;
  readonly handler_id: string | null;
  readonly reply: string | null;
  readonly extension: Extension | null;
  readonly rating: Rating | null;
  readonly closed_by: 'rating' | 'silence' | null;
  readonly urge_count: number;
  readonly urged_at: Date | null;
  readonly reopen_count: number;
  readonly is_demo: boolean;
  readonly revision: number;
  readonly created_at: Date;
  readonly state_since: Date;
  readonly round_started_at: Date;
  readonly replied_at: Date | null;
  readonly closed_at: Date | null;
}

/** The columns of an order, of table or alias `w`. */
export const orderColumns = sql.raw(`w.id, w.number, w.enterprise_id::text as enterprise_id, w.matter_id, w.district_code, w.title, w.body,
  w.source_kind, w.campaign_id::text as campaign_id, w.submission_id, w.question_id, w.name_visibility, w.state, w.outcome, w.owner_bureau_id,
  w.bureau_id, w.handler_id, w.reply, w.extension, w.rating, w.closed_by, w.urge_count, w.urged_at, w.reopen_count, w.is_demo, w.revision,
  w.created_at, w.state_since, w.round_started_at, w.replied_at, w.closed_at`);

export const findOrder = (tx: Tx, id: string): Promise<OrderRow | undefined> =>
  tx.first<OrderRow>(sql`select ${orderColumns} from work_order w where w.id = ${id}::uuid`);

export const lockOrder = (tx: Tx, id: string): Promise<OrderRow | undefined> =>
  tx.first<OrderRow>(sql`select ${orderColumns} from work_order w where w.id = ${id}::uuid for update`);

export interface NewOrder {
  /** `yyyymmdd` of the city's day. */
  readonly day: string;
  readonly enterpriseId: string;
  readonly matterId: string;
  readonly districtCode: string;
  readonly title: string;
  readonly body: string;
  readonly source: {
    readonly kind: 'survey' | 'appeal' | 'conversation';
    readonly campaignId?: string;
    readonly submissionId?: string;
    readonly questionId?: string;
    /** The turn of a conversation in which it was reported. */
    readonly turnId?: string;
  };
  readonly nameVisibility: NameVisibility;
  readonly ownerBureauId: string;
  readonly proposedBureauId: string | null;
  readonly isDemo: boolean;
  readonly createdBy: string | null;
  readonly at: Date;
}

/** Undefined when this problem of this submission, or of this turn, has its order already. The number's last part goes on from day to day. */
export const insertOrder = (tx: Tx, order: NewOrder): Promise<OrderRow | undefined> =>
  tx.first<OrderRow>(sql`
    insert into work_order as w (number, enterprise_id, matter_id, district_code, title, body, source_kind, campaign_id, submission_id,
      question_id, turn_id, name_visibility, owner_bureau_id, bureau_id, is_demo, created_by, created_at, state_since, round_started_at)
    values (${order.day} || '-' || lpad(nextval('work_order_number')::text, 6, '0'), ${order.enterpriseId}::bigint, ${order.matterId},
      ${order.districtCode}, ${order.title}, ${order.body}, ${order.source.kind}, ${order.source.campaignId ?? null}::bigint,
      ${order.source.submissionId ?? null}::uuid, ${order.source.questionId ?? null}::text, ${order.source.turnId ?? null}::uuid, ${order.nameVisibility},
      ${order.ownerBureauId}, ${order.proposedBureauId}, ${order.isDemo}, ${order.createdBy}::uuid, ${order.at}, ${order.at}, ${order.at})
    on conflict do nothing returning ${orderColumns}`);

/** The order of a turn that is worked again. */
export const findOrderOfTurn = (tx: Tx, turnId: string): Promise<OrderRow | undefined> =>
  tx.first<OrderRow>(sql`select ${orderColumns} from work_order w where w.turn_id = ${turnId}::uuid`);

/** Among the orders of these firms. */
export const findOrderByNumber = (tx: Tx, firms: readonly string[], number: string): Promise<OrderRow | undefined> =>
  tx.first<OrderRow>(sql`
    select ${orderColumns} from work_order w where w.number = ${number} and w.enterprise_id = any(${[...firms]}::bigint[])`);

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Writes what a step may change. The row is locked by the caller. */
export const updateOrder = (tx: Tx, next: OrderRow): Promise<OrderRow> =>
  tx.one<OrderRow>(sql`
    update work_order w set state = ${next.state}, outcome = ${next.outcome}, bureau_id = ${next.bureau_id},
      handler_id = ${next.handler_id}::uuid, reply = ${next.reply}, extension = ${json(next.extension)}::jsonb,
      rating = ${json(next.rating)}::jsonb, closed_by = ${next.closed_by}, urge_count = ${next.urge_count}, urged_at = ${next.urged_at},
      reopen_count = ${next.reopen_count}, state_since = ${next.state_since}, round_started_at = ${next.round_started_at},
      replied_at = ${next.replied_at}, closed_at = ${next.closed_at}, revision = w.revision + 1
    where w.id = ${next.id}::uuid returning ${orderColumns}`);

/** Orders whose firm has been silent since before then. */
export const listSilent = (tx: Tx, repliedBefore: Date, limit: number): Promise<OrderRow[]> =>
  tx.rows<OrderRow>(sql`
    select ${orderColumns} from work_order w where w.state = 'awaiting-rating' and w.replied_at < ${repliedBefore}
    order by w.replied_at limit ${limit}`);

export const listOrdersOfFirms = (tx: Tx, firms: readonly string[], campaignId: string | null, limit: number): Promise<OrderRow[]> =>
  tx.rows<OrderRow>(sql`
    select ${orderColumns} from work_order w
    where w.enterprise_id = any(${[...firms]}::bigint[]) and (${campaignId}::bigint is null or w.campaign_id = ${campaignId}::bigint)
    order by w.created_at desc, w.number desc limit ${limit}`);

export const listOrdersOfSubmissions = (tx: Tx, submissionIds: readonly string[]) =>
  tx.rows<{ submission_id: string; id: string; number: string }>(sql`
    select submission_id, id, number from work_order where submission_id = any(${[...submissionIds]}::uuid[]) order by number`);
