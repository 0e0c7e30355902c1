import { isCivilDate } from '../time/civil-date';

export type AttributeType = 'text' | 'enum' | 'number' | 'integer' | 'money' | 'date' | 'boolean' | 'set';

/** One text in the two languages of the product. */
export interface Labels {
  readonly zh: string;
  readonly en: string;
}

export interface AttributeOption {
  readonly value: string;
  readonly label: Labels;
}

/** One thing that a rule can ask about: a column of an audience view, or a question of a questionnaire. */
export interface Attribute {
  readonly name: string;
  readonly label: Labels;
  readonly type: AttributeType;
  /** Counted in: 人, 家. Money has none (fen, shown as ¥). */
  readonly unit?: Labels;
  /** Closed list of values for `enum` (and, where given, for `set`); labels of codes for `text`. */
  readonly options?: readonly AttributeOption[];
  /** Who answers for it: a module or a bureau. */
  readonly owner: string;
  /** Where it comes from, in words of the screen. */
  readonly source: Labels;
  /** How old it may be, in words of the screen. */
  readonly freshness?: Labels;
  /** Column of the audience view; an attribute without one cannot be compiled to SQL. */
  readonly column?: string;
}

export type AttributeRegistry = ReadonlyMap<string, Attribute>;

export type AttributeValue = string | number | boolean | readonly string[];
/**
 * What is known about one subject, by attribute name: money in fen and integers as numbers, dates as `YYYY-MM-DD`, sets as lists.
 * null, undefined, absent and a value of the wrong type are unknown. An empty list and an empty text are known.
 */
export type AttributeValues = Readonly<Record<string, AttributeValue | null | undefined>>;

const namePattern = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const columnPattern = /^[a-z_][a-z0-9_]{0,62}$/;

/** Builds a registry. @throws {TypeError} on a repeated or malformed name or column: a registry is written by engineers. */
export function attributeRegistry(attributes: readonly Attribute[]): AttributeRegistry {
  const registry = new Map<string, Attribute>();
  for (const attribute of attributes) {
    if (!namePattern.test(attribute.name)) throw new TypeError(`attribute name: ${attribute.name}`);
    if (registry.has(attribute.name)) throw new TypeError(`attribute twice: ${attribute.name}`);
    if (attribute.column !== undefined && !columnPattern.test(attribute.column)) throw new TypeError(`column: ${attribute.column}`);
    registry.set(attribute.name, attribute);
  }
  return registry;
}

/**
 * Values of one row of the view: reads each attribute's column; a bigint that arrives as decimal text becomes a number.
 * @throws {TypeError} when a column holds what its attribute's type cannot be.
 */
export function valuesFromRow(row: Readonly<Record<string, unknown>>, registry: AttributeRegistry): AttributeValues {
  const values: Record<string, AttributeValue | null> = {};
  for (const attribute of registry.values()) {
    if (attribute.column === undefined) continue;
    const raw = row[attribute.column];
    const value = raw === null || raw === undefined ? null : readValue(attribute.type, fromDecimal(attribute.type, raw));
    if (value === null && raw !== null && raw !== undefined)
      throw new TypeError(`${attribute.name}: not a value of type ${attribute.type}`);
    values[attribute.name] = value;
  }
  return values;
}

const decimalTypes: readonly AttributeType[] = ['number', 'integer', 'money'];
const fromDecimal = (type: AttributeType, raw: unknown): unknown =>
  typeof raw === 'string' && decimalTypes.includes(type) && /^-?\d+(\.\d+)?$/.test(raw) ? Number(raw) : raw;

const isText = (item: unknown): item is string => typeof item === 'string';

/** A value of this type, or null where it is none. */
export function readValue(type: AttributeType, raw: unknown): AttributeValue | null {
  switch (type) {
    case 'text':
    case 'enum':
      return isText(raw) ? raw : null;
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) ? raw : null;
    case 'integer':
    case 'money':
      return Number.isSafeInteger(raw) ? (raw as number) : null;
    case 'date':
      return isText(raw) && isCivilDate(raw) ? raw : null;
    case 'boolean':
      return typeof raw === 'boolean' ? raw : null;
    case 'set':
      return Array.isArray(raw) && raw.every(isText) ? raw : null;
  }
}
