import type { ImportedKind } from './imported';

/** What 问卷星 calls its kinds of question in the bracket. */
const kindByName: Readonly<Record<string, ImportedKind>> = {
  单选题: 'single',
  单选: 'single',
  判断题: 'single',
  多选题: 'multiple',
  多选: 'multiple',
  不定项选择题: 'multiple',
  下拉题: 'dropdown',
  下拉框: 'dropdown',
  下拉框单选: 'dropdown',
  填空题: 'text',
  填空: 'text',
  单项填空题: 'text',
  单行填空题: 'text',
  多行填空题: 'longText',
  简答题: 'longText',
  问答题: 'longText',
  数字题: 'number',
  数值题: 'number',
  日期题: 'date',
  量表题: 'scale',
  评分题: 'scale',
  NPS题: 'nps',
  NPS量表题: 'nps',
  矩阵单选题: 'matrix',
  矩阵多选题: 'matrix',
  矩阵量表题: 'matrix',
  矩阵填空题: 'matrix',
  矩阵滑动条: 'matrix',
  排序题: 'ranking',
  比重题: 'weight',
  表格数值题: 'table',
  表格填空题: 'table',
  表格下拉框: 'table',
  表格组合题: 'table',
  多项填空题: 'multiText',
  滑动条: 'slider',
  文件上传题: 'upload',
  上传文件: 'upload',
  段落说明: 'note',
};

const requiredWords = new Set(['必答题', '必答', '必填', '不能为空', '必须填', '必须填写', '必选']);
const optionalWords = new Set(['非必答题', '非必答', '选填', '选答', '可以为空', '可不填', '非必填']);

const supported: ReadonlySet<ImportedKind> = new Set([
  'single',
  'multiple',
  'dropdown',
  'text',
  'longText',
  'number',
  'scale',
  'nps',
  'date',
]);

/** Whether the survey engine has the kind. */
export const isSupportedKind = (kind: ImportedKind): boolean => supported.has(kind);

export const hasOptions = (kind: ImportedKind): boolean =>
  kind === 'single' || kind === 'multiple' || kind === 'dropdown' || kind === 'scale' || kind === 'nps';

/** What one bracket says: a kind, whether an answer is needed, both, or (undefined) nothing that we know. */
export function readBracket(content: string): { writtenType?: string; kind?: ImportedKind; required?: boolean } | undefined {
  let found: { writtenType?: string; kind?: ImportedKind; required?: boolean } = {};
  for (const word of content.split(/[\s,，、;；|/]+/)) {
    const name = word.replace(/^nps/i, 'NPS');
    // Own properties only: a bracket may say "constructor".
    const kind = Object.hasOwn(kindByName, name) ? kindByName[name] : undefined;
    if (word === '') continue;
    if (requiredWords.has(word)) found = { ...found, required: true };
    else if (optionalWords.has(word)) found = { ...found, required: false };
    else if (kind !== undefined) found = { ...found, writtenType: word, kind };
    else if (/^[\u4e00-\u9fffA-Za-z]{1,12}题$/.test(word)) found = { ...found, writtenType: word, kind: 'unknown' };
    else return undefined;
  }
  return found.kind !== undefined || found.required !== undefined ? found : undefined;
}
