import type { Lang, Translate } from '@suiban/shared/text';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

interface Language {
  lang: Lang;
  setLang: (lang: Lang) => void;
}

const LanguageContext = createContext<Language>({ lang: 'zh', setLang: () => undefined });
const storageKey = 'suiban.console.lang';

/** Chinese first; the choice stays in this browser. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(() => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh'));
  useEffect(() => {
    localStorage.setItem(storageKey, lang);
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  }, [lang]);
  const value = useMemo(() => ({ lang, setLang }), [lang]);
  return <LanguageContext.Provider value={value}>{children}</LanguageContext.Provider>;
}

export const useLanguage = () => useContext(LanguageContext);

/** The words of a page (`dictionary` of shared/text) in the reader's language: `w('key')`, `w('key', { name })`. */
export function useWords<Z extends Readonly<Record<string, string>>>(dictionary: (lang: Lang) => Translate<Z>): Translate<Z> {
  return dictionary(useLanguage().lang);
}
