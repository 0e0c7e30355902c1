import { z } from 'zod';
import type { Answer, QuestionAggregate, SurveyDocument } from '../surveys';
import { civilDate, id, instant, jsonObject, operation, pageOf, pageQuery } from './define';

/** One answer per question id, in the shape of the question's type (`shared/src/surveys`). */
const answers = z.record(z.string().max(64), z.unknown()) as unknown as z.ZodType<Record<string, Answer>, Record<string, Answer>>;
const via = z.enum(['wechat-mini', 'wechat-official', 'wecom', 'alipay-mini', 'sms', 'email', 'inbox', 'h5', 'liaison']);

export const surveyToAnswer = z.object({
  campaignId: id,
  enterpriseId: id,
  enterpriseName: z.string(),
  title: z.string(),
  issuer: z.string(),
  minutes: z.number().int(),
  questionCount: z.number().int(),
  closesAt: instant.nullable(),
  state: z.enum(['open', 'answered', 'closed']),
  /** Answered questions of the draft ÷ questions on its path, 0..1; null without a draft. */
  draftProgress: z.number().nullable(),
  isDemo: z.boolean(),
});

export const surveyForPhone = surveyToAnswer.extend({
  version: z.number().int(),
  document: jsonObject<SurveyDocument>(),
  draft: z.object({ answers, savedAt: instant.nullable() }),
  submission: z
    .object({
      submissionId: id,
      submittedAt: instant,
      workOrders: z.array(z.object({ id, number: z.string() })),
      /** When a dispatcher looked at the firm's name beside its answers: the firm sees every look. */
      nameLooks: z.array(instant).optional(),
    })
    .nullable(),
});

export const submissionReceipt = z.object({
  submissionId: id,
  submittedAt: instant,
  /** Orders are opened a moment after the answers are stored: empty here, filled in `getMySurvey`. */
  workOrders: z.array(z.object({ id, number: z.string() })),
});

const campaignId = z.strictObject({ campaignId: id });

