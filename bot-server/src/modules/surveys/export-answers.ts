import { Readable } from 'node:stream';
import { industryLabel } from '@suiban/shared/enterprises';
import { answerText, type Question, questionsOf } from '@suiban/shared/surveys';
import { formatStamp } from '@suiban/shared/time';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Download } from '../../kernel/http/route';
import type { Deps } from '../module';
import { findSurveyCampaign } from './asked.repo';
import { documentOf } from './documents';
import { shownFirm } from './firm';
import { csvOf } from './sheets/csv';
import { xlsxOf } from './sheets/xlsx';
import { type AnswerRow, answersInOrder, type Via } from './submissions.repo';
import { mustOwnCampaign } from './surveys.policy';

const chunkSize = 500;

const viaWords: Readonly<Record<Via, string>> = {
  'wechat-mini': '微信小程序',
  'wechat-official': '微信服务号',
  'alipay-mini': '支付宝小程序',
  email: '邮件',
  wecom: '企业微信',
  sms: '短信链接',
  inbox: '站内消息',
  h5: '网页',
  liaison: '服务专员代填',
};

const visibilityWords = { public: '公开', 'industry-district': '仅公开行业和区', hidden: '不公开' } as const;

const fixedColumns = ['提交时间', '填报渠道', '企业名称', '名称公开范围', '行业', '区', '诉求数'] as const;

function cellsOf({ city }: Deps, row: AnswerRow, questions: readonly Question[]): (string | number)[] {
  const firm = shownFirm(row);
  const district = city.districts.find(({ code }) => code === firm.districtCode)?.name ?? firm.districtCode;
  return [
    formatStamp(row.submitted_at, city.timeZone),
    viaWords[row.via],
    firm.enterpriseName ?? '',
    visibilityWords[row.name_visibility],
    firm.industryCode === '' ? '' : (industryLabel(firm.industryCode, 'zh') ?? firm.industryCode),
    district,
    row.problem_count,
    ...questions.map((question) => answerText(question, row.answers[question.id]) ?? ''),
  ];
}

async function* chunksOf(deps: Deps, campaignId: string, questions: readonly Question[]) {
  for await (const rows of deps.db.stream(answersInOrder(campaignId), chunkSize)) yield rows.map((row) => cellsOf(deps, row, questions));
}

/**
 * 导出答卷, streamed: one row per answer, one column per question. Sensitive questions have no column; who took the file is recorded.
 * @throws DomainError kernel:not-found
 */
export async function exportAnswers(deps: Deps, actor: OfficialActor, campaignId: string, format: 'csv' | 'xlsx'): Promise<Download> {
  const campaign = mustOwnCampaign(actor, await findSurveyCampaign(deps.db, campaignId));
  const document = await documentOf(deps.db, campaign);
  const questions = questionsOf(document).filter((question) => !question.sensitive);
  await deps.db.tx((tx) =>
    deps.audit.record(tx, {
      aggregate: 'campaign',
      aggregateId: campaignId,
      action: 'campaign.answers-exported',
      actor,
      after: { format },
    }),
  );
  const header = [...fixedColumns, ...questions.map((question, at) => `${at + 1}. ${question.title.zh}`)];
  const fileName = `${document.title.zh}-答卷.${format}`;
  const chunks = chunksOf(deps, campaignId, questions);
  return format === 'csv'
    ? { fileName, mimeType: 'text/csv; charset=utf-8', stream: Readable.from(csvOf(header, chunks)) }
    : { fileName, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', stream: xlsxOf(header, chunks, '答卷') };
}
