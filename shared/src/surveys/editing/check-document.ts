import { nameVisibilities, questionIdPattern, questionsOf, type SurveyDocument, surveyLimits } from '../document';
import { questionTypeOf } from '../registry';
import { checkProblemSource, checkShowIf, type PlacedQuestion } from './check-rules';
import { type Blocks, type DocumentFinding, finding } from './finding';
import { missingHeadingFields } from './heading';

const placedOf = (document: SurveyDocument): readonly PlacedQuestion[] =>
  document.pages.flatMap((page, pageAt) =>
    page.questions.map((question, at) => ({ question, pointer: `/pages/${pageAt}/questions/${at}` })),
  );

const whole = (blocks: Blocks, pointer: string, rule: string, zh: string, en: string): DocumentFinding =>
  finding(blocks, { where: null, pointer, rule }, zh, en);

const headingNames: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  tableNumber: ['表号', 'the table number'],
  issuingBody: ['制定机关', 'the issuing body'],
  approvalNumber: ['批准或备案文号', 'the approval number'],
  validUntilOn: ['有效期至', 'the date it is valid until'],
  reason: ['无需备案的理由', 'the reason why no approval is needed'],
};

function checkHead(document: SurveyDocument): readonly DocumentFinding[] {
  const findings: DocumentFinding[] = [];
  if (document.title.zh.trim() === '')
    findings.push(whole('publish', '/title', 'missing-title', '问卷还没有标题', 'the questionnaire has no title'));
  for (const field of missingHeadingFields(document.heading)) {
    const [zh, en] = headingNames[field] ?? [field, field];
    findings.push(
      whole(
        'launch',
        `/heading/${field}`,
        'missing-heading',
        `表头缺少${zh}，补齐后才能发布调查`,
        `the heading lacks ${en}: needed before a launch`,
      ),
    );
  }
  if (document.notice.zh.trim() === '') {
    findings.push(
      whole(
        'launch',
        '/notice',
        'missing-notice',
        '还没有填表须知，补齐后才能发布调查',
        'there is no notice to the firm: needed before a launch',
      ),
    );
  }
  return findings;
}

function checkPages(document: SurveyDocument): readonly DocumentFinding[] {
  const findings: DocumentFinding[] = [];
  const count = questionsOf(document).length;
  if (count === 0) findings.push(whole('publish', '/pages', 'no-questions', '问卷还没有题目', 'the questionnaire has no questions'));
  if (count > surveyLimits.questions) {
    findings.push(
      whole(
        'publish',
        '/pages',
        'too-many-questions',
        `题目不能超过 ${surveyLimits.questions} 道`,
        `at most ${surveyLimits.questions} questions`,
      ),
    );
  }
  const ids = new Set<string>();
  document.pages.forEach((page, at) => {
    if (ids.has(page.id)) {
      findings.push(
        whole('publish', `/pages/${at}/id`, 'duplicate-page-id', `页面编号“${page.id}”重复`, `page id "${page.id}" appears twice`),
      );
    }
    ids.add(page.id);
    if (page.questions.length === 0 && count > 0) {
      findings.push(whole('nothing', `/pages/${at}`, 'empty-page', `第 ${at + 1} 页没有题目`, `page ${at + 1} has no questions`));
    }
  });
  return findings;
}

function checkNameQuestion(document: SurveyDocument): readonly DocumentFinding[] {
  const { questionId } = document.nameVisibility;
  if (questionId === undefined) return [];
  const question = questionsOf(document).find((each) => each.id === questionId);
  const pointer = '/nameVisibility/questionId';
  if (!question) {
    return [
      whole(
        'publish',
        pointer,
        'missing-question',
        `决定名称公开范围的题目“${questionId}”不存在`,
        `"${questionId}", which decides who sees the name, is missing`,
      ),
    ];
  }
  const isChoice = question.kind === 'single' || question.kind === 'dropdown';
  if (!isChoice || question.config.options.some((each) => !nameVisibilities.some((known) => known === each.id))) {
    const zh = '决定名称公开范围的题目应为单选题，选项只能是公开、仅公开行业和区、不公开';
    return [
      whole('publish', pointer, 'name-question', zh, 'the question about the name must offer public, industry-district and hidden only'),
    ];
  }
  return [];
}

function checkQuestion(document: SurveyDocument, placed: PlacedQuestion, seen: ReadonlySet<string>): readonly DocumentFinding[] {
  const { question, pointer } = placed;
  const at = (path: string, rule: string) => ({ where: question.id, pointer: `${pointer}${path}`, rule });
  const findings: DocumentFinding[] = [];
  if (!questionIdPattern.test(question.id))
    findings.push(finding('publish', at('/id', 'question-id'), '题目编号不符合要求', 'the question id is malformed'));
  if (seen.has(question.id)) {
    findings.push(
      finding('publish', at('/id', 'duplicate-id'), `题目编号“${question.id}”重复`, `question id "${question.id}" appears twice`),
    );
  }
  if (question.title.zh.trim() === '')
    findings.push(finding('publish', at('/title', 'missing-question-title'), '这道题还没有题目文字', 'this question has no title'));
  if (document.languages.includes('en') && !question.title.en) {
    findings.push(
      finding(
        'nothing',
        at('/title/en', 'missing-translation'),
        '这道题还没有英文，英文界面将显示中文',
        'no English title: Chinese will be shown',
      ),
    );
  }
  for (const each of questionTypeOf(question.kind).checkConfig(question.config)) {
    const blocks = each.severity === 'error' ? 'publish' : 'nothing';
    findings.push(finding(blocks, at(`/config/${each.field}`, each.rule), each.detail.zh, each.detail.en));
  }
  return [...findings, ...checkShowIf(document, placed), ...checkProblemSource(document, placed)];
}

/**
 * Everything that can be said about a questionnaire before anyone answers it, in the order of the document. Loops cannot be: a rule sees
 * earlier questions only. What it calls unreachable or a contradiction is proven so; where there is too much to try, it says nothing.
 */
export function checkDocument(document: SurveyDocument): readonly DocumentFinding[] {
  const findings: DocumentFinding[] = [...checkHead(document), ...checkPages(document), ...checkNameQuestion(document)];
  const seen = new Set<string>();
  for (const placed of placedOf(document)) {
    // The registry of a rule refuses a malformed name; such a question is named alone.
    findings.push(...checkQuestion(document, placed, seen));
    seen.add(placed.question.id);
  }
  return findings;
}

/** Whether a version may be published, or a campaign with it launched. */
export const isBlocked = (findings: readonly DocumentFinding[], step: 'publish' | 'launch'): boolean =>
  findings.some((each) => each.blocks === 'publish' || (step === 'launch' && each.blocks === 'launch'));
