import type { AttributeRegistry, AttributeValue } from './attributes';
import { compileClosure } from './compile-closure';
import type { Condition, RuleNode } from './document';
import { resolveCondition } from './resolve';
import { samplesOf } from './samples';

/** `known`: never false, but open where data are missing. */
export type FixedTruth = 'never' | 'always' | 'known';

/** Beyond this many combinations a clause is not tried out whole; its parts are. */
const mostCombinations = 2000;

/** Whether a clause has the same outcome whatever the data; undefined where it has not, or where that is too much to try. */
export function truthOf(node: RuleNode, registry: AttributeRegistry): FixedTruth | undefined {
  const axes = axesOf(node, registry);
  return axes ? tryOut(node, registry, axes) : truthOfParts(node, registry);
}

/** One contradiction decides `all`, one certainty decides `any`: looked for among the clauses about one attribute. */
function truthOfParts(node: RuleNode, registry: AttributeRegistry): FixedTruth | undefined {
  if (!('all' in node) && !('any' in node)) return undefined;
  const isAll = 'all' in node;
  const byName = new Map<string, RuleNode[]>();
  for (const child of isAll ? node.all : node.any) {
    const [name, ...others] = new Set(conditionsOf(child).map((condition) => condition.attribute));
    if (name !== undefined && others.length === 0) byName.set(name, [...(byName.get(name) ?? []), child]);
  }
  for (const children of byName.values()) {
    const part = isAll ? { all: children } : { any: children };
    const axes = axesOf(part, registry);
    const truth = axes && tryOut(part, registry, axes);
    if (truth !== undefined && (truth === 'never') === isAll) return truth;
  }
  return undefined;
}

type Axis = readonly [name: string, samples: readonly (AttributeValue | null)[]];

/** Runs the clause on one value per class of values that it can tell apart. */
function tryOut(node: RuleNode, registry: AttributeRegistry, axes: readonly Axis[]): FixedTruth | undefined {
  const test = compileClosure({ v: 1, when: node }, registry);
  const seen = new Set<boolean | null>();
  for (const values of combinations(axes)) {
    seen.add(test(values));
    if (seen.has(true) && seen.has(false)) return undefined;
  }
  if (!seen.has(true)) return 'never';
  return seen.has(null) ? 'known' : 'always';
}

function axesOf(node: RuleNode, registry: AttributeRegistry): readonly Axis[] | undefined {
  const conditions = conditionsOf(node).map((condition) => resolveCondition(condition, registry, ''));
  const axes: Axis[] = [];
  let count = 1;
  for (const attribute of new Set(conditions.map((condition) => condition.attribute))) {
    const samples = samplesOf(
      attribute,
      conditions.filter((condition) => condition.attribute === attribute),
    );
    if (!samples) return undefined;
    count *= samples.length;
    if (count > mostCombinations) return undefined;
    axes.push([attribute.name, samples]);
  }
  return axes;
}

function conditionsOf(node: RuleNode): readonly Condition[] {
  if ('all' in node) return node.all.flatMap(conditionsOf);
  if ('any' in node) return node.any.flatMap(conditionsOf);
  return 'not' in node ? conditionsOf(node.not) : [node];
}

function* combinations(axes: readonly Axis[]): Generator<Record<string, AttributeValue | null>> {
  const [axis, ...others] = axes;
  if (!axis) {
    yield {};
    return;
  }
  for (const rest of combinations(others)) for (const sample of axis[1]) yield { ...rest, [axis[0]]: sample };
}
