/**
 * What a value of each keyword type may be. @see 小程序 · 订阅消息参数值内容限制说明 (read 2026-07-30)
 */
const HAN = /\p{Script=Han}/u;
const SYMBOLS = '\\p{P}\\p{S}';
const CLOCK = '([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?';
const DAY =
  '(\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{4}年\\d{1,2}月|\\d{1,2}月\\d{1,2}日|\\d{4}(?<sep>[-/.])\\d{1,2}\\k<sep>\\d{1,2}|\\d{4}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2})';

const range = (one: RegExp): ((value: string) => boolean) => {
  const whole = new RegExp(`^${one.source}$`);
  return (value) => {
    const ends = value.split('~').map((end) => end.trim());
    return ends.length <= 2 && ends.every((end) => whole.test(end));
  };
};

const isTime = range(new RegExp(`(${DAY} ?)?${CLOCK}`));
const isDate = range(new RegExp(`${DAY}( ?${CLOCK})?`));
const length = (value: string): number => [...value].length;

const RULES: Readonly<Record<string, (value: string) => boolean>> = {
  thing: (value) => length(value) <= 20,
  number: (value) => /^\d+(\.\d+)?$/.test(value) && value.length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => new RegExp(`^[${SYMBOLS}]{1,5}$`, 'u').test(value),
  character_string: (value) => new RegExp(`^[0-9A-Za-z ${SYMBOLS}]{1,32}$`, 'u').test(value),
  time: isTime,
  date: isDate,
  amount: (value) => /^\p{Sc}?\d{1,10}(\.\d+)?元?$/u.test(value),
  phone_number: (value) => new RegExp(`^[0-9 ${SYMBOLS}]{1,17}$`, 'u').test(value),
  car_number: (value) => /^[\p{Script=Han}0-9A-Z][0-9A-Z]{0,6}[\p{Script=Han}0-9A-Z]?$/iu.test(value) && length(value) <= 8,
  name: (value) =>
    HAN.test(value)
      ? new RegExp(`^[A-Za-z ·\\p{Script=Han}${SYMBOLS}]{1,10}$`, 'u').test(value)
      : new RegExp(`^[A-Za-z ${SYMBOLS}]{1,20}$`, 'u').test(value),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
};

/** `enumValues`: what an enum keyword may say. Unknown types pass nothing. */
export function isFieldValid(key: string, value: string, enumValues: readonly string[] = []): boolean {
  const type = key.replace(/\d+$/, '');
  if (value.trim() === '' || /[\p{Cc}\u2028\u2029]/u.test(value)) return false;
  if (type === 'enum') return enumValues.includes(value);
  return RULES[type]?.(value) ?? false;
}
