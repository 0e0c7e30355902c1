import { conversationsApi } from '@suiban/shared/api/conversations';

/** Read again after any step: a step writes a line into the thread as well. */
export const refreshAll: readonly string[] = [
  conversationsApi.getConversation.id,
  conversationsApi.listConversations.id,
  conversationsApi.listConversationMessages.id,
  conversationsApi.countConversations.id,
];
