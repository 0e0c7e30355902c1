import type { LocalText, Words } from '../words';

/** One broken rule of an unknown JSON value: where (a JSON pointer), which rule, in words. */
export interface ReadingError {
  readonly pointer: string;
  readonly rule: string;
  readonly detail: Words;
}

/** Collects what is wrong, so that one reading names every error and not only the first. */
export interface Place {
  readonly pointer: string;
  readonly errors: ReadingError[];
}

/** Reads one unknown value. On an error it reports and returns `undefined`; the caller's document is then thrown away. */
export type Read<T> = (value: unknown, place: Place) => T | undefined;

type Fields<T> = { readonly [K in keyof T]-?: Read<T[K]> };

export const below = (place: Place, key: string | number): Place => ({
  pointer: `${place.pointer}/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`,
  errors: place.errors,
});

export function report(place: Place, rule: string, zh: string, en: string): undefined {
  place.errors.push({ pointer: place.pointer, rule, detail: { zh, en } });
  return undefined;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own properties only: `constructor` is no answer. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

export const text =
  (limits: { min?: number; max: number }): Read<string> =>
  (value, place) => {
    if (typeof value !== 'string') return report(place, 'type', '应为文字', 'must be text');
    if (value.length > limits.max) return report(place, 'max-length', `不能超过 ${limits.max} 个字`, `at most ${limits.max} characters`);
    if (value.trim().length < (limits.min ?? 0)) return report(place, 'min-length', '不能为空', 'must not be empty');
    return value;
  };

export const matching =
  (pattern: RegExp, zh: string, en: string): Read<string> =>
  (value, place) =>
    typeof value === 'string' && pattern.test(value) ? value : report(place, 'pattern', zh, en);

export const number =
  (limits: { min: number; max: number; isInteger?: boolean }): Read<number> =>
  (value, place) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return report(place, 'type', '应为数字', 'must be a number');
    if (limits.isInteger && !Number.isInteger(value)) return report(place, 'integer', '应为整数', 'must be a whole number');
    if (value < limits.min || value > limits.max) {
      return report(place, 'range', `应在 ${limits.min} 到 ${limits.max} 之间`, `must be between ${limits.min} and ${limits.max}`);
    }
    return value;
  };

export const yesNo: Read<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : report(place, 'type', '应为是或否', 'must be true or false');

export const oneOf =
  <T extends string | number | boolean>(values: readonly T[]): Read<T> =>
  (value, place) =>
    values.find((each) => each === value) ??
    report(place, 'one-of', `只能是 ${values.join('、')} 之一`, `must be one of ${values.join(', ')}`);

export const optional =
  <T>(read: Read<T>): Read<T | undefined> =>
  (value, place) =>
    value === undefined ? undefined : read(value, place);

export const list =
  <T>(read: Read<T>, limits: { max: number }): Read<readonly T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) return report(place, 'type', '应为列表', 'must be a list');
    if (value.length > limits.max) return report(place, 'max-items', `不能超过 ${limits.max} 项`, `at most ${limits.max} items`);
    const items: T[] = [];
    value.forEach((each: unknown, at) => {
      const item = read(each, below(place, at));
      if (item !== undefined) items.push(item);
    });
    return items;
  };

/** A record with exactly these fields: an unknown field is an error, so that a misspelt one is never silently lost. */
export const record =
  <T extends object>(fields: Fields<T>): Read<T> =>
  (value, place) => {
    if (!isObject(value)) return report(place, 'type', '应为对象', 'must be an object');
    const before = place.errors.length;
    const result: Partial<T> = {};
    for (const key of Object.keys(value)) {
      if (!(key in fields)) report(below(place, key), 'unknown-field', `没有“${key}”这一项`, `unknown field "${key}"`);
    }
    for (const key of Object.keys(fields) as (keyof T & string)[]) {
      const each = fields[key](own(value, key), below(place, key));
      if (each !== undefined) result[key] = each;
    }
    return place.errors.length === before ? (result as T) : undefined;
  };

/** A map whose keys follow a pattern. */
export const mapOf =
  <T>(key: RegExp, read: Read<T>, limits: { max: number }): Read<Readonly<Record<string, T>>> =>
  (value, place) => {
    if (!isObject(value)) return report(place, 'type', '应为对象', 'must be an object');
    const keys = Object.keys(value);
    if (keys.length > limits.max) return report(place, 'max-items', `不能超过 ${limits.max} 项`, `at most ${limits.max} items`);
    const result: Record<string, T> = {};
    for (const each of keys) {
      if (!key.test(each) || each === '__proto__') {
        report(below(place, each), 'pattern', '名称不符合要求', 'invalid key');
        continue;
      }
      const item = read(value[each], below(place, each));
      if (item !== undefined) result[each] = item;
    }
    return result;
  };

/** `min: 0` lets a draft leave the Chinese text empty; the static checks then say so. */
export const localText = (limits: { min?: number; max: number }): Read<LocalText> =>
  record<LocalText>({ zh: text(limits), en: optional(text({ max: limits.max })) });
