import type { Address, Call, CallContent, Channel, ChannelBody, Recipient } from '../../channels/channel';
import type { FieldSealer } from '../../kernel/crypto/field-sealer';
import { linkOf, linkToken } from './links';
import type { FrozenStep } from './steps';

/** One attempt as the ledger has it. `callNo` is the smallest seq of its call; unset before the calls are made. */
export interface MarkedRow {
  readonly seq: number;
  readonly attemptNo: number;
  readonly address: unknown;
}

export interface PlannedCall {
  /** Smallest seq: names the call together with attempt and step. */
  readonly callNo: number;
  readonly attemptNo: number;
  readonly seqs: readonly number[];
  readonly call: Call;
}

export interface CallMaker {
  readonly campaignId: string;
  readonly stepNo: number;
  readonly step: FrozenStep;
  readonly channel: Channel;
  readonly sealer: FieldSealer;
  readonly linkKey: Buffer;
  readonly publicBaseUrl: string;
}

const mobilePurpose = 'enterprise_contact.mobile';
const emailPurpose = 'enterprise_email.email';

/** Groups fresh attempts into calls: rows of one attempt number together, in the order of seq. */
export function planCalls(maker: CallMaker, rows: readonly MarkedRow[]): readonly PlannedCall[] {
  const byAttempt = new Map<number, MarkedRow[]>();
  for (const row of [...rows].sort((a, b) => a.seq - b.seq)) {
    const group = byAttempt.get(row.attemptNo);
    if (group) group.push(row);
    else byAttempt.set(row.attemptNo, [row]);
  }
  return [...byAttempt].flatMap(([attemptNo, group]) =>
    maker.channel
      .plan(
        group.map((row) => recipientOf(maker, row)),
        contentOf(maker, attemptNo, 0),
      )
      .map((call) => finish(maker, attemptNo, call.recipients)),
  );
}

/** The same call again, from what the ledger says of it: the same bytes on the wire. */
export function rebuildCall(maker: CallMaker, rows: readonly MarkedRow[]): PlannedCall {
  const ordered = [...rows].sort((a, b) => a.seq - b.seq);
  return finish(
    maker,
    ordered[0]?.attemptNo ?? 0,
    ordered.map((row) => recipientOf(maker, row)),
  );
}

function finish(maker: CallMaker, attemptNo: number, recipients: readonly Recipient[]): PlannedCall {
  const seqs = recipients.map(({ ref }) => Number(ref)).sort((a, b) => a - b);
  const bySeq = [...recipients].sort((a, b) => Number(a.ref) - Number(b.ref));
  const callNo = seqs[0] ?? 0;
  return { callNo, attemptNo, seqs, call: { recipients: bySeq, content: contentOf(maker, attemptNo, callNo) } };
}

/** A card's task id must be new to the platform for every call, and the same for the same call. */
function contentOf(maker: CallMaker, attemptNo: number, callNo: number): CallContent {
  const attemptKey = `c${maker.campaignId}a${attemptNo}`;
  const { body } = maker.step;
  if (body.channel !== 'wecom' || body.form !== 'card') return { attemptKey, body };
  const card: ChannelBody = { ...body, card: { ...body.card, taskId: cardTaskId(maker.campaignId, attemptNo, maker.stepNo, callNo) } };
  return { attemptKey, body: card };
}

export const cardTaskId = (campaignId: string, attemptNo: number, step: number, callNo: number): string =>
  `c${campaignId}a${attemptNo}-s${step}n${callNo}`;

/** Which campaign a card's answer belongs to; undefined: not one of ours. */
export function readCardTaskId(taskId: string): { campaignId: string; attemptNo: number } | undefined {
  const [, campaignId, attemptNo] = /^c(\d{1,19})a(\d{1,5})-s\d{1,2}n\d{1,10}$/.exec(taskId) ?? [];
  return campaignId && attemptNo ? { campaignId, attemptNo: Number(attemptNo) } : undefined;
}

function recipientOf(maker: CallMaker, row: MarkedRow): Recipient {
  const token = linkToken(maker.linkKey, { campaignId: maker.campaignId, seq: row.seq, attemptNo: row.attemptNo });
  return { ref: String(row.seq), address: openAddress(maker.sealer, row.address), link: linkOf(maker.publicBaseUrl, token) };
}

/** Mobiles and mail addresses are sealed at rest and opened only here, just before the call. */
export function openAddress(sealer: FieldSealer, stored: unknown): Address {
  const address = stored as Address & { readonly mobileSealed?: string; readonly emailSealed?: string };
  if (address.type === 'mobile' && address.mobileSealed !== undefined)
    return { type: 'mobile', account: address.account, mobile: sealer.open(mobilePurpose, address.mobileSealed) };
  if (address.type === 'email' && address.emailSealed !== undefined)
    return { type: 'email', account: address.account, email: sealer.open(emailPurpose, address.emailSealed) };
  return address;
}