export const surveysApi = {
  listMySurveys: operation({
    id: 'listMySurveys',
    method: 'get',
    path: '/api/m/surveys',
    summary: '待填问卷',
    auth: 'person',
    permission: 'surveys.answer',
    rate: 'read',
    response: z.object({ items: z.array(surveyToAnswer) }),
  }),
  getMySurvey: operation({
    id: 'getMySurvey',
    method: 'get',
    path: '/api/m/surveys/:campaignId',
    summary: '一份问卷与草稿',
    auth: 'person',
    permission: 'surveys.answer',
    rate: 'read',
    params: campaignId,
    query: z.strictObject({ enterpriseId: id }),
    response: surveyForPhone,
  }),
  /** Newer `savedAt` wins per question; a null answer removes it. */
  saveSurveyDraft: operation({
    id: 'saveSurveyDraft',
    method: 'put',
    path: '/api/m/surveys/:campaignId/draft',
    summary: '逐题保存草稿',
    auth: 'person',
    permission: 'surveys.answer',
    rate: 'write',
    params: campaignId,
    body: z.strictObject({
      enterpriseId: id,
      answers: z.array(z.strictObject({ questionId: z.string().max(64), answer: z.unknown(), savedAt: instant })).max(300),
    }),
    response: z.object({ answers, savedAt: instant }),
    problems: ['surveys:closed', 'surveys:already-answered', 'surveys:unknown-question'],
  }),
  submitSurvey: operation({
    id: 'submitSurvey',
    method: 'post',
    path: '/api/m/surveys/:campaignId/submission',
    summary: '提交问卷',
    auth: 'person',
    permission: 'surveys.answer',
    rate: 'write',
    status: 201,
    params: campaignId,
    body: z.strictObject({ enterpriseId: id, version: z.number().int(), answers }),
    response: submissionReceipt,
    problems: [
      'surveys:closed',
      'surveys:already-answered',
      'surveys:invalid-answers',
      'surveys:off-path',
      'surveys:unknown-question',
      'surveys:wrong-version',
    ],
  }),
  getResults: operation({
    id: 'getResults',
    method: 'get',
    path: '/api/campaigns/:campaignId/results',
    summary: '逐题汇总',
    auth: 'official',
    permission: 'surveys.results',
    rate: 'read',
    params: campaignId,
    query: z.strictObject({
      districtCode: z.string().max(12).optional(),
      industryCode: z.string().max(8).optional(),
      sizeClass: z.string().max(10).optional(),
      via: via.optional(),
    }),
    response: z.object({
      title: z.string(),
      version: z.number().int(),
      document: jsonObject<SurveyDocument>(),
      answered: z.number().int(),
      planned: z.number().int(),
      reached: z.number().int(),
      /** 有效填报率 = answered ÷ reached; formula is shown on screen. */
      answerRate: z.number().nullable(),
      medianSeconds: z.number().nullable(),
      problemCount: z.number().int(),
      byDay: z.array(z.object({ on: civilDate, answered: z.number().int() })),
      byVia: z.array(z.object({ via, answered: z.number().int() })),
      questions: z.array(z.object({ questionId: z.string(), aggregate: jsonObject<QuestionAggregate>() })),
      /** Set when fewer than 5 answers match the filter: figures are withheld. */
      isSuppressed: z.boolean(),
    }),
  }),
  listAnswers: operation({
    id: 'listAnswers',
    method: 'get',
    path: '/api/campaigns/:campaignId/answers',
    summary: '答卷列表',
    auth: 'official',
    permission: 'surveys.answers',
    rate: 'read',
    params: campaignId,
    query: z.strictObject({ ...pageQuery, questionId: z.string().max(64).optional(), q: z.string().max(100).optional() }),
    response: pageOf(
      z.object({
        submissionId: id,
        submittedAt: instant,
        via,
        /** Empty, and `sizeClass` null, where the firm shows less: 不公开 hides district and industry too. */
        districtCode: z.string(),
        industryCode: z.string(),
        sizeClass: z.string().nullable(),
        /** By the firm's choice: its name, or null with only industry and district. Sensitive answers are left out. */
        enterpriseName: z.string().nullable(),
        nameVisibility: z.enum(['public', 'industry-district', 'hidden']),
        answers,
        problemCount: z.number().int(),
        workOrderNumbers: z.array(z.string()),
      }),
    ),
  }),
  /** Only a dispatcher (派单员), with a reason; every look is recorded and shown to the firm. Brings the sensitive answers too. */
  lookAtName: operation({
    id: 'lookAtName',
    method: 'post',
    path: '/api/campaigns/:campaignId/answers/:submissionId/name-looks',
    summary: '查看填报企业名称（留痕）',
    auth: 'official',
    permission: 'surveys.look-at-name',
    rate: 'write',
    params: z.strictObject({ campaignId: id, submissionId: id }),
    body: z.strictObject({ reason: z.string().trim().min(2).max(200) }),
    response: z.object({
      enterpriseId: id,
      enterpriseName: z.string(),
      creditCodeMasked: z.string(),
      sensitiveAnswers: z.array(z.object({ questionId: z.string(), title: z.string(), text: z.string() })),
    }),
  }),
  exportAnswers: operation({
    id: 'exportAnswers',
    method: 'get',
    path: '/api/campaigns/:campaignId/answers-export',
    summary: '导出答卷（CSV 或 XLSX）',
    auth: 'official',
    permission: 'surveys.export',
    rate: 'export',
    transport: 'download',
    params: campaignId,
    query: z.strictObject({ format: z.enum(['csv', 'xlsx']).default('csv') }),
  }),
};
export type SurveyToAnswer = z.output<typeof surveyToAnswer>;
export type SurveyForPhone = z.output<typeof surveyForPhone>;
export type SubmissionReceipt = z.output<typeof submissionReceipt>;
export type SaveSurveyDraft = z.input<typeof surveysApi.saveSurveyDraft.body>;
export type SubmitSurvey = z.input<typeof surveysApi.submitSurvey.body>;
export type SurveyResults = z.output<typeof surveysApi.getResults.response>;
