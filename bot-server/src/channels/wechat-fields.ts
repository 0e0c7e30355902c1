import type { MessageTemplate } from './channel';
import type { Problem } from './content';

/** What the values of a template's keys may be, by the letters of the key. */
export interface FieldRule {
  readonly rule: string;
  readonly fits: (value: string) => boolean;
}

const lengthOf = (text: string): number => [...text].length;
const hanOnly = /^\p{Script=Han}+$/u;
const dateText = String.raw`\d{4}[年\-/.]\d{1,2}([月\-/.](\d{1,2}日?)?)?`;
const timeText = String.raw`\d{1,2}:\d{2}(:\d{2})?`;
const date = new RegExp(`^${dateText}( ?${timeText})?( ?~ ?${dateText}( ?${timeText})?)?$`);
const time = new RegExp(`^(${dateText} ?)?${timeText}( ?~ ?(${dateText} ?)?${timeText})?$`);

/** Han counts the whole name as Han: 10; else 20 letters or symbols. */
const isName = (value: string): boolean => lengthOf(value) <= (/\p{Script=Han}/u.test(value) ? 10 : 20);

const rules: Readonly<Record<string, FieldRule>> = {
  thing: { rule: '20 个字以内', fits: (value) => lengthOf(value) <= 20 },
  number: { rule: '32 位以内的数字，可带小数', fits: (value) => /^\d{1,32}(\.\d{1,31})?$/.test(value) && value.length <= 32 },
  letter: { rule: '32 个以内的字母', fits: (value) => /^[A-Za-z]{1,32}$/.test(value) },
  symbol: { rule: '5 个以内的符号', fits: (value) => lengthOf(value) <= 5 && /^[^\p{L}\p{N}]+$/u.test(value) },
  character_string: { rule: '32 个以内的数字、字母或符号', fits: (value) => lengthOf(value) <= 32 && !/\p{Script=Han}/u.test(value) },
  time: { rule: '24 小时制时间，前面可带日期，如 2026年11月27日 18:00', fits: (value) => time.test(value) },
  date: { rule: '日期，可带时间，如 2026年11月27日', fits: (value) => date.test(value) },
  amount: {
    rule: '1 个币种符号和 10 位以内的数字，可带小数，末尾可带“元”',
    fits: (value) => /^[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?$/.test(value),
  },
  phone_number: { rule: '17 位以内的数字或符号', fits: (value) => /^[\d+\-() ]{1,17}$/.test(value) },
  car_number: {
    rule: '8 位以内，首末位可为汉字',
    fits: (value) => /^\p{Script=Han}?[A-Za-z0-9]{1,7}\p{Script=Han}?$/u.test(value) && lengthOf(value) <= 8,
  },
  name: { rule: '10 个以内的汉字，或 20 个以内的字母、符号', fits: isName },
  phrase: { rule: '5 个以内的汉字', fits: (value) => lengthOf(value) <= 5 && hanOnly.test(value) },
  enum: { rule: '模板列出的取值之一', fits: () => true },
};

export type FieldRuleOf = (key: string) => FieldRule | undefined;

/**
 * undefined: there is no such kind of field. `further`: kinds that only one sort of account has.
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html (read 2026-11)
 */
export const fieldRulesOf =
  (further: Readonly<Record<string, FieldRule>> = {}): FieldRuleOf =>
  (key) => {
    const kind = /^([a-z_]+?)\d{1,3}$/.exec(key)?.[1];
    return [further, rules].find((known) => kind !== undefined && Object.hasOwn(known, kind))?.[kind ?? ''];
  };

const controls = /[\p{Cc}\u2028\u2029]/u;

/** Each field by the rule of its kind; the platform would answer 47003 and name only the first. */
export function checkTemplate(content: { templateId: string; data: Readonly<Record<string, string>> }, ruleOf: FieldRuleOf): Problem[] {
  const problems: Problem[] = [];
  if (content.templateId === '') problems.push({ field: 'templateId', rule: 'required', detail: '请选择消息模板' });
  const entries = Object.entries(content.data);
  if (entries.length === 0) problems.push({ field: 'data', rule: 'required', detail: '请填写模板的字段' });
  for (const [key, value] of entries) problems.push(...checkField(key, value, ruleOf(key)));
  return problems;
}

function checkField(key: string, value: string, rule: FieldRule | undefined): Problem[] {
  const field = `data/${key}`;
  if (!rule) return [{ field, rule: 'key', detail: `模板里没有“${key}”这种字段` }];
  if (value.trim() === '') return [{ field, rule: 'required', detail: `字段 ${key} 不能为空` }];
  if (controls.test(value)) return [{ field, rule: 'characters', detail: `字段 ${key} 不能换行或含有控制字符` }];
  return rule.fits(value)
    ? []
    : [{ field, rule: 'format', detail: `字段 ${key} 应为${rule.rule}，现在是“${value}”（${[...value].length} 个字）` }];
}

/** `问卷名称:{{thing1.DATA}}` on each line of a template's content. */
export const fieldsOf = (content: string, ruleOf: FieldRuleOf): MessageTemplate['fields'] =>
  [...content.matchAll(/^\s*(.*?)[:：]?\s*\{\{(\w+)\.DATA\}\}/gm)].map(([, name = '', key = '']) => ({
    key,
    name,
    rule: ruleOf(key)?.rule ?? '',
  }));

/** Values of a send, in the order of their keys: the same call gives the same bytes. */
export const dataOf = (data: Readonly<Record<string, string>>): Readonly<Record<string, { value: string }>> =>
  Object.fromEntries(
    Object.keys(data)
      .sort()
      .map((key) => [key, { value: data[key] ?? '' }]),
  );

/** The page opens with the personal token alone; the host of the link is for browsers. */
export function pageOf(page: string, link: string): string {
  const token = link.slice(link.lastIndexOf('/') + 1);
  return `${page}${page.includes('?') ? '&' : '?'}link=${encodeURIComponent(token)}`;
}
