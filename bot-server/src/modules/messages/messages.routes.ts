import { messagesApi } from '@suiban/shared/api/messages';
import { type Route, route } from '../../kernel/http/route';
import type { Deps } from '../module';
import { countMessages, getMessage, listMessages, readMessages } from './read-messages';

export const messageRoutes = (deps: Deps): readonly Route[] => [
  route(messagesApi.listMyMessages, (actor, { query }) => listMessages(deps, actor, query)),
  route(messagesApi.countMyMessages, (actor, { query }) => countMessages(deps, actor, query.enterpriseId)),
  route(messagesApi.getMyMessage, (actor, { params }) => getMessage(deps, actor, params.messageId)),
  route(messagesApi.readMyMessages, (actor, { body }) => readMessages(deps, actor, body)),
];
