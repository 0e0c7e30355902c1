export { canonicalJson } from './canonical-json';
export {
  type Answer,
  type Answers,
  answerOf,
  findQuestion,
  type NameVisibility,
  nameVisibilities,
  type ProblemSource,
  type Question,
  type QuestionOf,
  questionsOf,
  type RawAnswers,
  type SurveyDocument,
  type SurveyHeading,
  type SurveyPage,
  surveyLimits,
} from './document';
export { checkDocument, isBlocked } from './editing/check-document';
export { type DocumentChange, diffDocuments } from './editing/diff-documents';
export type { DocumentFinding } from './editing/finding';
export { missingHeadingFields, newDocument, noticeText } from './editing/heading';
export { type ParsedDocument, parseDocument } from './editing/parse-document';
export { type CardFit, cardLimits, cardOf, checkCardAnswer, type SurveyCard } from './engine/card';
export { type AnswerError, blankAnswers, type CheckedAnswers, checkAnswers, checkSubmission } from './engine/check-answers';
export { answerRegistry } from './engine/compiled';
export { type Draft, type DraftAnswer, draftAnswers, mergeDrafts } from './engine/drafts';
export { type ExtractedProblem, extractProblems, nameVisibilityOf } from './engine/extract-problems';
export { firstUnanswered, nextQuestion, type Progress, previousQuestion, progressOf } from './engine/navigation';
export { type Path, pathOf } from './engine/path';
export { answerText, type ReviewItem, reviewOf } from './engine/review';
export { pulseForm } from './forms/pulse';
export { type FormSetting, restaurantForm } from './forms/restaurant';
export type { Bar, BrokenRule, QuestionAggregate } from './question-type';
export type { Option } from './question-types/choices';
export type { MultipleOption } from './question-types/multiple';
export { type QuestionAnswer, type QuestionConfig, type QuestionKind, questionKinds, questionTypeOf, questionTypes } from './registry';
export { addSubmission, type QuestionResults, resultsOf, type SurveyTally, startTally } from './results/results';
