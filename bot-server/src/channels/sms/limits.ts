import type { ChannelLimits } from '../channel';

export const smsLimits: ChannelLimits = { recipientsPerCall: 1, recipientsPerSec: 200, perPersonPerMin: 10 };

/** Of the gateway's contract. Operators charge 70 characters as one message, longer ones by 67. */
export const smsTextLimits = { textCharacters: 500, signCharacters: [2, 16], single: 70, part: 67 } as const;

/** What a personal link takes in a text, at most. */
export const linkCharacters = 70;
