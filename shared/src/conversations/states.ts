/**
 * automatic → waiting (somebody asked for a person) → assigned (an operator has it) → automatic (handed back). The person may leave at any
 * time (取消人工): waiting | assigned → automatic. An operator may take a conversation that asked for nobody, and give it to another bureau:
 * assigned → waiting.
 */
export const conversationStates = ['automatic', 'waiting', 'assigned'] as const;
export type ConversationState = (typeof conversationStates)[number];

export interface ConversationFacts {
  readonly state: ConversationState;
  /** Who has it; set exactly while `assigned`. */
  readonly operatorId: string | null;
}

export type ConversationStep =
  | { readonly step: 'ask' }
  | { readonly step: 'leave' }
  | { readonly step: 'assign'; readonly operatorId: string }
  | { readonly step: 'transfer' }
  | { readonly step: 'hand-back' };

const automatic: ConversationFacts = { state: 'automatic', operatorId: null };
const waiting: ConversationFacts = { state: 'waiting', operatorId: null };

/** The state after a step; undefined: this state does not know it, and nothing changes. */
export function stepConversation(facts: ConversationFacts, step: ConversationStep): ConversationFacts | undefined {
  switch (step.step) {
    case 'ask':
      return facts.state === 'automatic' ? waiting : undefined;
    case 'leave':
      return facts.state === 'automatic' ? undefined : automatic;
    case 'assign':
      return facts.operatorId === step.operatorId ? undefined : { state: 'assigned', operatorId: step.operatorId };
    case 'transfer':
      return facts.state === 'automatic' ? undefined : waiting;
    case 'hand-back':
      return facts.state === 'assigned' ? automatic : undefined;
  }
}

/** A person speaks with a person: automatic answers are silent. */
export const isWithPeople = (facts: Pick<ConversationFacts, 'state'>): boolean => facts.state !== 'automatic';
