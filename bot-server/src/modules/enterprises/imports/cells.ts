import { toHalfWidth } from '@suiban/shared/text';

/** A broken rule of one cell. */
export interface CellFault {
  readonly rule: string;
  readonly message: string;
}
export type CellResult<T> = { readonly value: T } | { readonly fault: CellFault };

const fault = (rule: string, message: string): { fault: CellFault } => ({ fault: { rule, message } });
const clean = (text: string): string => toHalfWidth(text).replace(/[\s,]/g, '');

const mostStaff = 2_000_000;

export function readCount(text: string, label: string, unit: string): CellResult<number> {
  const digits = clean(text).replace(/\.0+$/, '');
  if (/^-\d+(\.\d+)?$/.test(digits)) return fault('negative', `${label}不能为负数（现为 ${digits}）`);
  if (/^\d+\.\d+$/.test(digits)) return fault('not-whole', `${label}应为整数${unit}（现为 ${digits}）`);
  if (!/^\d{1,9}$/.test(digits)) return fault('not-a-number', `${label}应为数字（现为“${shorten(text)}”）`);
  const value = Number(digits);
  return value > mostStaff ? fault('out-of-range', `${label}超出合理范围（最多 ${mostStaff}）`) : { value };
}

/** Decimal text to fen, without floating point. */
export function readAmount(text: string, label: string, fenPerUnit: bigint): CellResult<string> {
  const number = clean(text);
  if (/^-\d+(\.\d+)?$/.test(number)) return fault('negative', `${label}不能为负数（现为 ${number}）`);
  const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,10}))?$/.exec(number) ?? [];
  if (whole === undefined) return fault('not-a-number', `${label}应为数字（现为“${shorten(text)}”）`);
  const scale = 10n ** BigInt(fraction.length);
  const fen = ((BigInt(whole) * scale + BigInt(fraction || '0')) * fenPerUnit) / scale;
  // Beyond this a JavaScript number is no longer exact, and no firm has it: 90 万亿元.
  if (fen > BigInt(Number.MAX_SAFE_INTEGER)) return fault('out-of-range', `${label}超出合理范围，请核对单位（万元）`);
  return { value: fen.toString() };
}

export function readTags(text: string): CellResult<readonly string[]> {
  const tags = [
    ...new Set(
      text
        .split(/[,，;；、|]/)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    ),
  ];
  if (tags.length > 20) return fault('too-many', '标签最多 20 个');
  const long = tags.find((tag) => [...tag].length > 20);
  return long === undefined ? { value: tags } : fault('too-long', `标签“${shorten(long)}”超过 20 个字`);
}

export function readText(text: string, label: string, most: number): CellResult<string> {
  const value = text.trim();
  if (/[\p{Cc}\p{Cs}]/u.test(value)) return fault('control-character', `${label}含有不可见的控制字符，请删除后重新导入`);
  return [...value].length > most ? fault('too-long', `${label}超过 ${most} 个字`) : { value };
}

/** At most twelve characters of what was given: enough to find it, too little to carry a text along. */
const shorten = (text: string): string => {
  const chars = [...text.trim().replace(/\p{Cc}/gu, ' ')];
  return chars.length > 12 ? `${chars.slice(0, 12).join('')}…` : chars.join('');
};
