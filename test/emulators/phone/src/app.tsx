import { useEffect, useState } from 'react';
import { PlatformLog } from './desk/platform-log';
import { Switches } from './desk/switches';
import { useChanges, useCounts, useScript } from './desk/use-desk';
import { icons } from './icons';
import { Phone } from './phone/phone';
import { type Language, LanguageContext, useWords } from './words';

const START = ['restaurant-agent', 'noodle-agent', 'graduate'];
const MOST_PHONES = 3;

function kept<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

const keep = (key: string, value: unknown): void => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows refuse storage: the choice then lasts as long as the page.
  }
};

export function App() {
  const [language, setLanguage] = useState<Language>(() => kept('suiban.sandbox.language', 'zh'));
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    keep('suiban.sandbox.language', language);
  }, [language]);
  return (
    <LanguageContext.Provider value={language}>
      <Desk language={language} onLanguage={() => setLanguage(language === 'zh' ? 'en' : 'zh')} />
    </LanguageContext.Provider>
  );
}

/** A phone keeps its place on the desk whoever holds it. */
const places = ['left', 'middle', 'right'] as const;

function Desk({ language, onLanguage }: { language: Language; onLanguage: () => void }) {
  const word = useWords();
  const { tick, isLive, bump } = useChanges();
  const [people, setPeople] = useState<string[]>(() => kept('suiban.sandbox.people', START).slice(0, MOST_PHONES));
  const script = useScript(tick);
  useEffect(() => {
    document.title = `${word('title')} · 随办`;
    keep('suiban.sandbox.people', people);
  }, [people, word]);
  const change = (slot: number, id: string): void => setPeople(people.map((person, index) => (index === slot ? id : person)));
  return (
    <div className="desk">
      <TopBar isLive={isLive} tick={tick} onLanguage={onLanguage} />
      <main className="desk-phones" aria-label={word('title')}>
        {people.map((id, slot) => (
          <Phone
            key={places[slot]}
            slot={slot}
            personaId={id}
            tick={tick}
            target={script.loaded?.push.target ?? null}
            onPersona={(next) => change(slot, next)}
            onRemove={people.length > 1 ? () => setPeople(people.filter((_, index) => index !== slot)) : null}
            onActed={bump}
          />
        ))}
        {people.length < MOST_PHONES ? (
          <button
            type="button"
            className="add-phone"
            onClick={() => setPeople([...people, START.find((id) => !people.includes(id)) ?? START[0] ?? ''])}
          >
            {icons.plus}
            {word('addPhone')}
          </button>
        ) : null}
      </main>
      <aside className="desk-side">
        <Switches script={script.loaded} isFailed={script.isFailed} onChanged={bump} />
        <PlatformLog language={language} tick={tick} />
      </aside>
    </div>
  );
}

function TopBar({ isLive, tick, onLanguage }: { isLive: boolean; tick: number; onLanguage: () => void }) {
  const word = useWords();
  const { loaded } = useCounts(tick);
  return (
    <header className="top-bar">
      <img src="icon.svg" alt="" width="24" height="24" />
      <h1>{word('title')}</h1>
      <span className="demo-mark">{word('demo')}</span>
      <dl className="top-counts">
        {(['received', 'deduped', 'dropped'] as const).map((name) => (
          <div key={name}>
            <dt>{word(name)}</dt>
            <dd>{(loaded?.[name] ?? 0).toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      <span className={`live ${isLive ? 'is-live' : ''}`} role="status">
        {isLive ? word('live') : word('reconnecting')}
      </span>
      <button type="button" className="plain-button" onClick={onLanguage} lang={word('language') === 'English' ? 'en' : 'zh-CN'}>
        {word('language')}
      </button>
    </header>
  );
}
