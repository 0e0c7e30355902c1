import type { FieldError } from '@suiban/shared/errors';

const loneSurrogate = /\p{Surrogate}/u;

export const pointerTo = (...path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const badText = (text: string): string | undefined => {
  if (text.includes('\0')) return '含有不能保存的字符（NUL）';
  if (loneSurrogate.test(text)) return '含有不完整的字符，请删除后重新输入';
  return undefined;
};

/**
 * What no schema should have to think of: `__proto__` as a key, and text that PostgreSQL or UTF-8 cannot hold. The value is a
 * tree (JSON, query, params) whose depth is already limited.
 */
export function unsafeParts(value: unknown, path: readonly PropertyKey[]): FieldError[] {
  if (typeof value === 'string') {
    const detail = badText(value);
    return detail === undefined ? [] : [{ pointer: pointerTo(...path), detail }];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => unsafeParts(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === '__proto__') return [{ pointer: pointerTo(...path, key), detail: '不接受这一项' }];
    const detail = badText(key);
    if (detail !== undefined) return [{ pointer: pointerTo(...path), detail: `名称${detail}` }];
    return unsafeParts(item, [...path, key]);
  });
}
