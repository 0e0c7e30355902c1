import type { IndustryGroup } from '@suiban/shared/enterprises';
import { type AttributeRegistry, type Condition, parseRule, type RuleDocument, type RuleNode } from '@suiban/shared/rules';

/** The conditions that officials mean by one word: 餐饮 = industry code below 62. */
export const conditionsOf = (group: IndustryGroup): readonly Condition[] => [
  ...group.codePrefixes.map((prefix): Condition => ({ attribute: 'industryCode', operator: 'startsWith', value: prefix })),
  ...(group.tag === undefined ? [] : [{ attribute: 'tags', operator: 'containsAny', value: [group.tag] } as const]),
];

const isIndustryLeaf = (node: RuleNode): node is Condition =>
  'attribute' in node &&
  ((node.attribute === 'industryCode' && node.operator === 'startsWith') || (node.attribute === 'tags' && node.operator === 'containsAny'));

/** The clause of the rule that names industries: one condition, or some of which any will do. */
const industryLeaves = (node: RuleNode): readonly Condition[] | null => {
  if (isIndustryLeaf(node)) return [node];
  return 'any' in node && node.any.length > 0 && node.any.every(isIndustryLeaf) ? node.any : null;
};

const topClauses = (rule: RuleDocument): readonly RuleNode[] => ('all' in rule.when ? rule.when.all : [rule.when]);

const sameAs = (one: Condition) => (other: Condition) => JSON.stringify(one) === JSON.stringify(other);

/** Adds an industry to those the rule already names (any of them will do), or takes it out again. */
export function withIndustry(rule: RuleDocument, group: IndustryGroup): RuleDocument {
  const clauses = topClauses(rule);
  const at = clauses.findIndex((clause) => industryLeaves(clause) !== null);
  const named = clauses[at] ? (industryLeaves(clauses[at]) ?? []) : [];
  const own = conditionsOf(group);
  const isIn = own.every((condition) => named.some(sameAs(condition)));
  const next = isIn
    ? named.filter((condition) => !own.some(sameAs(condition)))
    : [...named, ...own.filter((condition) => !named.some(sameAs(condition)))];
  const [only] = next;
  const clause: readonly RuleNode[] = only === undefined ? [] : next.length === 1 ? [only] : [{ any: next }];
  const all = at < 0 ? [...clauses, ...clause] : [...clauses.slice(0, at), ...clause, ...clauses.slice(at + 1)];
  return { v: 1, when: { all } };
}

export function hasIndustry(rule: RuleDocument, group: IndustryGroup): boolean {
  const named = topClauses(rule).flatMap((clause) => industryLeaves(clause) ?? []);
  return conditionsOf(group).every((condition) => named.some(sameAs(condition)));
}

/** Begins a condition on the attribute, unless the rule has one at its top already. */
export function withAttributeAsked(rule: RuleDocument, attribute: string): RuleDocument {
  const clauses = topClauses(rule);
  if (clauses.some((clause) => 'attribute' in clause && clause.attribute === attribute)) return rule;
  return { v: 1, when: { all: [...clauses, { attribute, operator: 'in' }] } };
}

export const isKnownTo = (registry: AttributeRegistry, group: IndustryGroup): boolean =>
  conditionsOf(group).every((condition) => registry.has(condition.attribute));

/** A stored audience as a rule; what does not parse any more begins anew. */
export function ruleFrom(audience: object): RuleDocument {
  const parsed = parseRule(audience);
  return parsed.ok ? parsed.rule : { v: 1, when: { all: [] } };
}
