import type { DeliveryTimeline, SendingChannel } from '@suiban/shared/api/campaigns';
import { awaitingStaffWords, channelWords, deliveryStateWords } from '@suiban/shared/campaigns';
import { DomainError } from '@suiban/shared/errors';
import { maskEmail, maskMobile } from '@suiban/shared/identity';
import type { Words } from '@suiban/shared/words';
import { type AttemptRow, type DeliveryRow, findDelivery, findSnapshot, listAddresses, listAttempts } from '../../dispatch';
import { emailPurpose, mobilePurpose } from '../../enterprises';
import { officialName } from '../../identity';
import type { Deps } from '../../module';
import { requireCampaign } from '../loading';
import { deliveryView } from './list-deliveries';
import { explainCode } from './reasons';

type TimelineEvent = DeliveryTimeline['events'][number];

/** One firm's way through the ledger, oldest first; addresses masked. @throws DomainError kernel:not-found */
export async function readDelivery(deps: Deps, campaignId: string, seq: number): Promise<DeliveryTimeline> {
  const campaign = await requireCampaign(deps.db, campaignId);
  const row = await findDelivery(deps.db, campaign.id, seq);
  if (!row) throw new DomainError('kernel:not-found', '没有找到这家企业的发送记录');
  const attempts = await listAttempts(deps.db, campaign.id, seq);
  const addresses = await listAddresses(deps.db, campaign.id, seq);
  const events: TimelineEvent[] = [];
  for (const attempt of attempts) events.push(...(await attemptEvents(deps, attempt)));
  const frozenAt = (await findSnapshot(deps.db, campaign.id))?.frozenAt;
  if (frozenAt) events.push(plain(frozenAt, 'frozen', eventWords.frozen));
  events.push(...rowEvents(deps, row));
  return {
    ...deliveryView(deps, row),
    addresses: addresses.map(({ step, channel, address }) => ({ step, channel: channel as SendingChannel, label: labelOf(deps, address) })),
    events: events.sort((a, b) => a.at.localeCompare(b.at)),
  };
}

const plain = (at: Date, kind: TimelineEvent['kind'], { zh, en }: Words): TimelineEvent => ({
  at: at.toISOString(),
  kind,
  channel: null,
  attemptNo: null,
  code: null,
  text: zh,
  textEn: en,
});

const eventWords = {
  frozen: { zh: '列入发送名单', en: 'Put on the list' },
  opened: { zh: '打开了链接或消息', en: 'Opened the link or the message' },
  answered: { zh: '提交了问卷', en: 'Handed in the questionnaire' },
  delivered: { zh: '平台报告已送达', en: 'The platform reports delivery' },
  confirmed: { zh: '服务专员已确认并发出', en: 'The member of staff confirmed and sent it' },
} as const;
const nothing: Words = { zh: '', en: '' };
const failed = ({ zh, en }: Words): Words => ({ zh: `发送失败：${zh}`, en: `Refused: ${en}` });
const doubtful = ({ zh, en }: Words): Words => ({ zh: `结果待核实：${zh}`, en: `Result unknown: ${en}` });

function rowEvents(deps: Deps, row: DeliveryRow): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const isSilent = row.state === 'suppressed' || row.state === 'cancelled' || (row.state === 'refused' && row.attempts === 0);
  if (isSilent && row.settledAt && row.code !== null) {
    const kind = row.state === 'suppressed' ? 'suppressed' : row.state === 'cancelled' ? 'cancelled' : 'refused';
    events.push({ ...plain(row.settledAt, kind, explainCode(deps, row.channel, row.code).meaning), code: row.code });
  }
  if (row.openedAt) events.push(plain(row.openedAt, 'opened', eventWords.opened));
  if (row.answeredAt) events.push(plain(row.answeredAt, 'answered', eventWords.answered));
  return events;
}

async function attemptEvents(deps: Deps, attempt: AttemptRow): Promise<TimelineEvent[]> {
  const base = { channel: attempt.channel as SendingChannel, attemptNo: attempt.attemptNo };
  const name = channelWords[base.channel];
  const marked = { zh: `第 ${attempt.attemptNo} 次：经${name.zh}发送`, en: `Try ${attempt.attemptNo}: sent by ${name.en}` };
  const events: TimelineEvent[] = [{ ...plain(attempt.markedAt, 'marked', marked), ...base }];
  if (attempt.settledAt) {
    const meaning = attempt.code === null ? nothing : explainCode(deps, attempt.channel, attempt.code).meaning;
    const settled = attempt.resolvedAt ? ('unknown' as const) : attempt.state;
    if (settled !== 'marked') {
      const kind = attempt.awaitsStaff ? ('awaiting-staff' as const) : settled;
      events.push({ ...plain(attempt.settledAt, kind, outcomeWords(attempt, settled, meaning)), ...base, code: attempt.code });
    }
  }
  if (attempt.resolvedAt) events.push({ ...plain(attempt.resolvedAt, 'resolved', await resolvedWords(deps, attempt)), ...base });
  if (attempt.receiptAt && attempt.receipt)
    events.push({ ...plain(attempt.receiptAt, 'receipt', receiptWords(deps, attempt)), ...base, code: attempt.receiptCode });
  return events;
}

function outcomeWords({ awaitsStaff }: AttemptRow, settled: 'accepted' | 'refused' | 'unknown', meaning: Words): Words {
  if (awaitsStaff) return awaitingStaffWords;
  if (settled === 'accepted') return deliveryStateWords.accepted;
  return settled === 'refused' ? failed(meaning) : doubtful(meaning);
}

async function resolvedWords(deps: Deps, attempt: AttemptRow): Promise<Words> {
  const name = attempt.resolvedBy ? ((await officialName(deps.db, attempt.resolvedBy)) ?? '') : null;
  const outcome = deliveryStateWords[attempt.state === 'accepted' ? 'accepted' : 'refused'];
  const reason = attempt.resolvedReason ?? '';
  return { zh: `${name ?? '系统'}核实为${outcome.zh}：${reason}`, en: `${name ?? 'The system'} found: ${outcome.en} (${reason})` };
}

function receiptWords(deps: Deps, attempt: AttemptRow): Words {
  if (attempt.receipt === 'delivered') return isByStaff(attempt) ? eventWords.confirmed : eventWords.delivered;
  const { zh, en } = explainCode(deps, attempt.channel, attempt.receiptCode ?? '').meaning;
  return { zh: `平台报告未送达：${zh}`, en: `The platform reports: not delivered (${en})` };
}

/** WeCom tells of no delivery but that a member of staff sent the message on. */
const isByStaff = ({ channel }: AttemptRow): boolean => channel === 'wecom';

function labelOf(deps: Deps, address: Readonly<Record<string, unknown>>): string {
  if (typeof address.mobileSealed === 'string') return maskMobile(deps.sealer.open(mobilePurpose, address.mobileSealed));
  if (typeof address.emailSealed === 'string') return maskEmail(deps.sealer.open(emailPurpose, address.emailSealed));
  const id = String(address.openid ?? address.userId ?? address.externalUserId ?? '');
  return id.length <= 4 ? `${id.slice(0, 1)}***` : `${id.slice(0, 2)}***${id.slice(-2)}`;
}
