import { type Answers, answerOf, questionsOf, type SurveyDocument } from '../document';
import type { QuestionAggregate } from '../question-type';
import { questionTypeOf } from '../registry';

/** Running sums over submissions, by question id: plain JSON. */
export interface SurveyTally {
  submissions: number;
  readonly questions: Record<string, unknown>;
}

export const startTally = (document: SurveyDocument): SurveyTally => ({
  submissions: 0,
  questions: Object.fromEntries(questionsOf(document).map((each) => [each.id, questionTypeOf(each.kind).aggregate.start(each.config)])),
});

/** Adds one stored submission (answers that passed `checkSubmission`) to the tally, in place. */
export function addSubmission(document: SurveyDocument, tally: SurveyTally, answers: Answers): SurveyTally {
  for (const question of questionsOf(document)) {
    const type = questionTypeOf(question.kind);
    const answer = answerOf(answers, question.id);
    if (!type.isBlank(answer)) tally.questions[question.id] = type.aggregate.add(tally.questions[question.id], answer);
  }
  tally.submissions += 1;
  return tally;
}

export interface QuestionResults {
  readonly questionId: string;
  readonly aggregate: QuestionAggregate;
}

/** One result per question, in the order of the questionnaire. */
export const resultsOf = (document: SurveyDocument, tally: SurveyTally): readonly QuestionResults[] =>
  questionsOf(document).map((question) => ({
    questionId: question.id,
    aggregate: questionTypeOf(question.kind).aggregate.result(question.config, tally.questions[question.id]),
  }));
