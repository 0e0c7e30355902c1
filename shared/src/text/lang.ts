/** The languages of every screen; Chinese is the one that is always there. */
export type Lang = 'zh' | 'en';

export const langs: readonly Lang[] = ['zh', 'en'];
