import type { Language, LocalText } from '../../words';
import { textIn } from '../../words';
import {
  type AnswerAttribute,
  type Bar,
  type BrokenRule,
  broken,
  type CardPart,
  type ConfigFinding,
  cannotBeCard,
  configError,
  configWarning,
} from '../question-type';
import { list, localText, matching, optional, type Read, record, yesNo } from '../reading';

export const choiceLimits = { options: 200, labelLength: 200, otherLength: 200, otherTexts: 50 } as const;

export interface Option {
  readonly id: string;
  readonly label: LocalText;
  /** “其他”: asks for words of one's own, which are then required. */
  readonly withText?: boolean;
}

export const optionFields = {
  id: matching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, '选项编号只能含字母、数字、_ 和 -', 'option ids hold letters, digits, _ and - only'),
  label: localText({ max: choiceLimits.labelLength }),
  withText: optional(yesNo),
};

export const option: Read<Option> = record<Option>(optionFields);
export const options: Read<readonly Option[]> = list(option, { max: choiceLimits.options });

export const newOptions = (): readonly Option[] => [
  { id: 'o1', label: { zh: '选项一', en: 'Option 1' } },
  { id: 'o2', label: { zh: '选项二', en: 'Option 2' } },
];

export function checkOptions(given: readonly Option[]): ConfigFinding[] {
  const findings: ConfigFinding[] = [];
  if (given.length === 0)
    findings.push(configError('options', 'empty-options', '还没有选项，请至少添加两个', 'no options yet: add at least two'));
  if (given.length === 1)
    findings.push(configWarning('options', 'single-option', '只有一个选项，等于没有选择', 'a single option is no choice'));
  const ids = new Set<string>();
  const labels = new Set<string>();
  given.forEach((each, at) => {
    const label = each.label.zh.trim();
    if (label === '') {
      findings.push(configError(`options/${at}/label`, 'empty-option', `第 ${at + 1} 个选项没有文字`, `option ${at + 1} has no text`));
    } else if (labels.has(label)) {
      findings.push(configWarning(`options/${at}/label`, 'duplicate-option', `选项“${label}”重复`, `option "${label}" appears twice`));
    }
    if (ids.has(each.id)) {
      findings.push(
        configError(`options/${at}/id`, 'duplicate-option-id', `选项编号“${each.id}”重复`, `option id "${each.id}" appears twice`),
      );
    }
    ids.add(each.id);
    labels.add(label);
  });
  return findings;
}

export const findOption = (given: readonly Option[], id: unknown): Option | undefined => given.find((each) => each.id === id);

/** The words of “其他”: needed with an option that asks for them, not to be there otherwise. */
export function checkOtherText(asksFor: boolean, otherText: unknown): BrokenRule | undefined {
  const given = typeof otherText === 'string' ? otherText.trim() : '';
  if (otherText !== undefined && otherText !== null && typeof otherText !== 'string')
    return broken('type', '补充说明应为文字', 'details must be text');
  if (asksFor && given === '') return broken('other-text', '选择“其他”时请写明具体内容', 'please say what you mean by "other"');
  if (!asksFor && given !== '') return broken('other-text', '所选的选项不需要补充说明', 'the chosen option takes no details');
  if (given.length > choiceLimits.otherLength) {
    return broken(
      'max-length',
      `补充说明不能超过 ${choiceLimits.otherLength} 个字`,
      `details hold at most ${choiceLimits.otherLength} characters`,
    );
  }
  return undefined;
}

export const labelWith = (each: Option, otherText: string | undefined, language: Language): string => {
  const label = textIn(each.label, language);
  if (!each.withText || !otherText) return label;
  return language === 'zh' ? `${label}：${otherText}` : `${label}: ${otherText}`;
};

export const attributeOptions = (given: readonly Option[]): NonNullable<AnswerAttribute['options']> =>
  given.map((each) => ({ value: each.id, label: { zh: each.label.zh, en: each.label.en ?? each.label.zh } }));

export function optionsCard(given: readonly Option[], mode: 'single' | 'multiple', language: Language): CardPart {
  if (given.some((each) => each.withText)) {
    return cannotBeCard('卡片里不能填写“其他”的说明', 'a card has no field for the details of "other"');
  }
  return { ok: true, mode, options: given.map((each) => ({ id: each.id, text: textIn(each.label, language) })) };
}

/** Counts per option id, and the first words of “其他”. */
export interface ChoiceTally {
  answered: number;
  readonly counts: Record<string, number>;
  readonly otherTexts: string[];
}

export const emptyTally = (): ChoiceTally => ({ answered: 0, counts: {}, otherTexts: [] });

export function addChoice(tally: ChoiceTally, ids: readonly string[], otherText: string | undefined): ChoiceTally {
  tally.answered += 1;
  for (const id of ids) tally.counts[id] = (tally.counts[id] ?? 0) + 1;
  if (otherText !== undefined && tally.otherTexts.length < choiceLimits.otherTexts) tally.otherTexts.push(otherText);
  return tally;
}

export const choiceBars = (given: readonly Option[], tally: ChoiceTally): readonly Bar[] =>
  given.map((each) => {
    const count = tally.counts[each.id] ?? 0;
    return {
      key: each.id,
      label: { zh: each.label.zh, en: each.label.en ?? each.label.zh },
      count,
      share: tally.answered === 0 ? 0 : count / tally.answered,
    };
  });
