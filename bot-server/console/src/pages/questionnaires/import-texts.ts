import type { Guess, ImportedKind } from '@suiban/shared/questionnaire-import';
import type { Lang } from '@suiban/shared/text';

type Texts<K extends string> = Readonly<Record<K, Readonly<Record<Lang, string>>>>;

const kinds: Texts<ImportedKind> = {
  single: { zh: '单选', en: 'single choice' },
  multiple: { zh: '多选', en: 'multiple choice' },
  dropdown: { zh: '下拉', en: 'dropdown' },
  text: { zh: '填空', en: 'text' },
  longText: { zh: '长文本', en: 'long text' },
  number: { zh: '数字', en: 'number' },
  scale: { zh: '量表', en: 'scale' },
  nps: { zh: '推荐度', en: 'NPS' },
  date: { zh: '日期', en: 'date' },
  mixed: { zh: '混有小题', en: 'mixed with sub-questions' },
  matrix: { zh: '矩阵', en: 'matrix' },
  ranking: { zh: '排序', en: 'ranking' },
  weight: { zh: '比重', en: 'weights' },
  table: { zh: '表格', en: 'table' },
  multiText: { zh: '多项填空', en: 'several texts' },
  slider: { zh: '滑条', en: 'slider' },
  upload: { zh: '上传', en: 'upload' },
  note: { zh: '说明', en: 'note' },
  unknown: { zh: '未知题型', en: 'unknown kind' },
};

const guessKinds: Texts<Guess['kind']> = {
  heading: { zh: '题目里粘连了小标题', en: 'A heading glued to a title' },
  numbering: { zh: '题目自带编号', en: 'Numbers inside the title' },
  scale: { zh: '选项是连续的分值，改为量表', en: 'Points in a row: make it a scale' },
  nps: { zh: '0 到 10 分，改为推荐度', en: '0 to 10: make it an NPS' },
  mixed: { zh: '选项里混着小题，拆成几道量表', en: 'Sub-questions among the options: split them' },
  optionLetters: { zh: '选项文字带编号', en: 'Letters inside the options' },
  otherText: { zh: '选项需要填写说明', en: 'An option that asks for words' },
  exclusive: { zh: '选项与其他互斥', en: 'An option that excludes the others' },
  multiple: { zh: '可以选多项，改为多选', en: 'Several may be chosen: make it multiple' },
  required: { zh: '必答标记', en: 'Required or not' },
  duplicate: { zh: '与前面的题目重复', en: 'Repeats an earlier question' },
  brokenTitle: { zh: '题目分成了几行', en: 'A title over several lines' },
  missingNumber: { zh: '缺少题号', en: 'No number' },
  inlineOptions: { zh: '选项写在一行里', en: 'Options on one line' },
  optionsAfterBlank: { zh: '题目与选项之间有空行', en: 'A blank line before the options' },
};

export const importedKindText = (kind: ImportedKind, lang: Lang): string => kinds[kind][lang];
export const guessKindText = (kind: Guess['kind'], lang: Lang): string => guessKinds[kind][lang];
