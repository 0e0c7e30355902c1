import { campaignDraft } from '@suiban/shared/api/campaign-schemas';
import type { CampaignCheck } from '@suiban/shared/api/campaigns';
import { addressKindOf } from '@suiban/shared/campaigns';
import { DomainError } from '@suiban/shared/errors';
import { enterpriseAttributes } from '../../enterprises';
import type { Deps } from '../../module';
import type { CampaignRow } from '../campaigns.repo';
import { draftOf, readAudience } from './draft';
import { problemInEnglish } from './english';
import { cardFit, type Facts, inboxOf, renderBody } from './render';

type Finding = CampaignCheck['findings'][number];
const error = (field: string, rule: string, detail: string, detailEn: string): Finding => ({
  severity: 'error',
  field,
  rule,
  detail,
  detailEn,
});

/** Everything that would stop a launch, and what is merely unwise, each with its field and rule. */
export function findingsOf(deps: Deps, row: CampaignRow, facts: Facts): readonly Finding[] {
  return [
    ...shapeFindings(row),
    ...subjectFindings(row, facts),
    ...audienceFindings(deps, row),
    ...planFindings(deps, row, facts),
    ...windowFindings(row, deps.clock.now()),
  ];
}

/** Stored by an older version of this program: it must still fit. */
function shapeFindings(row: CampaignRow): Finding[] {
  const parsed = campaignDraft.safeParse(draftOf(row));
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) =>
    error(
      issue.path.join('/'),
      'shape',
      '这一项的格式已经变化，请重新填写后保存',
      'The form of this entry has changed: fill it in again and save',
    ),
  );
}

function subjectFindings(row: CampaignRow, facts: Facts): Finding[] {
  if (row.kind === 'notice')
    return row.noticeText.trim() === '' ? [error('noticeText', 'required', '通知缺少正文', 'The notice has no text')] : [];
  if (!facts.document) return [error('questionnaire', 'required', '请选择一份已发布的问卷', 'Choose a published questionnaire')];
  return [];
}

function audienceFindings(deps: Deps, row: CampaignRow): Finding[] {
  try {
    readAudience(row.audience, enterpriseAttributes(deps.city), 'audience');
    return [];
  } catch (failure) {
    if (!(failure instanceof DomainError)) throw failure;
    return failure.errors.map(({ pointer, detail }) =>
      error(pointer, 'rule', detail, 'The audience rule is not complete or does not fit its attribute'),
    );
  }
}

function planFindings(deps: Deps, row: CampaignRow, facts: Facts): Finding[] {
  const inbox = inboxOf(row, facts);
  const problems = deps.channels.find('inbox', 'default')?.check({ channel: 'inbox', title: inbox.title, summary: inbox.summary }) ?? [];
  return [
    ...(row.plan.length === 0 ? [error('plan', 'required', '请至少选择一个渠道', 'Choose at least one channel')] : []),
    ...row.plan.flatMap((_step, index) => stepFindings(deps, row, facts, index)),
    ...problems.map((problem) => ({ ...problemFinding('inbox', problem), severity: 'warning' as const })),
  ];
}

function stepFindings(deps: Deps, row: CampaignRow, facts: Facts, index: number): Finding[] {
  const step = row.plan[index];
  if (!step) return [];
  const { account, body } = step;
  const at = `plan/${index}`;
  const isTwice = row.plan.findIndex((other) => addressKindOf(other.body) === addressKindOf(body)) < index;
  if (isTwice) return [error(at, 'twice', '同一个渠道只能出现一次', 'Each channel may appear only once')];
  const channel = deps.channels.find(body.channel, account);
  if (!channel)
    return [
      error(at, 'account', '这个渠道还没有配置，请系统管理员配置后再选', 'This channel is not set up yet: ask the system administrator'),
    ];
  const rendered = renderBody(body, facts);
  if (!rendered) {
    const fit = cardFit(facts);
    const reason = fit.ok ? { zh: '', en: '' } : fit.reason;
    return [error(`${at}/body/form`, 'card', `不能以卡片发送：${reason.zh}`, `Cannot be sent as a question card: ${reason.en}`)];
  }
  const isCard = rendered.channel === 'wecom' && rendered.form === 'card';
  const isShared = isCard && !row.exclusions.onePerPerson;
  return [...(isShared ? [sharedCard] : []), ...channel.check(rendered).map((problem) => problemFinding(`${at}/body`, problem))];
}

const sharedCard = error(
  'exclusions/onePerPerson',
  'card',
  '以卡片发送时，同一个人只能代表一家企业，请打开“同一经办人只发一次”',
  'A question card takes one enterprise per person: turn on “one message per person”',
);

/** What a channel says of a body. */
export const problemFinding = (at: string, { field, rule, detail }: { field: string; rule: string; detail: string }): Finding =>
  error(`${at}/${field}`, rule, detail, problemInEnglish(field, rule));

function windowFindings({ startAt, notAfterAt, closesAt }: CampaignRow, now: Date): Finding[] {
  const findings: Finding[] = [];
  if (closesAt <= now) findings.push(error('window/closesAt', 'past', '填报截止时间已经过去', 'The closing time has passed'));
  if (notAfterAt && notAfterAt <= now)
    findings.push(error('window/notAfterAt', 'past', '最晚发送时间已经过去', 'The latest sending time has passed'));
  if (notAfterAt && notAfterAt > closesAt)
    findings.push(error('window/notAfterAt', 'order', '最晚发送时间应早于填报截止时间', 'Sending must end before answers close'));
  if (startAt && startAt >= (notAfterAt ?? closesAt))
    findings.push(
      error(
        'window/startAt',
        'order',
        '开始发送时间应早于最晚发送时间和填报截止时间',
        'Sending must start before it ends and before answers close',
      ),
    );
  return findings;
}

/** @throws DomainError campaigns:content-not-sendable naming each */
export function requireSendable(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  throw new DomainError('campaigns:content-not-sendable', undefined, {
    errors: errors.map(({ field, detail }) => ({ pointer: `/${field}`, detail })),
  });
}
