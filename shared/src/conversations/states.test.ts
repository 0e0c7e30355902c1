import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ConversationFacts, type ConversationStep, conversationStates, isWithPeople, stepConversation } from './states';

const automatic: ConversationFacts = { state: 'automatic', operatorId: null };
const waiting: ConversationFacts = { state: 'waiting', operatorId: null };
const assigned: ConversationFacts = { state: 'assigned', operatorId: 'a' };

describe('stepConversation', () => {
  it.each<[ConversationFacts, ConversationStep, ConversationFacts | undefined]>([
    [automatic, { step: 'ask' }, waiting],
    [waiting, { step: 'ask' }, undefined],
    [assigned, { step: 'ask' }, undefined],
    [automatic, { step: 'leave' }, undefined],
    [waiting, { step: 'leave' }, automatic],
    [assigned, { step: 'leave' }, automatic],
    [automatic, { step: 'assign', operatorId: 'a' }, assigned],
    [waiting, { step: 'assign', operatorId: 'a' }, assigned],
    [assigned, { step: 'assign', operatorId: 'a' }, undefined],
    [assigned, { step: 'assign', operatorId: 'b' }, { state: 'assigned', operatorId: 'b' }],
    [automatic, { step: 'transfer' }, undefined],
    [waiting, { step: 'transfer' }, waiting],
    [assigned, { step: 'transfer' }, waiting],
    [automatic, { step: 'hand-back' }, undefined],
    [waiting, { step: 'hand-back' }, undefined],
    [assigned, { step: 'hand-back' }, automatic],
  ])('%j + %j → %j', (facts, step, after) => {
    expect(stepConversation(facts, step)).toEqual(after);
  });

  const steps = fc.array(
    fc.oneof(
      fc.constantFrom<ConversationStep>({ step: 'ask' }, { step: 'leave' }, { step: 'transfer' }, { step: 'hand-back' }),
      fc.constantFrom('a', 'b').map((operatorId): ConversationStep => ({ step: 'assign', operatorId })),
    ),
    { maxLength: 30 },
  );

  it('has an operator exactly while assigned, and always a way back to automatic', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        let facts = automatic;
        for (const step of taken) {
          facts = stepConversation(facts, step) ?? facts;
          expect(conversationStates).toContain(facts.state);
          expect(facts.state === 'assigned').toBe(facts.operatorId !== null);
          expect(isWithPeople(facts)).toBe(facts.state !== 'automatic');
        }
        expect(stepConversation(facts, { step: 'leave' }) ?? facts).toEqual(automatic);
      }),
    );
  });
});
