import type { Lang, Translate } from '@suiban/shared/text';
import { usePreferences } from './preferences';

/** The texts of a dictionary in the language the person chose. */
export function useTexts<Z extends Readonly<Record<string, string>>>(dictionary: (lang: Lang) => Translate<Z>): Translate<Z> {
  return dictionary(usePreferences().language);
}

export const useLanguage = (): Lang => usePreferences().language;
