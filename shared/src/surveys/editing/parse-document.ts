import { parseRule, type RuleDocument } from '../../rules';
import type { Language } from '../../words';
import { canonicalJson } from '../canonical-json';
import {
  nameVisibilities,
  type ProblemSource,
  type Question,
  questionIdPattern,
  questionsOf,
  type SurveyDocument,
  type SurveyHeading,
  type SurveyPage,
  surveyLimits,
} from '../document';
import {
  below,
  isObject,
  list,
  localText,
  mapOf,
  matching,
  number,
  oneOf,
  optional,
  own,
  type Place,
  type Read,
  type ReadingError,
  record,
  report,
  text,
  yesNo,
} from '../reading';
import { type QuestionConfig, type QuestionKind, questionKinds, questionTypeOf } from '../registry';

export type ParsedDocument =
  | { readonly ok: true; readonly document: SurveyDocument }
  | { readonly ok: false; readonly errors: readonly ReadingError[] };

const questionId = matching(
  questionIdPattern,
  '题目编号应以字母开头，只含字母、数字、_ 和 -，最多 40 位',
  'a question id begins with a letter and holds letters, digits, _ and -',
);

const rule: Read<RuleDocument> = (value, place) => {
  const parsed = parseRule(value, place.pointer);
  if (parsed.ok) return parsed.rule;
  for (const each of parsed.errors) {
    place.errors.push({ pointer: each.pointer, rule: 'rule', detail: { zh: each.detail, en: 'not a well-formed rule' } });
  }
  return undefined;
};

const matter: Read<NonNullable<ProblemSource['matter']>> = (value, place) =>
  isObject(value) && own(value, 'fixed') !== undefined
    ? record<{ readonly fixed: string }>({ fixed: text({ min: 1, max: 64 }) })(value, place)
    : record<{ readonly fromQuestion: string; readonly map?: Readonly<Record<string, string>> }>({
        fromQuestion: questionId,
        map: optional(mapOf(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, text({ min: 1, max: 64 }), { max: 200 })),
      })(value, place);

const problemSource = record<ProblemSource>({ rule: optional(rule), matter: optional(matter) });

const titleText = localText({ max: surveyLimits.titleLength });

const readQuestion: Read<Question> = (value, place) => {
  if (!isObject(value)) return report(place, 'type', '应为对象', 'must be an object');
  const kind = oneOf(questionKinds)(own(value, 'kind'), below(place, 'kind'));
  if (kind === undefined) return undefined;
  const config = questionTypeOf(kind).config as Read<QuestionConfig<QuestionKind>>;
  return record<Question>({
    id: questionId,
    kind: oneOf([kind]),
    title: titleText,
    hint: optional(localText({ max: surveyLimits.hintLength })),
    required: yesNo,
    showIf: optional(rule),
    problemSource: optional(problemSource),
    sensitive: optional(yesNo),
    config,
  } as Parameters<typeof record<Question>>[0])(value, place);
};

const page = record<SurveyPage>({
  id: questionId,
  title: optional(titleText),
  questions: list(readQuestion, { max: surveyLimits.questions }),
});

const dateOrNothing = matching(/^(\d{4}-\d{2}-\d{2})?$/, '应为日期（YYYY-MM-DD）或留空', 'must be a date (YYYY-MM-DD) or empty');

const heading: Read<SurveyHeading> = (value, place) => {
  const short = text({ max: 200 });
  if (isObject(value) && own(value, 'exempt') === true) {
    return record<SurveyHeading & { exempt: true }>({ exempt: oneOf([true as const]), reason: text({ max: 500 }), issuingBody: short })(
      value,
      place,
    );
  }
  return record<Exclude<SurveyHeading, { exempt: true }>>({
    exempt: optional(oneOf([false as const])),
    tableNumber: short,
    issuingBody: short,
    approvalNumber: short,
    validUntilOn: dateOrNothing,
  })(value, place);
};

const languages: Read<readonly Language[]> = (value, place) => {
  const read = list(oneOf<Language>(['zh', 'en']), { max: 2 })(value, place);
  if (!read) return undefined;
  if (!read.includes('zh')) return report(place, 'languages', '必须有中文', 'Chinese must be among the languages');
  return new Set(read).size === read.length ? read : report(place, 'languages', '语言重复', 'a language appears twice');
};

const readDocument = record<SurveyDocument>({
  v: oneOf([1 as const]),
  title: titleText,
  intro: localText({ max: surveyLimits.introLength }),
  heading,
  notice: localText({ max: surveyLimits.noticeLength }),
  minutes: number({ min: 1, max: surveyLimits.minutes, isInteger: true }),
  languages,
  nameVisibility: record<SurveyDocument['nameVisibility']>({ default: oneOf(nameVisibilities), questionId: optional(questionId) }),
  pages: list(page, { max: surveyLimits.pages }),
});

/**
 * Reads unknown JSON as a questionnaire: structure, names and sizes, every error with its pointer and rule. Whether it makes sense (a rule
 * that names a missing question, …) is `checkDocument`'s question, so that a draft may be saved half done.
 */
export function parseDocument(input: unknown, at = ''): ParsedDocument {
  const place: Place = { pointer: at, errors: [] };
  const document = readDocument(input, place);
  if (document && questionsOf(document).length > surveyLimits.questions) {
    report(below(place, 'pages'), 'max-items', `题目不能超过 ${surveyLimits.questions} 道`, `at most ${surveyLimits.questions} questions`);
  }
  if (document && canonicalJson(document).length > surveyLimits.documentLength) {
    report(place, 'max-length', '问卷内容过大', 'the questionnaire is too large');
  }
  return document && place.errors.length === 0 ? { ok: true, document } : { ok: false, errors: place.errors };
}
