import type { Checked } from './checked';
import { normaliseCode } from './normalise';

export type MobileRule = 'length' | 'alphabet' | 'prefix';

/** Checks a mobile number of the mainland; `value` is its 11 digits, without +86, spaces, hyphens or brackets. */
export function checkMobile(text: string): Checked<MobileRule> {
  const digits = normaliseCode(text)
    .replace(/[-–—‐‑()（）]/g, '')
    .replace(/^(?:\+|00)86(?=\d)/, '')
    .replace(/^86(?=1\d{10}$)/, '');
  const wrong = /[^\d]/.exec(digits);
  if (wrong) return { ok: false, rule: 'alphabet', detail: `手机号码只能是数字，不能有“${[...digits.slice(wrong.index)][0]}”` };
  if (digits.length !== 11) return { ok: false, rule: 'length', detail: `手机号码应为 11 位，现有 ${digits.length} 位，请补全` };
  if (!/^1[3-9]/.test(digits)) return { ok: false, rule: 'prefix', detail: '手机号码应以 13 至 19 开头，请核对' };
  return { ok: true, value: digits };
}
