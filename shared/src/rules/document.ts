/** The rule document, version 1. Plain JSON, stored as it is; `parseRule` turns unknown input into it. */
export interface RuleDocument {
  readonly v: 1;
  readonly when: RuleNode;
}

export type RuleNode = AllGroup | AnyGroup | NotGroup | Condition;
/** Every clause holds. */
export interface AllGroup {
  readonly all: readonly RuleNode[];
}
/** At least one clause holds. */
export interface AnyGroup {
  readonly any: readonly RuleNode[];
}
export interface NotGroup {
  readonly not: RuleNode;
}
export interface Condition {
  readonly attribute: string;
  readonly operator: Operator;
  /**
   * What the attribute is compared with: a scalar for eq, ne, lt, lte, gt, gte, contains, startsWith; a list for in, notIn, containsAny,
   * containsAll; `[low, high]`, both included, for between; absent for isKnown and isUnknown.
   */
  readonly value?: RuleValue;
}

export type Scalar = string | number | boolean;
export type RuleValue = Scalar | readonly Scalar[];

export const operators = [
  'eq',
  'ne',
  'in',
  'notIn',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'contains',
  'containsAny',
  'containsAll',
  'startsWith',
  'isKnown',
  'isUnknown',
] as const;
export type Operator = (typeof operators)[number];

/** true, false, or null = unknown (a value that is needed is missing), as SQL has it. */
export type Outcome = boolean | null;

/** Bounds of one document: beyond them `parseRule` refuses. */
export const ruleLimits = { depth: 8, nodes: 200, listItems: 1000, textLength: 200 } as const;
