import type { Words } from '@suiban/shared/words';
import type { ChatReply } from '../channels/chat';

/** Who speaks: the chat address, and whom we know behind it. */
export interface Speaker {
  readonly channel: 'wechat-official' | 'wecom';
  readonly account: string;
  readonly userId: string;
  readonly corpId: string | null;
  /** Null: nobody has signed in from this address yet. */
  readonly personId: string | null;
  /** Firms this person acts for, the one spoken for last first. */
  readonly enterpriseIds: readonly string[];
}

/** One thing asked for before an intent can be carried out, one at a time; kept between messages and restarts. */
export interface Slot {
  readonly name: string;
  /** A function where the words depend on who speaks or on what was filled before. */
  readonly prompt: Words | ((speaker: Speaker, filled: Readonly<Record<string, string>>) => Promise<Words>);
  /** A value that need not be asked for, as the firm of somebody who acts for one. */
  known?(speaker: Speaker): string | undefined;
  /** Reads what was said; a refusal says what is wrong and asks again. */
  read(said: string, speaker: Speaker): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly say: string };
}

export interface Turn {
  readonly speaker: Speaker;
  /** By slot name; every slot of the intent is filled. */
  readonly slots: Readonly<Record<string, string>>;
  /** What was said, as it was said. */
  readonly said: string;
  /** Names this turn: handlers that write are idempotent by it. */
  readonly turnId: string;
}

/** Something people can ask for in a chat. A module registers its own. */
export interface Intent {
  /** Unique: `surveys.open`. */
  readonly name: string;
  /** In help and menus: `问卷`. */
  readonly label: Words;
  /** One line for help. */
  readonly hint: Words;
  /** What people call it; a synonyms file widens them, and one wrong character is forgiven. */
  readonly phrases: readonly string[];
  readonly slots?: readonly Slot[];
  /** Only for somebody who acts for a firm; others are shown how to sign in. The slot `enterprise`, where there is one, names the firm. */
  readonly needsFirm?: boolean;
  /** Values said along with the phrase: `进度 GD2026…` fills `number`. */
  readonly inline?: (rest: string) => Readonly<Record<string, string>>;
  handle(turn: Turn): Promise<readonly ChatReply[]>;
}
