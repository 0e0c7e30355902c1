import type { ConversationState } from '@suiban/shared/conversations';
import type { ChatAct } from '../../../channels/chat';
import type { Intent, Slot, Speaker } from '../../intent';
import type { Match } from '../matching/matcher';
import { normalise, readChoice } from '../matching/normalise';
import type { ChatWords } from '../matching/words';

/*
 * One turn of a conversation: what somebody did, and what comes of it. Nothing pending → an intent is named → its slots are asked one at a
 * time (pending: slot) → all filled → it runs. Where several intents fit, they are offered (pending: choice). 取消 ends what is pending, 返回
 * asks the slot before again; a menu entry, or another intent named in full where the slot cannot use it, takes the place of what is pending.
 * While a person answers nothing here speaks; only 取消人工 is heard.
 */

export type Pending =
  | { readonly kind: 'slot'; readonly intent: string; readonly slots: Readonly<Record<string, string>>; readonly asked: string }
  | { readonly kind: 'choice'; readonly intents: readonly string[] };

export interface Scene {
  readonly state: ConversationState;
  readonly pending: Pending | null;
  readonly speaker: Speaker;
  readonly act: ChatAct;
  readonly intents: readonly Intent[];
  readonly match: (said: string) => Match;
  readonly words: ChatWords;
  /** Intents that the engine itself knows. */
  readonly operator: string;
  /** Whether entering the chat deserves a greeting now. */
  readonly isGreeted: boolean;
}

export type Decision =
  | { readonly do: 'silent' }
  | { readonly do: 'leave' }
  /** Left the chat altogether: nobody is there to hear anything. */
  | { readonly do: 'gone' }
  | { readonly do: 'greet' }
  | { readonly do: 'cancelled' }
  | { readonly do: 'nothing-to-cancel' }
  | { readonly do: 'media' }
  | { readonly do: 'unknown' }
  | { readonly do: 'sign-in'; readonly intent: Intent }
  | { readonly do: 'offer'; readonly intents: readonly Intent[] }
  /** `refusal`: what was wrong with what was said for this slot. */
  | {
      readonly do: 'ask';
      readonly intent: Intent;
      readonly slots: Readonly<Record<string, string>>;
      readonly slot: Slot;
      readonly refusal: string | null;
    }
  | { readonly do: 'run'; readonly intent: Intent; readonly slots: Readonly<Record<string, string>>; readonly said: string };

export function decide(scene: Scene): Decision {
  const { act, state } = scene;
  if (act.act === 'unfollow') return { do: 'gone' };
  if (state !== 'automatic') return act.act === 'text' && isCommand(scene, 'leave', act.text) ? { do: 'leave' } : { do: 'silent' };
  switch (act.act) {
    case 'follow':
    case 'scan':
      return scene.isGreeted ? { do: 'silent' } : { do: 'greet' };
    case 'media':
      return { do: 'media' };
    case 'menu':
      return byName(scene, act.key, '');
    case 'text':
      return heard(scene, act.text);
  }
}

const isCommand = ({ words }: Scene, command: 'cancel' | 'back' | 'leave', said: string): boolean =>
  words.commands[command].has(normalise(said));

const find = ({ intents }: Scene, name: string): Intent | undefined => intents.find((intent) => intent.name === name);

function heard(scene: Scene, said: string): Decision {
  const { pending } = scene;
  if (isCommand(scene, 'cancel', said)) return { do: pending ? 'cancelled' : 'nothing-to-cancel' };
  if (pending?.kind === 'slot') {
    const intent = find(scene, pending.intent);
    if (intent) return filled(scene, intent, pending, said);
  }
  if (pending?.kind === 'choice') {
    const chosen = readChoice(said, pending.intents.length);
    const name = chosen === undefined ? undefined : pending.intents[chosen - 1];
    if (name !== undefined) return byName(scene, name, '');
  }
  return matched(scene, said);
}

/** What was said for the slot that was asked for, unless it steers. */
function filled(scene: Scene, intent: Intent, pending: Extract<Pending, { kind: 'slot' }>, said: string): Decision {
  const slot = intent.slots?.find(({ name }) => name === pending.asked);
  if (!slot) return matched(scene, said);
  if (isCommand(scene, 'back', said)) return back(scene, intent, pending, slot);
  const named = scene.match(said);
  const isExact = named.kind === 'one' && named.isExact;
  if (isExact && named.name === scene.operator) return byName(scene, scene.operator, said);
  const read = slot.read(said, scene.speaker);
  if (read.ok) return go(scene, intent, { ...pending.slots, [slot.name]: read.value }, said);
  if (isExact) return byName(scene, named.name, said);
  return { do: 'ask', intent, slots: pending.slots, slot, refusal: read.say };
}

/** The slot before the one that was asked, with its value forgotten; at the first one, the same again. */
function back(scene: Scene, intent: Intent, pending: Extract<Pending, { kind: 'slot' }>, asked: Slot): Decision {
  const slots = (intent.slots ?? []).filter((slot) => slot.known?.(scene.speaker) === undefined);
  const before = slots[slots.indexOf(asked) - 1];
  if (!before) return { do: 'ask', intent, slots: pending.slots, slot: asked, refusal: '已经是第一步' };
  const { [before.name]: _forgotten, ...left } = pending.slots;
  return { do: 'ask', intent, slots: left, slot: before, refusal: null };
}

function matched(scene: Scene, said: string): Decision {
  const found = scene.match(said);
  if (found.kind === 'one') return byName(scene, found.name, said, found.rest);
  if (found.kind === 'none') return { do: 'unknown' };
  return { do: 'offer', intents: found.names.flatMap((name) => find(scene, name) ?? []) };
}

function byName(scene: Scene, name: string, said: string, rest = ''): Decision {
  const intent = find(scene, name);
  if (!intent) return { do: 'unknown' };
  if (intent.needsFirm && scene.speaker.enterpriseIds.length === 0) return { do: 'sign-in', intent };
  return go(scene, intent, rest === '' ? {} : (intent.inline?.(rest) ?? {}), said);
}

/** On to the first slot that is still empty, or to the end. */
function go(scene: Scene, intent: Intent, given: Readonly<Record<string, string>>, said: string): Decision {
  const slots: Record<string, string> = { ...given };
  for (const slot of intent.slots ?? []) {
    if (slots[slot.name] !== undefined) continue;
    const known = slot.known?.(scene.speaker);
    if (known === undefined) return { do: 'ask', intent, slots, slot, refusal: null };
    slots[slot.name] = known;
  }
  return { do: 'run', intent, slots, said };
}

/** What is pending after a decision: 取消 and a finished intent leave nothing; what nobody answered stays. */
export function pendingAfter(decision: Decision, before: Pending | null): Pending | null {
  switch (decision.do) {
    case 'ask':
      return { kind: 'slot', intent: decision.intent.name, slots: decision.slots, asked: decision.slot.name };
    case 'offer':
      return { kind: 'choice', intents: decision.intents.map(({ name }) => name) };
    case 'media':
    case 'silent':
    case 'greet':
      return before;
    default:
      return null;
  }
}
