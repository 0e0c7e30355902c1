import { subscriptionsApi } from '@suiban/shared/api/messages';
import { type Route, route } from '../../kernel/http/route';
import type { Deps } from '../module';
import type { longTermTemplates } from './ledger';
import { listCreditFigures } from './list-credit-figures';
import { listMySubscriptions } from './list-my-subscriptions';
import { recordSubscriptionGrant } from './record-subscription-grant';

export const subscriptionRoutes = (deps: Deps, longTerm: ReturnType<typeof longTermTemplates>): readonly Route[] => [
  route(subscriptionsApi.recordSubscriptionGrant, (actor, { body }) => recordSubscriptionGrant(deps, actor, body, longTerm)),
  route(subscriptionsApi.listMySubscriptions, (actor, { query }) => listMySubscriptions(deps, actor, query.channel)),
  route(subscriptionsApi.listCreditFigures, (actor) => listCreditFigures(deps, actor)),
];
