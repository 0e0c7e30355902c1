import type { QuestionKind } from '@suiban/shared/surveys';
import type { Lang } from '@suiban/shared/text';

const kinds: Record<QuestionKind, { zh: string; en: string }> = {
  single: { zh: '单选', en: 'Single choice' },
  multiple: { zh: '多选', en: 'Multiple choice' },
  dropdown: { zh: '下拉', en: 'Dropdown' },
  text: { zh: '填空', en: 'Text' },
  longText: { zh: '长文本', en: 'Long text' },
  number: { zh: '数字', en: 'Number' },
  scale: { zh: '量表', en: 'Scale' },
  nps: { zh: '推荐度（NPS）', en: 'NPS' },
  date: { zh: '日期', en: 'Date' },
};

export const kindText = (kind: QuestionKind, lang: Lang): string => kinds[kind][lang];
