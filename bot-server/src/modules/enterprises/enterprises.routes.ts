import { enterprisesApi } from '@suiban/shared/api/enterprises';
import { type Route, rawRoute, route } from '../../kernel/http/route';
import type { Deps } from '../module';
import { enterpriseAttributes } from './attributes';
import { bindAgent, showInvitation } from './bind-agent';
import { listEnterprises, readFunnel } from './list-enterprises';
import { listInvitations, planInvitations } from './plan-invitations';
import { readEnterprise, setSuppression, setTags, unmaskContact } from './read-enterprise';

const api = enterprisesApi;
/** The H5 page that takes an invitation. */
const bindPage = '/m/packages/account/pages/bind/index';

export const enterpriseRoutes = (deps: Deps): readonly Route[] => [
  route(api.listEnterprises, (actor, { query }) => listEnterprises(deps, actor, query)),
  route(api.getEnterprise, (actor, { params }) => readEnterprise(deps, actor, params.enterpriseId)),
  route(api.unmaskContact, (actor, { params, body }) => unmaskContact(deps, actor, params, body.reason)),
  route(api.setSuppression, (actor, { params, body }) => setSuppression(deps, actor, params.enterpriseId, body)),
  route(api.setTags, (actor, { params, body }) => setTags(deps, actor, params.enterpriseId, body.tags)),
  route(api.listEnterpriseAttributes, async () => ({
    items: [...enterpriseAttributes(deps.city).values()].map(({ column: _, options, ...attribute }) => ({
      ...attribute,
      ...(options ? { options: [...options] } : {}),
    })),
  })),
  route(api.getEnterpriseFunnel, (actor, { query }) => readFunnel(deps, actor, query)),
];

export const invitationRoutes = (deps: Deps): readonly Route[] => [
  route(api.createInvitations, (actor, { body }) => planInvitations(deps, actor, body)),
  route(api.listInvitations, (actor, { query }) => listInvitations(deps, actor, query)),
  route(api.getMyInvitation, (_, { params }) => showInvitation(deps, params.token)),
  route(api.bindByInvitation, (actor, { body }) => bindAgent(deps, actor, body.token)),
  rawRoute(api.openInvitation, async (_, { params }) => ({
    status: 302,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    headers: { location: `${bindPage}?invitation=${params.token}` },
  })),
];
