import type { ChannelLimits } from '../channel';

/** 10 million a day (30 million with pay); sends to one person one after the other (43108). */
export const wechatMiniLimits: ChannelLimits = { recipientsPerCall: 1, recipientsPerSec: 500, perPersonPerMin: 30 };

interface FieldRule {
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

/**
 * By the letters of a template key: what its value may be.
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html (read 2026-11)
 */
export const fieldRules: Readonly<Record<string, FieldRule>> = {
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

/** undefined: WeChat has no such kind of field. */
export const fieldRuleOf = (key: string): FieldRule | undefined => {
  const kind = /^([a-z_]+?)\d{1,3}$/.exec(key)?.[1];
  return kind === undefined ? undefined : fieldRules[kind];
};
