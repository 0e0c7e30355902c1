import { surveysApi as api } from '@suiban/shared/api/surveys';
import { downloadRoute, type Route, route } from '../../kernel/http/route';
import type { Deps } from '../module';
import { exportAnswers } from './export-answers';
import { listAnswers } from './list-answers';
import { lookAtName } from './look-at-name';
import type { SurveyPorts } from './ports';
import { listMySurveys, readMySurvey } from './read-my-surveys';
import { readResults } from './read-results';
import { saveSurveyDraft } from './save-survey-draft';
import { submitAnswers } from './submit-answers';
import { viaOf } from './via';

export const surveyRoutes = (deps: Deps, ports: SurveyPorts): readonly Route[] => [
  route(api.listMySurveys, (actor) => listMySurveys(deps, actor)),
  route(api.getMySurvey, (actor, { params, query }) => readMySurvey(deps, ports, actor, { ...params, ...query })),
  route(api.saveSurveyDraft, (actor, { params, body }) => saveSurveyDraft(deps, actor, params.campaignId, body)),
  route(api.submitSurvey, async (actor, { params, body, request }) => {
    const via = await viaOf(deps, actor, request.headers);
    return submitAnswers(deps, actor, params.campaignId, { ...body, via });
  }),
  route(api.getResults, (actor, { params, query }) => readResults(deps, actor, params.campaignId, query)),
  route(api.listAnswers, (actor, { params, query }) => listAnswers(deps, ports, actor, params.campaignId, query)),
  route(api.lookAtName, (actor, { params, body }) => lookAtName(deps, actor, params, body.reason)),
  downloadRoute(api.exportAnswers, (actor, { params, query }) => exportAnswers(deps, actor, params.campaignId, query.format)),
];
