import { questionnairesApi as api } from '@suiban/shared/api/questionnaires';
import { checkDocument } from '@suiban/shared/surveys';
import { type Route, route, uploadRoute } from '../../kernel/http/route';
import type { Deps } from '../module';
import { readDocument } from './document';
import { parseQuestionnaireText } from './parse-questionnaire-text';
import { publishQuestionnaire } from './publish-questionnaire';
import { listQuestionnaires, readQuestionnaire, readVersion } from './read-questionnaire';
import { createQuestionnaire, saveQuestionnaire } from './save-questionnaire';
import { listTemplates } from './templates';

export const questionnaireRoutes = (deps: Deps): readonly Route[] => [
  route(api.listQuestionnaires, (_, { query }) => listQuestionnaires(deps, query)),
  route(api.listQuestionnaireTemplates, async (actor) => listTemplates(deps, actor)),
  route(api.createQuestionnaire, (actor, { body }) => createQuestionnaire(deps, actor, body.document)),
  route(api.getQuestionnaire, (_, { params }) => readQuestionnaire(deps, params.questionnaireId)),
  route(api.saveQuestionnaire, (actor, { params, body }) =>
    saveQuestionnaire(deps, actor, params.questionnaireId, body.document, body.revision),
  ),
  route(api.checkQuestionnaire, async (_, { body }) => ({ findings: [...checkDocument(readDocument(body.document))] })),
  route(api.publishQuestionnaire, (actor, { params, body }) => publishQuestionnaire(deps, actor, params.questionnaireId, body.revision)),
  route(api.getQuestionnaireVersion, (_, { params }) => readVersion(deps, params.questionnaireId, params.version)),
  uploadRoute(api.parseQuestionnaireText, (_, __, upload) => parseQuestionnaireText(upload.stream)),
];
