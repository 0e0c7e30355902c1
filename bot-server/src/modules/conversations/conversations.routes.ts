import { conversationsApi as api } from '@suiban/shared/api/conversations';
import { eventsRoute, type Route, route } from '../../kernel/http/route';
import { answerConversation, retryConversationMessage } from './answer-conversation';
import type { Desk } from './desk/views';
import { createCannedReply, deleteCannedReply, listCannedReplies, updateCannedReply } from './edit-canned-replies';
import { countConversations, listConversations } from './list-conversations';
import { readConversation, readConversationContext, readConversationMessages } from './read-conversation';
import {
  assignConversation,
  handBackConversation,
  listConversationDesks,
  takeConversation,
  transferConversation,
} from './take-conversation';
import { watchConversations } from './watch-conversations';

const targetOf = ({ params, body }: { params: { conversationId: string }; body: { revision: number } }) => ({
  conversationId: params.conversationId,
  revision: body.revision,
});

export const conversationRoutes = (desk: Desk): readonly Route[] => [
  route(api.listConversations, (actor, { query }) => listConversations(desk, actor, query)),
  route(api.countConversations, (actor) => countConversations(desk, actor)),
  eventsRoute(api.watchConversations, (actor, { request }) => watchConversations(desk, actor, request.signal)),
  route(api.getConversation, (actor, { params }) => readConversation(desk, actor, params.conversationId)),
  route(api.listConversationMessages, (actor, { params, query }) => readConversationMessages(desk, actor, params.conversationId, query)),
  route(api.getConversationContext, (actor, { params }) => readConversationContext(desk, actor, params.conversationId)),
  route(api.takeConversation, (actor, input) => takeConversation(desk, actor, targetOf(input))),
  route(api.assignConversation, (actor, input) => assignConversation(desk, actor, targetOf(input), input.body.officialId)),
  route(api.transferConversation, (actor, input) => transferConversation(desk, actor, targetOf(input), input.body.bureauId)),
  route(api.answerConversation, (actor, { params, body }) => answerConversation(desk, actor, params.conversationId, body.text)),
  route(api.retryConversationMessage, (actor, { params }) =>
    retryConversationMessage(desk, actor, params.conversationId, params.messageId),
  ),
  route(api.handBackConversation, (actor, input) => handBackConversation(desk, actor, targetOf(input))),
  route(api.listConversationDesks, (actor) => listConversationDesks(desk, actor)),
  route(api.listCannedReplies, (actor) => listCannedReplies(desk, actor)),
  route(api.createCannedReply, (actor, { body }) => createCannedReply(desk, actor, body)),
  route(api.updateCannedReply, (actor, { params, body }) => updateCannedReply(desk, actor, params.cannedReplyId, body)),
  route(api.deleteCannedReply, (actor, { params }) => deleteCannedReply(desk, actor, params.cannedReplyId)),
];
