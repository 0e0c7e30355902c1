export {
  type ConversationFacts,
  type ConversationState,
  type ConversationStep,
  conversationStates,
  isWithPeople,
  stepConversation,
} from './states';
