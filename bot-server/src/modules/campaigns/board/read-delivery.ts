import type { DeliveryTimeline, SendingChannel } from '@suiban/shared/api/campaigns';
import { DomainError } from '@suiban/shared/errors';
import { maskMobile } from '@suiban/shared/identity';
import { type AttemptRow, type DeliveryRow, findDelivery, findSnapshot, listAddresses, listAttempts } from '../../dispatch';
import { mobilePurpose } from '../../enterprises';
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
  if (frozenAt) events.push(plain(frozenAt, 'frozen', '列入发送名单'));
  events.push(...rowEvents(deps, row));
  return {
    ...deliveryView(deps, row),
    addresses: addresses.map(({ step, channel, address }) => ({ step, channel: channel as SendingChannel, label: labelOf(deps, address) })),
    events: events.sort((a, b) => a.at.localeCompare(b.at)),
  };
}

const plain = (at: Date, kind: TimelineEvent['kind'], text: string): TimelineEvent => ({
  at: at.toISOString(),
  kind,
  channel: null,
  attemptNo: null,
  code: null,
  text,
});

function rowEvents(deps: Deps, row: DeliveryRow): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  const isSilent = row.state === 'suppressed' || row.state === 'cancelled' || (row.state === 'refused' && row.attempts === 0);
  if (isSilent && row.settledAt && row.code !== null) {
    const kind = row.state === 'suppressed' ? 'suppressed' : row.state === 'cancelled' ? 'cancelled' : 'refused';
    events.push({ ...plain(row.settledAt, kind, explainCode(deps, row.channel, row.code).meaning.zh), code: row.code });
  }
  if (row.openedAt) events.push(plain(row.openedAt, 'opened', '打开了链接或消息'));
  if (row.answeredAt) events.push(plain(row.answeredAt, 'answered', '提交了问卷'));
  return events;
}

const channelNames: Readonly<Record<string, string>> = { 'wechat-mini': '小程序订阅消息', wecom: '企业微信', sms: '短信' };

async function attemptEvents(deps: Deps, attempt: AttemptRow): Promise<TimelineEvent[]> {
  const base = { channel: attempt.channel as SendingChannel, attemptNo: attempt.attemptNo };
  const name = channelNames[attempt.channel] ?? attempt.channel;
  const events: TimelineEvent[] = [{ ...plain(attempt.markedAt, 'marked', `第 ${attempt.attemptNo} 次：经${name}发送`), ...base }];
  const meaning = attempt.code === null ? '' : explainCode(deps, attempt.channel, attempt.code).meaning.zh;
  if (attempt.settledAt && attempt.resolvedAt === null && attempt.state !== 'marked') {
    const text =
      attempt.state === 'accepted' ? '平台已受理' : attempt.state === 'refused' ? `发送失败：${meaning}` : `结果待核实：${meaning}`;
    events.push({ ...plain(attempt.settledAt, attempt.state, text), ...base, code: attempt.code });
  }
  if (attempt.settledAt && attempt.resolvedAt) {
    events.push({ ...plain(attempt.settledAt, 'unknown', `结果待核实：${meaning}`), ...base, code: attempt.code });
    const who = attempt.resolvedBy ? ((await officialName(deps.db, attempt.resolvedBy)) ?? '') : '系统';
    const outcome = attempt.state === 'accepted' ? '平台已受理' : '发送失败';
    events.push({ ...plain(attempt.resolvedAt, 'resolved', `${who}核实为${outcome}：${attempt.resolvedReason ?? ''}`), ...base });
  }
  if (attempt.receiptAt && attempt.receipt) {
    const text =
      attempt.receipt === 'delivered'
        ? '平台报告已送达'
        : `平台报告未送达：${explainCode(deps, attempt.channel, attempt.receiptCode ?? '').meaning.zh}`;
    events.push({ ...plain(attempt.receiptAt, 'receipt', text), ...base, code: attempt.receiptCode });
  }
  return events;
}

function labelOf(deps: Deps, address: Readonly<Record<string, unknown>>): string {
  if (typeof address.mobileSealed === 'string') return maskMobile(deps.sealer.open(mobilePurpose, address.mobileSealed));
  const id = String(address.openid ?? address.userId ?? '');
  return id.length <= 4 ? `${id.slice(0, 1)}***` : `${id.slice(0, 2)}***${id.slice(-2)}`;
}
