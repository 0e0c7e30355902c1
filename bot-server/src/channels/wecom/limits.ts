import type { ChannelLimits } from '../channel';
import type { MenuRules } from '../chat-menu';

/** @see https://developer.work.weixin.qq.com/document/path/90454 (read 2026-11): 10,000 calls a minute per corp and API; 30 a minute to one member, the surplus is dropped without a word */
export const wecomLimits: ChannelLimits = { recipientsPerCall: 1000, recipientsPerSec: 160, perPersonPerMin: 30 };

/** @see https://developer.work.weixin.qq.com/document/path/90236 (read 2026-11); bytes are UTF-8 */
export const textcardLimits = { titleBytes: 128, descriptionBytes: 512, buttonCharacters: 4 } as const;

/** Longer text is cut by the platform. */
export const textLimits = { bytes: 2048 } as const;

/**
 * Of the application's menu, in bytes. No mini-program is linked to the account: pages open as their web address.
 * @see https://developer.work.weixin.qq.com/document/path/90231 (read 2026-11)
 */
export const menuLimits: MenuRules = {
  platform: 'wecom',
  top: 3,
  below: 5,
  topBytes: 16,
  belowBytes: 40,
  keyBytes: 128,
  urlBytes: 1024,
  miniAppId: null,
};

/** @see https://developer.work.weixin.qq.com/document/path/101032 (read 2026-11) */
export const cardLimits = {
  taskIdBytes: 128,
  voteOptions: 20,
  selects: 3,
  selectOptions: 10,
  optionIdBytes: 128,
  questionKeyBytes: 1024,
  /** Advice of the page, counted in characters: what is longer is cut on the phone. */
  titleCharacters: 36,
  descriptionCharacters: 160,
  optionCharacters: 40,
} as const;

/** @see https://developer.work.weixin.qq.com/document/path/92135 (read 2026-11): 10,000 customers a call at most, four messages a natural month to each */
export const contactLimits = { textBytes: 4000, linkBytes: 256 } as const;

/** Longest `duplicate_check_interval` the platform takes. */
export const maxDuplicateCheckSec = 4 * 3600;

/**
 * Of a group robot. From memory and public reports, not confirmed: the bytes of markdown, and whether one more in a minute is 45009 or 130101.
 * @see https://developer.work.weixin.qq.com/document/path/91770
 */
export const robotLimits = { textBytes: 2048, markdownBytes: 4096, perMinute: 20 } as const;
