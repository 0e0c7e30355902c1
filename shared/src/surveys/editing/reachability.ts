import type { AttributeValue } from '../../rules';
import type { SurveyDocument } from '../document';
import { type CompiledQuestion, compiledOf } from '../engine/compiled';
import { answerSamples } from './answer-samples';
import { operandsOf, referencesOf } from './references';

/** About half a second on a slow laptop; beyond it nothing is said. */
const mostSteps = 50_000;

/** The question and all those whose answers can decide whether it is shown, front to back. */
function chainOf(compiled: readonly CompiledQuestion[], target: number): readonly CompiledQuestion[] {
  const needed = new Set<string>();
  const chain: CompiledQuestion[] = [];
  for (let at = target; at >= 0; at -= 1) {
    const each = compiled[at];
    if (!each || (at !== target && !needed.has(each.question.id))) continue;
    chain.unshift(each);
    if (each.question.showIf) for (const { questionId } of referencesOf(each.question.showIf)) needed.add(questionId);
  }
  return chain;
}

/**
 * Whether some answers lead to the question: false only when all classes of answers that its rules can tell apart were tried on the path
 * that the engine itself walks. null = too many to try.
 */
export function canBeReached(document: SurveyDocument, questionId: string): boolean | null {
  const compiled = compiledOf(document);
  const target = compiled.findIndex((each) => each.question.id === questionId);
  const chain = chainOf(compiled, target);
  const rules = chain.flatMap((each) => each.question.showIf ?? []);
  let steps = 0;

  const walk = (at: number, values: Record<string, AttributeValue>): boolean | null => {
    steps += 1;
    if (steps > mostSteps) return null;
    const each = chain[at];
    if (!each) return false;
    const isShown = !each.isVisible || each.isVisible(values) === true;
    if (at === chain.length - 1) return isShown;
    if (!isShown) return walk(at + 1, values);
    const samples = answerSamples(
      each.question,
      rules.flatMap((rule) => operandsOf(rule, each.question.id)),
    );
    if (!samples) return null;
    let isOpen = false;
    for (const sample of samples) {
      const found = walk(at + 1, sample === undefined ? values : { ...values, [each.question.id]: sample });
      if (found) return true;
      if (found === null) isOpen = true;
    }
    return isOpen ? null : false;
  };
  return walk(0, {});
}
