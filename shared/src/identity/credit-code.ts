import type { Checked } from './checked';
import { normaliseCode } from './normalise';

/** GB 32100-2015: no I, O, S, V, Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** 3^i mod 31, GB 32100-2015. */
const outerWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
/** GB 11714-1997, of the organisation code in characters 9 to 17. */
const innerWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const;

export type CreditCodeRule = 'length' | 'alphabet' | 'inner-check' | 'outer-check';

/** Checks a unified social credit code, normalised first (spaces, full-width forms, lower case). */
export function checkCreditCode(text: string): Checked<CreditCodeRule> {
  const code = normaliseCode(text);
  if (code.length !== 18) {
    return { ok: false, rule: 'length', detail: `统一社会信用代码应为 18 位，现有 ${code.length} 位，请对照营业执照补全` };
  }
  const wrong = wrongCharacter(code);
  if (wrong) return { ok: false, rule: 'alphabet', detail: wrong };
  if (code[16] !== innerCheckOf(code.slice(8, 16))) {
    return { ok: false, rule: 'inner-check', detail: '统一社会信用代码第 9 至 17 位（主体标识码）校验未通过，请逐位核对这几位' };
  }
  if (code[17] !== outerCheckOf(code.slice(0, 17))) {
    return { ok: false, rule: 'outer-check', detail: '统一社会信用代码校验未通过，请逐位核对（18 位，不含 I、O、Z、S、V）' };
  }
  return { ok: true, value: code };
}

/** Letters that are left out because they look like digits, and the digit that was probably meant. */
const lookAlikes: Readonly<Record<string, string>> = { I: '1', O: '0', S: '5', Z: '2' };

function wrongCharacter(code: string): string | undefined {
  for (const [index, char] of [...code].entries()) {
    const place = `统一社会信用代码第 ${index + 1} 位`;
    if (!alphabet.includes(char)) {
      const meant = lookAlikes[char];
      return `${place}不能是“${char}”${meant ? `，请核对是否为数字 ${meant}` : '，请核对'}（代码不含 I、O、Z、S、V）`;
    }
    if (index >= 2 && index <= 7 && !/\d/.test(char)) return `${place}应为数字，现为“${char}”（第 3 至 8 位是登记机关所在地的 6 位数字）`;
  }
  return undefined;
}

function outerCheckOf(first17: string): string {
  const sum = outerWeights.reduce<number>((total, weight, index) => total + weight * alphabet.indexOf(first17.charAt(index)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** Letters count 10 to 35 here, I, O, S, V and Z included, unlike in the outer alphabet. */
function innerCheckOf(first8: string): string {
  const sum = innerWeights.reduce<number>((total, weight, index) => total + weight * Number.parseInt(first8.charAt(index), 36), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/**
 * A valid code for synthetic data: registrar 9 (market supervision), class 1 or 2, an organisation code that begins with MA.
 * `random` gives numbers in [0, 1); the same sequence gives the same code. @throws {RangeError} where the district is not 6 digits
 */
export function makeCreditCode(random: () => number, districtCode: string): string {
  if (!/^\d{6}$/.test(districtCode)) throw new RangeError(`district code: ${districtCode}`);
  const pick = (from: string) => from.charAt(Math.floor(random() * from.length));
  const body = `MA${Array.from({ length: 6 }, () => pick(alphabet)).join('')}`;
  const first17 = `9${pick('1112')}${districtCode}${body}${innerCheckOf(body)}`;
  return first17 + outerCheckOf(first17);
}
