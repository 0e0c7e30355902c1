import type { ChannelLimits } from '../channel';

/** One person per call. The platform publishes no rate for it (unconfirmed): well below what its gateway takes from one app. */
export const alipayMiniLimits: ChannelLimits = { recipientsPerCall: 1, recipientsPerSec: 100, perPersonPerMin: 10 };

/** @see https://opendocs.alipay.com/mini/02cth2 (read 2026-11) */
export const valueCharacters = 50;

/** Of the life account. Neither these figures nor its quotas per day and person could be confirmed: ours, so that a slip is refused here. */
export const lifeLimits = { textCharacters: 500, titleCharacters: 64, articles: 10 } as const;
