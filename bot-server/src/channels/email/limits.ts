import type { ChannelLimits } from '../channel';

/** No server tells its limits: what a city's own relay takes without complaint. */
export const emailLimits: ChannelLimits = { recipientsPerCall: 1, recipientsPerSec: 20, perPersonPerMin: 10 };

export const mailLimits = { subjectCharacters: 200, textCharacters: 20_000 } as const;

/** Connections at once: relays commonly allow ten from one address. */
export const connectionsAtOnce = 8;
