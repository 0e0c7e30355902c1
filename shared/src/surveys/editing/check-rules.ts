import { type AttributeRegistry, checkRule, type RuleDocument, type RuleFinding } from '../../rules';
import type { Words } from '../../words';
import { type Question, questionsOf, type SurveyDocument } from '../document';
import { answerRegistry } from '../engine/compiled';
import { type DocumentFinding, finding } from './finding';
import { canBeReached } from './reachability';
import { referencesOf } from './references';

/** One question with its place in the document. */
export interface PlacedQuestion {
  readonly question: Question;
  readonly pointer: string;
}

const englishOf: Readonly<Record<RuleFinding['code'], string>> = {
  'unknown-attribute': 'the rule asks about a question that is not there',
  'wrong-operator': 'this comparison does not fit the kind of the question',
  'wrong-value': 'the value does not fit the kind of the question',
  'unknown-option': 'the rule names an option that the question does not have',
  'empty-group': 'this group has no conditions yet',
  'impossible-range': 'the lower bound is above the upper bound',
  'never-true': 'these conditions contradict each other: they can never be true',
  'always-true': 'these conditions are always true',
  'repeated-condition': 'this condition repeats an earlier one',
};

/** `never-true` is what an official knows as a contradiction. */
const ruleName = (code: RuleFinding['code']): string => (code === 'never-true' ? 'contradiction' : code);

/** Findings about one rule; `earlier` = false where it may ask about every question. */
function checkOne(
  document: SurveyDocument,
  rule: RuleDocument,
  registry: AttributeRegistry,
  place: { where: string; pointer: string; name: Words },
): DocumentFinding[] {
  const all = questionsOf(document);
  const findings = referencesOf(rule).flatMap(({ questionId, pointer }) => {
    if (registry.has(questionId)) return [];
    const found = { where: place.where, pointer: `${place.pointer}${pointer}/attribute` };
    const later = all.find((each) => each.id === questionId);
    return later
      ? finding(
          'publish',
          { ...found, rule: 'forward-reference' },
          `${place.name.zh}引用了排在后面的第${all.indexOf(later) + 1}题“${later.title.zh}”，只能引用前面的题目`,
          `${place.name.en} asks about question ${all.indexOf(later) + 1} "${later.title.en ?? later.title.zh}", which comes later: only earlier questions can be asked about`,
        )
      : finding(
          'publish',
          { ...found, rule: 'missing-question' },
          `${place.name.zh}引用的题目“${questionId}”不存在，请重新选择`,
          `${place.name.en} asks about "${questionId}", which is not in the questionnaire`,
        );
  });
  for (const each of checkRule(rule, registry)) {
    if (each.code === 'unknown-attribute') continue;
    const blocks = each.severity === 'error' ? 'publish' : 'nothing';
    const found = { where: place.where, pointer: `${place.pointer}${each.pointer}`, rule: ruleName(each.code) };
    findings.push(finding(blocks, found, `${place.name.zh}：${each.detail}`, `${place.name.en}: ${englishOf[each.code]}`));
  }
  return findings;
}

/** Show-if rules: missing and later questions, values that do not fit, contradictions, questions that no answers lead to. */
export function checkShowIf(document: SurveyDocument, { question, pointer }: PlacedQuestion): readonly DocumentFinding[] {
  if (!question.showIf) return [];
  const place = { where: question.id, pointer: `${pointer}/showIf`, name: { zh: '显示条件', en: 'the condition' } };
  const findings = checkOne(document, question.showIf, answerRegistry(document, question.id), place);
  if (findings.some((each) => each.severity === 'error')) return findings;
  if (canBeReached(document, question.id) === false) {
    findings.push(
      finding(
        'publish',
        { where: question.id, pointer: `${pointer}/showIf`, rule: 'unreachable' },
        '无论怎样回答，这道题都不会出现：显示条件与前面题目的显示条件或选项相矛盾',
        'no answers lead to this question: its condition contradicts those of the questions before it',
      ),
    );
  }
  return findings;
}

function checkMatter(document: SurveyDocument, { question, pointer }: PlacedQuestion): readonly DocumentFinding[] {
  const matter = question.problemSource?.matter;
  if (!matter || 'fixed' in matter) return [];
  const found = { where: question.id, pointer: `${pointer}/problemSource/matter/fromQuestion` };
  const source = questionsOf(document).find((each) => each.id === matter.fromQuestion);
  if (!source) {
    return [
      finding(
        'publish',
        { ...found, rule: 'missing-question' },
        `诉求事项引用的题目“${matter.fromQuestion}”不存在，请重新选择`,
        `the matter comes from "${matter.fromQuestion}", which is not in the questionnaire`,
      ),
    ];
  }
  if (source.kind !== 'single' && source.kind !== 'dropdown') {
    return [
      finding(
        'publish',
        { ...found, rule: 'matter-question' },
        '诉求事项只能取自单选题或下拉题',
        'the matter can come from a single choice or a dropdown only',
      ),
    ];
  }
  return [];
}

/** Problem extraction: its rule and where the matter comes from. It may ask about every question. */
export function checkProblemSource(document: SurveyDocument, placed: PlacedQuestion): readonly DocumentFinding[] {
  const rule = placed.question.problemSource?.rule;
  const place = {
    where: placed.question.id,
    pointer: `${placed.pointer}/problemSource/rule`,
    name: { zh: '诉求规则', en: 'the problem rule' },
  };
  return [...(rule ? checkOne(document, rule, answerRegistry(document), place) : []), ...checkMatter(document, placed)];
}
