import { type CivilDate, isCivilDate } from '../time/civil-date';
import type { Checked } from './checked';
import { normaliseCode } from './normalise';

/** GB 11643-1999 */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkDigits = '10X98765432';

export type IdNumberRule = 'length' | 'alphabet' | 'birth-date' | 'check';

/**
 * Checks a citizen's ID number. Region codes are not judged: 81, 82, 83 (residence permits of Hong Kong, Macao, Taiwan) and 9 (foreign
 * permanent residents) have the same format, and regions are renamed every year. `today` is the date in the city's zone.
 */
export function checkIdNumber(text: string, today: CivilDate): Checked<IdNumberRule> {
  const number = normaliseCode(text);
  if (number.length !== 18) return { ok: false, rule: 'length', detail: `身份证号码应为 18 位，现有 ${number.length} 位，请补全` };
  const wrong = [...number].findIndex((char, index) => !(index === 17 ? /[\dX]/ : /\d/).test(char));
  if (wrong >= 0) {
    const allowed = wrong === 17 ? '数字或 X' : '数字';
    return { ok: false, rule: 'alphabet', detail: `身份证号码第 ${wrong + 1} 位应为${allowed}，现为“${number.charAt(wrong)}”` };
  }
  const bornOn = birthDateOf(number);
  if (!isCivilDate(bornOn)) return { ok: false, rule: 'birth-date', detail: '身份证号码第 7 至 14 位不是有效的出生日期，请核对' };
  if (bornOn > today) return { ok: false, rule: 'birth-date', detail: '身份证号码中的出生日期晚于今天，请核对第 7 至 14 位' };
  if (number[17] !== checkDigitOf(number.slice(0, 17))) return { ok: false, rule: 'check', detail: '身份证号码校验未通过，请逐位核对' };
  return { ok: true, value: number };
}

/** Birth date of a checked number. */
export const birthDateOf = (number: string): CivilDate => `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;

const checkDigitOf = (first17: string): string =>
  checkDigits.charAt(weights.reduce<number>((sum, weight, index) => sum + weight * Number(first17.charAt(index)), 0) % 11);
