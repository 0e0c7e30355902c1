import type { InboundEvent } from '../../channels/channel';
import type { Tx } from '../../kernel/db/database';
import { type AttemptKey, countDelivered, findByOpenid, findByPlatformId, unknownWithReceipt, writeReceipt } from './receipts.repo';
import { resolveUnknownRows } from './steer.repo';

type Receipt = Extract<InboundEvent, { type: 'receipt' }>;

/**
 * What the platform says afterwards: 已送达 or not, and, where our answer was lost, that the message existed at all. Once per
 * fact: a repeat learns nothing. Returns false when the receipt is of none of our messages (an invitation's, a code's).
 */
export async function recordReceipt(tx: Tx, channel: string, account: string, receipt: Receipt): Promise<boolean> {
  const found = await findAttempt(tx, channel, account, receipt);
  if (!found) return false;
  const learnt = await writeReceipt(tx, found, receipt.result, receipt.code);
  if (!learnt) return true;
  if (receipt.result === 'delivered') await countDelivered(tx, found.campaignId, found.seq);
  if (learnt.state === 'unknown') await resolve(tx, found.campaignId, [found.seq], receipt.result, receipt.code);
  return true;
}

/** After rows were settled as unknown: receipts that were faster than our patience settle them at once. */
export async function resolveByReceipts(tx: Tx, campaignId: string, seqs: readonly number[]): Promise<void> {
  for (const { seq, receipt, code } of await unknownWithReceipt(tx, campaignId, seqs)) await resolve(tx, campaignId, [seq], receipt, code);
}

const resolve = (tx: Tx, campaignId: string, seqs: readonly number[], receipt: 'delivered' | 'failed', code: string): Promise<number> =>
  resolveUnknownRows(tx, campaignId, seqs, {
    outcome: receipt === 'delivered' ? 'accepted' : 'refused',
    code: receipt === 'delivered' ? null : code,
    by: null,
    reason: '平台状态报告',
  });

async function findAttempt(tx: Tx, channel: string, account: string, receipt: Receipt): Promise<AttemptKey | undefined> {
  const own = receipt.reference === undefined ? undefined : readReference(receipt.reference);
  if (own) return own;
  const byId = receipt.platformId === '' ? undefined : await findByPlatformId(tx, channel, account, receipt.platformId);
  if (byId || receipt.openid === undefined || receipt.templateId === undefined) return byId;
  return findByOpenid(tx, channel, account, receipt.openid, receipt.templateId);
}

/** `c<campaign>a<attempt>s<seq>`, as the SMS channel sends it. */
function readReference(reference: string): AttemptKey | undefined {
  const [, campaignId, attemptNo, seq] = /^c(\d{1,19})a(\d{1,5})s(\d{1,9})$/.exec(reference) ?? [];
  return campaignId && attemptNo && seq ? { campaignId, attemptNo: Number(attemptNo), seq: Number(seq) } : undefined;
}
