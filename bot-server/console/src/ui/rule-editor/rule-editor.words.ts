import type { Operator, RuleFinding } from '@suiban/shared/rules';
import { dictionary, type Lang } from '@suiban/shared/text';

export const ruleWords = dictionary(
  {
    all: '满足全部',
    any: '满足任一',
    none: '全都不满足',
    notAll: '不同时满足',
    mode: '这一组的条件如何组合',
    addCondition: '添加条件',
    addGroup: '添加条件组',
    attribute: '按什么判断',
    pickAttribute: '选择属性',
    operator: '比较方式',
    value: '取值',
    low: '下限',
    high: '上限',
    to: '至',
    pickValues: '选择一项或多项',
    typeValues: '输入后按回车，可多个',
    pickValue: '请选择',
    wan: '万元',
    yes: '是',
    no: '否',
    condition: '条件 {number}',
    group: '条件组 {number}',
    duplicate: '复制',
    remove: '删除',
    up: '上移',
    down: '下移',
    added: '已添加条件',
    duplicated: '已复制条件',
    removed: '已删除',
    moved: '已移动',
    unfinished: '请选择属性和取值',
    unfinishedValue: '请填写取值',
    empty: '还没有条件，将对全部对象成立',
    incomplete: '条件填完后，这里用一句话说明规则',
    sentence: '规则说明',
    prefix: '{text}：',
    keys: '键盘：Alt+Enter 在下方添加，Alt+C 复制，Alt+Backspace 删除，Alt+↑↓ 移动',
  },
  {
    all: 'All of',
    any: 'Any of',
    none: 'None of',
    notAll: 'Not all of',
    mode: 'How the conditions of this group combine',
    addCondition: 'Add condition',
    addGroup: 'Add group',
    attribute: 'Judged by',
    pickAttribute: 'Choose an attribute',
    operator: 'Comparison',
    value: 'Value',
    low: 'From',
    high: 'To',
    to: 'to',
    pickValues: 'Choose one or more',
    typeValues: 'Type and press Enter; several allowed',
    pickValue: 'Choose',
    wan: '×10,000 yuan',
    yes: 'Yes',
    no: 'No',
    condition: 'Condition {number}',
    group: 'Group {number}',
    duplicate: 'Duplicate',
    remove: 'Remove',
    up: 'Move up',
    down: 'Move down',
    added: 'Condition added',
    duplicated: 'Condition duplicated',
    removed: 'Removed',
    moved: 'Moved',
    unfinished: 'Choose an attribute and a value',
    unfinishedValue: 'Fill in the value',
    empty: 'No condition yet: it holds for everyone',
    incomplete: 'Once the conditions are complete, the rule is said here in one sentence',
    sentence: 'The rule in words',
    prefix: '{text}: ',
    keys: 'Keys: Alt+Enter add below, Alt+C duplicate, Alt+Backspace remove, Alt+↑↓ move',
  },
);

const operatorTexts: Readonly<Record<Operator, Record<Lang, string>>> = {
  eq: { zh: '等于', en: 'is' },
  ne: { zh: '不等于', en: 'is not' },
  in: { zh: '是其中之一', en: 'is one of' },
  notIn: { zh: '不是其中任何一项', en: 'is none of' },
  lt: { zh: '少于', en: 'is under' },
  lte: { zh: '不超过', en: 'is at most' },
  gt: { zh: '超过', en: 'is over' },
  gte: { zh: '不少于', en: 'is at least' },
  between: { zh: '介于（含两端）', en: 'is between' },
  contains: { zh: '包含', en: 'has' },
  containsAny: { zh: '包含其中之一', en: 'has one of' },
  containsAll: { zh: '同时包含', en: 'has all of' },
  startsWith: { zh: '属于', en: 'is within' },
  isKnown: { zh: '已填写', en: 'is known' },
  isUnknown: { zh: '未填写', en: 'is not known' },
};

const dateTexts: Readonly<Partial<Record<Operator, Record<Lang, string>>>> = {
  lt: { zh: '早于', en: 'is before' },
  lte: { zh: '不晚于', en: 'is on or before' },
  gt: { zh: '晚于', en: 'is after' },
  gte: { zh: '不早于', en: 'is on or after' },
};

const plainTextStart = { zh: '开头是', en: 'begins with' };

export function operatorText(operator: Operator, of: { type: string; options?: unknown }, lang: Lang): string {
  if (operator === 'startsWith' && !of.options) return plainTextStart[lang];
  return ((of.type === 'date' ? dateTexts[operator] : undefined) ?? operatorTexts[operator])[lang];
}

const findingTexts: Readonly<Record<RuleFinding['code'], string>> = {
  'unknown-attribute': 'This attribute does not exist any more: choose another',
  'wrong-operator': 'This attribute cannot be compared like this',
  'wrong-value': 'This value does not fit the attribute',
  'unknown-option': 'This option does not exist',
  'empty-group': 'This group has no condition yet',
  'impossible-range': 'The lower bound is above the upper one',
  'never-true': 'These conditions contradict each other: nothing can satisfy them',
  'always-true': 'This always holds: it filters nothing',
  'repeated-condition': 'Repeats a condition above',
};

/** The checker speaks Chinese; its code is what the English text goes by. */
export const findingText = (finding: RuleFinding, lang: Lang): string => (lang === 'zh' ? finding.detail : findingTexts[finding.code]);
