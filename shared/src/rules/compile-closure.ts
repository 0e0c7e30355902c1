import type { AttributeRegistry, AttributeValues } from './attributes';
import type { Outcome, RuleDocument, RuleNode } from './document';
import { leafTest } from './leaf';
import { resolveCondition } from './resolve';

export type RuleTest = (values: AttributeValues) => Outcome;

/**
 * Compiles a rule once to run it over many subjects; says the same as `evaluate`, without reasons.
 * @throws {RuleDefect} where the rule does not fit the registry
 */
export const compileClosure = (rule: RuleDocument, registry: AttributeRegistry): RuleTest => compileNode(rule.when, registry, '/when');

function compileNode(node: RuleNode, registry: AttributeRegistry, pointer: string): RuleTest {
  if ('all' in node) return groupTest(compileAll(node.all, registry, `${pointer}/all`), true);
  if ('any' in node) return groupTest(compileAll(node.any, registry, `${pointer}/any`), false);
  if ('not' in node) {
    const inner = compileNode(node.not, registry, `${pointer}/not`);
    return (values) => {
      const outcome = inner(values);
      return outcome === null ? null : !outcome;
    };
  }
  const test = leafTest(resolveCondition(node, registry, pointer));
  const name = node.attribute;
  return (values) => test(values[name]);
}

const compileAll = (nodes: readonly RuleNode[], registry: AttributeRegistry, pointer: string): RuleTest[] =>
  nodes.map((node, index) => compileNode(node, registry, `${pointer}/${index}`));

/** Kleene: one `!neutral` decides, one unknown leaves it open, none of either gives `neutral`. */
function groupTest(tests: readonly RuleTest[], neutral: boolean): RuleTest {
  return (values) => {
    let result: Outcome = neutral;
    for (const test of tests) {
      const outcome = test(values);
      if (outcome === !neutral) return outcome;
      if (outcome === null) result = null;
    }
    return result;
  };
}
