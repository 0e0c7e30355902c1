import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface MessageRow {
  readonly id: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly isDemo: boolean;
  readonly group: 'todo' | 'notice' | 'service';
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly link: string;
  readonly reason: string;
  readonly campaignId: string | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface NewCampaignMessages {
  readonly campaignId: string;
  readonly group: 'todo' | 'notice';
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  /** `{enterprise}` stands for the firm's id. */
  readonly link: string;
  readonly reason: string;
}

/** One message for each firm of the frozen audience that is not suppressed, in one statement; a repeat adds none. */
export const insertCampaignMessages = (tx: Tx, message: NewCampaignMessages): Promise<number> =>
  tx.run(sql`
    insert into message (enterprise_id, campaign_id, grouping, title, summary, body, link, reason)
    select r.enterprise_id, r.campaign_id, ${message.group}, ${message.title}, ${message.summary}, ${message.body},
      replace(${message.link}, '{enterprise}', r.enterprise_id::text), ${message.reason}
    from campaign_recipient r
    where r.campaign_id = ${message.campaignId}::bigint and r.state <> 'suppressed'
    on conflict (campaign_id, enterprise_id) where campaign_id is not null do nothing`);

export interface NewMessage {
  readonly enterpriseId: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly link: string;
  readonly reason: string;
}

export const insertMessage = (tx: Tx, message: NewMessage): Promise<{ id: string }> =>
  tx.one(sql<{ id: string }>`
    insert into message (enterprise_id, grouping, title, summary, body, link, reason)
    values (${message.enterpriseId}::bigint, 'service', ${message.title}, ${message.summary}, ${message.body}, ${message.link}, ${message.reason})
    returning id`);

const columns = sql`
  m.id, m.enterprise_id::text as "enterpriseId", e.name as "enterpriseName", e.is_demo as "isDemo", m.grouping as "group", m.title, m.summary,
  m.body, m.link, m.reason, m.campaign_id::text as "campaignId", m.created_at as "createdAt", m.read_at as "readAt"`;

export interface MessageFilter {
  readonly enterpriseIds: readonly string[];
  readonly group?: string;
  readonly before?: { readonly at: Date; readonly id: string };
  readonly limit: number;
}

export const listMessageRows = (tx: Tx, { enterpriseIds, group, before, limit }: MessageFilter): Promise<MessageRow[]> =>
  tx.rows(sql<MessageRow>`
    select ${columns} from message m join enterprise_audience e on e.enterprise_id = m.enterprise_id
    where m.enterprise_id = any(${[...enterpriseIds]}::bigint[])
      ${group === undefined ? sql`` : sql`and m.grouping = ${group}`}
      ${before === undefined ? sql`` : sql`and (m.created_at, m.id) < (${before.at}, ${before.id}::uuid)`}
    order by m.created_at desc, m.id desc limit ${limit}`);

export const findMessage = (tx: Tx, id: string, enterpriseIds: readonly string[]): Promise<MessageRow | undefined> =>
  tx.first(sql<MessageRow>`
    select ${columns} from message m join enterprise_audience e on e.enterprise_id = m.enterprise_id
    where m.id::text = ${id} and m.enterprise_id = any(${[...enterpriseIds]}::bigint[])`);

export const countUnread = (tx: Tx, enterpriseIds: readonly string[]): Promise<{ group: 'todo' | 'notice' | 'service'; n: number }[]> =>
  tx.rows(sql<{ group: 'todo' | 'notice' | 'service'; n: number }>`
    select grouping as "group", count(*)::int as n from message
    where enterprise_id = any(${[...enterpriseIds]}::bigint[]) and read_at is null group by grouping`);

export interface ReadFilter {
  readonly enterpriseIds: readonly string[];
  readonly messageIds?: readonly string[];
  readonly group?: string;
}

const wanted = ({ enterpriseIds, messageIds, group }: ReadFilter): RawBuilder<unknown> => sql`
  enterprise_id = any(${[...enterpriseIds]}::bigint[])
  ${messageIds === undefined ? sql`` : sql`and id::text = any(${[...messageIds]}::text[])`}
  ${group === undefined ? sql`` : sql`and grouping = ${group}`}`;

/** Sets 已读 once. Returns which campaigns' messages were opened by it. */
export const markRead = (tx: Tx, filter: ReadFilter): Promise<{ campaignId: string | null; enterpriseId: string }[]> =>
  tx.rows(sql<{ campaignId: string | null; enterpriseId: string }>`
    update message set read_at = now() where read_at is null and ${wanted(filter)}
    returning campaign_id::text as "campaignId", enterprise_id::text as "enterpriseId"`);
