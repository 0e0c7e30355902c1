import { Readable } from 'node:stream';
import { awaitingStaffWords, channelWords, deliveryStateWords } from '@suiban/shared/campaigns';
import { civilDateAt, formatStamp } from '@suiban/shared/time';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Download } from '../../kernel/http/route';
import { type DeliveryRow, selectDeliveries } from '../dispatch';
import type { Deps } from '../module';
import { explainCode } from './board/reasons';
import { requireStep } from './campaigns.policy';
import { requireCampaign, stepFacts } from './loading';

const header = [
  '序号',
  '企业名称',
  '统一社会信用代码',
  '区代码',
  '状态',
  '渠道',
  '发送次数',
  '说明',
  '完成时间',
  '打开时间',
  '填报时间',
  '演示数据',
];
const chunkRows = 500;

/** Streams through a cursor: memory does not grow with the audience. @throws DomainError campaigns:wrong-state */
export async function exportDeliveries(deps: Deps, actor: OfficialActor, campaignId: string, state: string | undefined): Promise<Download> {
  const row = await requireCampaign(deps.db, campaignId);
  requireStep(actor, row, await stepFacts(deps, deps.db, row, actor), 'export');
  const change = { aggregate: 'campaign', aggregateId: row.id, action: 'campaign.exported', actor, after: { state: state ?? 'all' } };
  await deps.db.tx((tx) => deps.audit.record(tx, change));
  const on = civilDateAt(deps.clock.now(), deps.city.timeZone);
  return {
    fileName: `接收企业-${row.id}-${on}.csv`,
    mimeType: 'text/csv; charset=utf-8',
    stream: Readable.from(linesOf(deps, row.id, state)),
  };
}

/** The byte order mark is for spreadsheets, which take the file for GB18030 without it. */
async function* linesOf(deps: Deps, campaignId: string, state: string | undefined): AsyncGenerator<string> {
  yield `\uFEFF${header.join(',')}\r\n`;
  const rows = selectDeliveries(campaignId, { afterSeq: 0, limit: 100_000_000, ...(state ? { state } : {}) });
  for await (const chunk of deps.db.stream<DeliveryRow>(rows, chunkRows)) yield chunk.map((row) => lineOf(deps, row)).join('');
}

function lineOf(deps: Deps, row: DeliveryRow): string {
  const at = (instant: Date | null): string => (instant ? formatStamp(instant, deps.city.timeZone) : '');
  const said = row.code === null ? '' : explainCode(deps, row.channel, row.code).meaning.zh;
  const cells = [
    String(row.seq),
    row.name,
    row.creditCode,
    row.districtCode,
    (row.awaitsStaff ? awaitingStaffWords : deliveryStateWords[row.state]).zh,
    row.channel ? channelWords[row.channel].zh : '',
    String(row.attempts),
    said,
    at(row.settledAt),
    at(row.openedAt),
    at(row.answeredAt),
    row.isDemo ? '演示数据' : '',
  ];
  return `${cells.map(cellOf).join(',')}\r\n`;
}

/** A cell that begins like a formula is made text: spreadsheets would run it. */
function cellOf(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
