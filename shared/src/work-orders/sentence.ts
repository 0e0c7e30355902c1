import { type CivilDate, formatDateWithWeekday } from '../time';
import type { Language } from '../words';
import type { WorkOrderState } from './states';
import type { WorkOrderFacts } from './step';

/** What the sentence needs besides the state. */
export interface SentenceFacts extends Pick<WorkOrderFacts, 'state' | 'closedBy' | 'solved' | 'reopenCount'> {
  readonly bureauName: string | null;
  /** By when the reply is due, or the rating while it is awaited. */
  readonly dueOn: CivilDate | null;
  readonly isProvisional: boolean;
  readonly isOverdue: boolean;
}

function whenZh({ dueOn, isProvisional, isOverdue }: SentenceFacts): string {
  if (dueOn === null) return '';
  if (isOverdue) return `，原定 ${formatDateWithWeekday(dueOn, 'zh')}前答复，已超期，督办人员会跟进`;
  return `，预计 ${formatDateWithWeekday(dueOn, 'zh')}前答复${isProvisional ? '（节假日安排公布后可能调整）' : ''}`;
}

function whenEn({ dueOn, isProvisional, isOverdue }: SentenceFacts): string {
  if (dueOn === null) return '';
  if (isOverdue) return `; the reply was due by ${formatDateWithWeekday(dueOn, 'en')} and is late`;
  return `; a reply is expected by ${formatDateWithWeekday(dueOn, 'en')}${isProvisional ? ' (may move when holidays are announced)' : ''}`;
}

const zhOf: Readonly<Record<WorkOrderState, (facts: SentenceFacts, bureau: string) => string>> = {
  'to-assign': (facts) => `已收到，正在为您分派办理单位${whenZh(facts)}`,
  'to-accept': (facts, bureau) => `已转给${bureau}，等待签收${whenZh(facts)}`,
  handling: (facts, bureau) => `${bureau}正在${facts.reopenCount > 0 ? '重新' : ''}办理${whenZh(facts)}`,
  'reply-review': (facts, bureau) => `${bureau}已拟好答复，正在审核${whenZh(facts)}`,
  'awaiting-rating': (facts, bureau) =>
    `${bureau}已答复，请您评价是否解决${facts.dueOn ? `（${formatDateWithWeekday(facts.dueOn, 'zh')}前未评价将由系统办结）` : ''}`,
  closed: (facts) =>
    facts.closedBy === 'silence' ? '逾期未评价，系统办结' : facts.solved === 'yes' ? '已办结，您已确认解决' : '已办结，感谢您的评价',
};

const enOf: Readonly<Record<WorkOrderState, (facts: SentenceFacts, bureau: string) => string>> = {
  'to-assign': (facts) => `Received; a department is being found${whenEn(facts)}`,
  'to-accept': (facts, bureau) => `Passed to ${bureau}, not yet accepted${whenEn(facts)}`,
  handling: (facts, bureau) => `${bureau} is handling it${facts.reopenCount > 0 ? ' again' : ''}${whenEn(facts)}`,
  'reply-review': (facts, bureau) => `${bureau} has written a reply, which is under review${whenEn(facts)}`,
  'awaiting-rating': (facts, bureau) =>
    `${bureau} has replied: please say whether it is solved${facts.dueOn ? ` (closes by itself after ${formatDateWithWeekday(facts.dueOn, 'en')})` : ''}`,
  closed: (facts) =>
    facts.closedBy === 'silence'
      ? 'Not rated in time, closed by the system'
      : facts.solved === 'yes'
        ? 'Closed; you confirmed that it is solved'
        : 'Closed; thank you for your rating',
};

/** The state as a sentence for the firm: “区商务委正在办理，预计 11月27日（周五）前答复”. */
export const sentenceOf = (facts: SentenceFacts, language: Language = 'zh'): string =>
  language === 'zh'
    ? zhOf[facts.state](facts, facts.bureauName ?? '承办单位')
    : enOf[facts.state](facts, facts.bureauName ?? 'the department');
