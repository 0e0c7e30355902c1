import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface AttachmentRow {
  readonly id: string;
  readonly work_order_id: string;
  readonly event_id: string | null;
  readonly public_event_id: string | null;
  readonly file_key: string;
  readonly file_name: string;
  readonly mime_type: string;
  readonly size_bytes: number;
}

const columns = sql.raw('id, work_order_id, event_id, public_event_id, file_key, file_name, mime_type, size_bytes');

export interface NewAttachment {
  readonly orderId: string;
  readonly fileKey: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly uploadedBy: string;
  readonly at: Date;
}

export const insertAttachment = (tx: Tx, file: NewAttachment): Promise<AttachmentRow> =>
  tx.one<AttachmentRow>(sql`
    insert into attachment (work_order_id, file_key, file_name, mime_type, size_bytes, uploaded_by, uploaded_at)
    values (${file.orderId}::uuid, ${file.fileKey}, ${file.fileName}, ${file.mimeType}, ${file.sizeBytes}, ${file.uploadedBy}, ${file.at})
    returning ${columns}`);

/** Uploaded, and part of no reply yet. */
export const countLoose = async (tx: Tx, orderId: string): Promise<number> =>
  (
    await tx.one<{ count: number }>(sql`
      select count(*)::int as count from attachment where work_order_id = ${orderId}::uuid and event_id is null`)
  ).count;

export const listAttachments = (tx: Tx, orderIds: readonly string[]): Promise<AttachmentRow[]> =>
  tx.rows<AttachmentRow>(sql`
    select ${columns} from attachment where work_order_id = any(${[...orderIds]}::uuid[]) and event_id is not null order by seq`);

export const findAttachment = (tx: Tx, orderId: string, id: string): Promise<AttachmentRow | undefined> =>
  tx.first<AttachmentRow>(sql`select ${columns} from attachment where work_order_id = ${orderId}::uuid and id = ${id}::uuid`);

/** Makes the files part of a reply. Returns how many of them belong to this order and may be. */
export const joinToEvent = (tx: Tx, orderId: string, ids: readonly string[], eventId: string): Promise<number> =>
  tx.run(sql`
    update attachment set event_id = ${eventId}::uuid
    where work_order_id = ${orderId}::uuid and id = any(${[...ids]}::uuid[]) and public_event_id is null`);

/** The files of the newest reply go to the firm with its approval. */
export const publishFiles = (tx: Tx, orderId: string, eventId: string): Promise<number> =>
  tx.run(sql`
    update attachment set public_event_id = ${eventId}::uuid
    where work_order_id = ${orderId}::uuid and public_event_id is null and event_id = (
      select id from work_order_event where work_order_id = ${orderId}::uuid and action = 'replied' order by seq desc limit 1)`);
