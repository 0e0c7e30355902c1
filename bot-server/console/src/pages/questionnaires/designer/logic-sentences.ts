import { describeRule, RuleDefect } from '@suiban/shared/rules';
import { answerRegistry, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import type { Lang } from '@suiban/shared/text';

/** Conditions in words, by question id; null where a condition does not fit any more (the checks say why). */
export function sentencesOf(document: SurveyDocument, lang: Lang): ReadonlyMap<string, string | null> {
  const registry = answerRegistry(document);
  const sentences = new Map<string, string | null>();
  for (const question of questionsOf(document)) {
    if (!question.showIf) continue;
    try {
      sentences.set(question.id, describeRule(question.showIf, registry, lang));
    } catch (defect) {
      if (!(defect instanceof RuleDefect)) throw defect;
      sentences.set(question.id, null);
    }
  }
  return sentences;
}
