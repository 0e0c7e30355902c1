/** Languages a screen can be shown in. Chinese is always there; the others fall back to it. */
export type Language = 'zh' | 'en';

/** A text of ours, in every language. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A text a person wrote: Chinese, and a translation where there is one. */
export interface LocalText {
  readonly zh: string;
  readonly en?: string;
}

/** The text in the wanted language, else in Chinese. Never throws. */
export const textIn = (text: LocalText, language: Language): string => (language === 'en' && text.en ? text.en : text.zh);
