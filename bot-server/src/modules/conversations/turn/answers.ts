import { DomainError } from '@suiban/shared/errors';
import type { ChatReply } from '../../../channels/chat';
import type { Intent, Speaker } from '../../intent';
import type { Deps } from '../../module';
import {
  brokenText,
  cancelledText,
  helpText,
  leftText,
  mediaText,
  nothingToCancelText,
  offerText,
  promptText,
  signInLink,
  text,
  unknownText,
} from '../replies';
import type { Decision } from './decide';

export interface Answering {
  readonly deps: Deps;
  readonly speaker: Speaker;
  readonly intents: readonly Intent[];
  readonly turnId: string;
}

async function asked({ speaker }: Answering, { slot, slots, refusal }: Extract<Decision, { do: 'ask' }>): Promise<ChatReply> {
  const words = typeof slot.prompt === 'function' ? await slot.prompt(speaker, slots) : slot.prompt;
  return promptText(words.zh, refusal);
}

/** Refusals that are meant for people are the answer; anything else broke. */
async function run(answering: Answering, { intent, slots, said }: Extract<Decision, { do: 'run' }>): Promise<readonly ChatReply[]> {
  const { speaker, turnId } = answering;
  try {
    return await intent.handle({ speaker, slots, said, turnId });
  } catch (error) {
    if (error instanceof DomainError && error.httpStatus < 500) return [text(error.message)];
    throw error;
  }
}

/** What is said for a decision. Intents run here, outside any transaction: what they write they write once per turn id. */
export async function answersTo(decision: Decision, answering: Answering): Promise<readonly ChatReply[]> {
  const { deps, intents } = answering;
  switch (decision.do) {
    case 'silent':
    case 'gone':
      return [];
    case 'leave':
      return [leftText];
    case 'greet':
      return [helpText(deps, intents)];
    case 'cancelled':
      return [cancelledText];
    case 'nothing-to-cancel':
      return [nothingToCancelText];
    case 'media':
      return [mediaText];
    case 'unknown':
      return [unknownText(intents)];
    case 'sign-in':
      return [signInLink(deps, decision.intent.label.zh)];
    case 'offer':
      return [offerText(decision.intents)];
    case 'ask':
      return [await asked(answering, decision)];
    case 'run':
      return run(answering, decision);
  }
}

export const givenUp: readonly ChatReply[] = [brokenText];
