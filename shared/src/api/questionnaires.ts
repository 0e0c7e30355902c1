import { z } from 'zod';
import type { ImportedQuestionnaire } from '../questionnaire-import';
import type { DocumentFinding, SurveyDocument } from '../surveys';
import { id, instant, jsonObject, operation, pageOf, pageQuery } from './define';

const questionnaireState = z.enum(['draft', 'published', 'archived']);

export const questionnaireSummary = z.object({
  id,
  title: z.string(),
  state: questionnaireState,
  bureauId: z.string(),
  questionCount: z.number().int(),
  minutes: z.number().int(),
  /** Newest published version, or null. */
  latestVersion: z.number().int().nullable(),
  /** The draft differs from the newest version. */
  hasDraftChanges: z.boolean(),
  updatedAt: instant,
  updatedByName: z.string(),
  isDemo: z.boolean(),
});

export const questionnaireDetail = questionnaireSummary.extend({
  document: jsonObject<SurveyDocument>(),
  /** Optimistic lock: send it back with the next save. */
  revision: z.number().int(),
  findings: z.array(jsonObject<DocumentFinding>()),
  versions: z.array(z.object({ version: z.number().int(), publishedAt: instant, publishedByName: z.string(), hash: z.string() })),
});

const questionnaireId = z.strictObject({ questionnaireId: id });

export const questionnairesApi = {
  listQuestionnaires: operation({
    id: 'listQuestionnaires',
    method: 'get',
    path: '/api/questionnaires',
    summary: '问卷列表',
    auth: 'official',
    permission: 'questionnaires.read',
    rate: 'read',
    query: z.strictObject({ ...pageQuery, q: z.string().max(100).optional(), state: questionnaireState.optional() }),
    response: pageOf(questionnaireSummary),
  }),
  listQuestionnaireTemplates: operation({
    id: 'listQuestionnaireTemplates',
    method: 'get',
    path: '/api/questionnaire-templates',
    summary: '自带的问卷模板',
    auth: 'official',
    permission: 'questionnaires.read',
    rate: 'read',
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          questionCount: z.number().int(),
          minutes: z.number().int(),
          document: jsonObject<SurveyDocument>(),
        }),
      ),
    }),
  }),
  createQuestionnaire: operation({
    id: 'createQuestionnaire',
    method: 'post',
    path: '/api/questionnaires',
    summary: '新建问卷',
    auth: 'official',
    permission: 'questionnaires.write',
    rate: 'write',
    status: 201,
    body: z.strictObject({ document: jsonObject<SurveyDocument>() }),
    response: questionnaireDetail,
    problems: ['surveys:invalid-document'],
  }),
  getQuestionnaire: operation({
    id: 'getQuestionnaire',
    method: 'get',
    path: '/api/questionnaires/:questionnaireId',
    summary: '问卷草稿与版本',
    auth: 'official',
    permission: 'questionnaires.read',
    rate: 'read',
    params: questionnaireId,
    response: questionnaireDetail,
  }),
  saveQuestionnaire: operation({
    id: 'saveQuestionnaire',
    method: 'put',
    path: '/api/questionnaires/:questionnaireId',
    summary: '保存问卷草稿',
    auth: 'official',
    permission: 'questionnaires.write',
    rate: 'write',
    params: questionnaireId,
    body: z.strictObject({ document: jsonObject<SurveyDocument>(), revision: z.number().int() }),
    response: questionnaireDetail,
    problems: ['surveys:invalid-document', 'kernel:conflict'],
  }),
  checkQuestionnaire: operation({
    id: 'checkQuestionnaire',
    method: 'post',
    path: '/api/questionnaire-checks',
    summary: '检查问卷',
    auth: 'official',
    permission: 'questionnaires.read',
    rate: 'write',
    body: z.strictObject({ document: jsonObject<SurveyDocument>() }),
    response: z.object({ findings: z.array(jsonObject<DocumentFinding>()) }),
    problems: ['surveys:invalid-document'],
  }),
  publishQuestionnaire: operation({
    id: 'publishQuestionnaire',
    method: 'post',
    path: '/api/questionnaires/:questionnaireId/versions',
    summary: '发布一个不可更改的版本',
    auth: 'official',
    permission: 'questionnaires.publish',
    rate: 'write',
    status: 201,
    params: questionnaireId,
    body: z.strictObject({ revision: z.number().int() }),
    response: questionnaireDetail,
    problems: ['surveys:document-has-errors', 'kernel:conflict'],
  }),
  getQuestionnaireVersion: operation({
    id: 'getQuestionnaireVersion',
    method: 'get',
    path: '/api/questionnaires/:questionnaireId/versions/:version',
    summary: '已发布的版本',
    auth: 'official',
    permission: 'questionnaires.read',
    rate: 'read',
    params: z.strictObject({ questionnaireId: id, version: z.coerce.number().int().positive() }),
    response: z.object({
      questionnaireId: id,
      version: z.number().int(),
      document: jsonObject<SurveyDocument>(),
      hash: z.string(),
      publishedAt: instant,
    }),
  }),
  /** A 问卷星 text file, UTF-8 or GB18030, up to 2 MB. Nothing is stored. */
  parseQuestionnaireText: operation({
    id: 'parseQuestionnaireText',
    method: 'post',
    path: '/api/questionnaire-imports',
    summary: '识别问卷星文本',
    auth: 'official',
    permission: 'questionnaires.write',
    rate: 'upload',
    transport: 'upload',
    response: z.object({ encoding: z.enum(['utf-8', 'gb18030']), result: jsonObject<ImportedQuestionnaire>() }),
    problems: ['kernel:unsupported-type', 'kernel:too-large'],
  }),
};
export type QuestionnaireSummary = z.output<typeof questionnaireSummary>;
export type QuestionnaireDetail = z.output<typeof questionnaireDetail>;
