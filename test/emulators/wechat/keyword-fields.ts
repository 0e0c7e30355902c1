import { asText, isObject } from '../world/json-values';
import { isFieldValid } from './field-rules';

/** The first key whose value its kind does not allow, or that the template does not have: what 47003 names. */
export function brokenKey(keywords: readonly { key: string }[], fields: Record<string, unknown>): string | undefined {
  const known = new Set(keywords.map((keyword) => keyword.key));
  const missing = keywords.find(({ key }) => !isFieldValid(key, fieldValue(fields, key)));
  return missing?.key ?? Object.keys(fields).find((key) => !known.has(key));
}

export function fieldValue(fields: Record<string, unknown>, key: string): string {
  const field = fields[key];
  const value = isObject(field) ? field.value : undefined;
  return typeof value === 'number' ? String(value) : asText(value);
}
