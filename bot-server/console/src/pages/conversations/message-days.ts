import type { ConversationMessage } from '@suiban/shared/api/conversations';
import { civilDateAt, type Zone } from '@suiban/shared/time';

/** The messages of one day of the city, oldest first. */
export interface MessageDay {
  readonly on: string;
  readonly messages: readonly ConversationMessage[];
}

/** Pages come newest first; a thread is read from above. The same message in two pages (one came in between) is shown once. */
export function daysOfMessages(newestFirst: readonly ConversationMessage[], zone: Zone): readonly MessageDay[] {
  const days = new Map<string, ConversationMessage[]>();
  const seen = new Set<string>();
  for (const message of [...newestFirst].reverse()) {
    if (seen.has(message.id)) continue;
    seen.add(message.id);
    const on = civilDateAt(new Date(message.at), zone);
    const day = days.get(on);
    if (day) day.push(message);
    else days.set(on, [message]);
  }
  return [...days].map(([on, messages]) => ({ on, messages }));
}

const pauseMs = 3 * 60_000;

/** Said by the same side soon after: who speaks is not said again. */
export const isFollowing = (message: ConversationMessage, before: ConversationMessage | undefined): boolean =>
  before !== undefined &&
  before.form !== 'event' &&
  message.by === before.by &&
  message.operatorName === before.operatorName &&
  Date.parse(message.at) - Date.parse(before.at) < pauseMs;
