import { Readable } from 'node:stream';
import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor, PersonActor } from '../../kernel/http/actor';
import type { Download, Upload } from '../../kernel/http/route';
import type { Deps } from '../module';
import { countLoose, findAttachment, insertAttachment } from './attachments.repo';
import { fileKindOf, headLength } from './files/file-kind';
import { findOrder, lockOrder, type OrderRow } from './orders.repo';
import { attachmentLimits, isUuid, mustActAs, mustOwn, mustSee } from './work-orders.policy';

/** The first bytes, and the whole stream again. */
async function peek(stream: Readable): Promise<{ head: Buffer; whole: Readable }> {
  const parts = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < headLength) {
    const next = await parts.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all() {
    yield head;
    for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
  }
  return { head, whole: Readable.from(all()) };
}

const mayAttach = (actor: OfficialActor, order: OrderRow | undefined): OrderRow => {
  const seen = mustSee(actor, order);
  mustActAs(actor, seen, 'handler');
  if (seen.state !== 'handling') throw new DomainError('work-orders:wrong-state', '只有办理中的工单可以上传附件，请刷新后查看');
  return seen;
};

/**
 * Keeps a picture or a PDF for the reply to come. What it is, its bytes say.
 * @throws DomainError kernel:unsupported-type, kernel:too-large, work-orders:wrong-state, work-orders:too-many-attachments
 */
export async function attachFile(deps: Deps, actor: OfficialActor, workOrderId: string, upload: Upload) {
  const { db, files, clock } = deps;
  mayAttach(actor, isUuid(workOrderId) ? await findOrder(db, workOrderId) : undefined);
  const { head, whole } = await peek(upload.stream);
  const mimeType = fileKindOf(head, upload.fileName);
  if (mimeType === undefined) {
    upload.stream.destroy();
    throw new DomainError('kernel:unsupported-type', '只能上传 JPG、PNG、WEBP 图片或 PDF，文件名后缀应与内容一致');
  }
  const { key: fileKey, sizeBytes } = await files.put(whole, { maxBytes: attachmentLimits.bytes });
  try {
    const row = await db.tx(async (tx) => {
      const order = mayAttach(actor, await lockOrder(tx, workOrderId));
      if ((await countLoose(tx, order.id)) >= attachmentLimits.perReply) {
        throw new DomainError('work-orders:too-many-attachments', `一次答复最多 ${attachmentLimits.perReply} 个附件`);
      }
      const file = { orderId: order.id, fileKey, fileName: upload.fileName, mimeType, sizeBytes, uploadedBy: actor.id, at: clock.now() };
      return insertAttachment(tx, file);
    });
    return { id: row.id, fileName: row.file_name, mimeType: row.mime_type, sizeBytes: row.size_bytes };
  } catch (error) {
    await files.remove(fileKey);
    throw error;
  }
}

const noFile = () => new DomainError('kernel:not-found', '没有找到这个附件');

/** @throws DomainError kernel:not-found for a file of another order, or of one that is not the official's to see */
export async function openAttachment(
  deps: Deps,
  actor: OfficialActor,
  target: { workOrderId: string; attachmentId: string },
): Promise<Download> {
  const order = mustSee(actor, isUuid(target.workOrderId) ? await findOrder(deps.db, target.workOrderId) : undefined);
  const file = isUuid(target.attachmentId) ? await findAttachment(deps.db, order.id, target.attachmentId) : undefined;
  if (!file) throw noFile();
  return { fileName: file.file_name, mimeType: file.mime_type, stream: await deps.files.open(file.file_key) };
}

/** The firm gets the files of approved replies. @throws DomainError kernel:not-found */
export async function openMyAttachment(
  deps: Deps,
  actor: PersonActor,
  target: { workOrderId: string; attachmentId: string },
): Promise<Download> {
  const order = mustOwn(actor, isUuid(target.workOrderId) ? await findOrder(deps.db, target.workOrderId) : undefined);
  const file = isUuid(target.attachmentId) ? await findAttachment(deps.db, order.id, target.attachmentId) : undefined;
  if (!file || file.public_event_id === null) throw noFile();
  return { fileName: file.file_name, mimeType: file.mime_type, stream: await deps.files.open(file.file_key) };
}
