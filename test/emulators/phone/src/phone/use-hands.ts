import { useCallback, useEffect, useState } from 'react';
import { deskClient, type TemplateView } from '../desk-client';
import { frameUrlOf } from '../links';
import type { App } from '../threads';
import { useWords } from '../words';
import type { Asked } from './subscribe-prompt';

/** A page open over a chat. */
export interface Opened {
  readonly url: string;
  readonly app: App;
  /** Inside the mini-program's shell; else in the app's browser. */
  readonly isMini: boolean;
}

/** What every app of a phone can do. */
export interface Hands {
  readonly act: (work: Promise<unknown>) => Promise<boolean>;
  readonly open: (link: string, from: App) => void;
  /** Asks for consent in a sheet: WeChat's unless said. */
  readonly ask: (templates: readonly TemplateView[], app?: 'wechat' | 'alipay') => Promise<Record<string, string>>;
  /** The chat on the screen; null: the list of them. */
  readonly thread: string | null;
  readonly enter: (thread: string | null) => void;
}

/**
 * What a person does with one phone: picks an app, opens pages, answers prompts. The phone goes back to the start when
 * another person takes it.
 */
export function useHands(personaId: string, target: string | null, onActed: () => void) {
  const word = useWords();
  const [chosen, setChosen] = useState<App | null>(null);
  const [thread, enter] = useState<string | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!personaId) return;
    setChosen(null);
    enter(null);
    setOpened(null);
    setAsked(null);
    setProblem(null);
  }, [personaId]);
  const act = useCallback(
    async (work: Promise<unknown>): Promise<boolean> => {
      try {
        await work;
        setProblem(null);
        onActed();
        return true;
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
        return false;
      }
    },
    [onActed],
  );
  const open = (link: string, from: App): void => {
    const url = frameUrlOf(link, target);
    if (url === null) setProblem(word('noAddress'));
    else setOpened({ url, app: from, isMini: !/^https?:/.test(link) });
  };
  const ask: Hands['ask'] = (templates, app = 'wechat') =>
    new Promise((resolve, reject) => {
      const answer = (accepted: readonly string[]): void => {
        setAsked(null);
        const answers = templates.map(({ id }) => ({ templateId: id, accepted: accepted.includes(id) }));
        const subscribing = app === 'alipay' ? deskClient.alipaySubscribe(personaId, answers) : deskClient.subscribe(personaId, answers);
        subscribing.then(({ result }) => resolve(result), reject);
        void act(subscribing);
      };
      setAsked({ templates, app, answer });
    });
  const pick = (app: App): void => {
    setChosen(app);
    setOpened(null);
    enter(null);
  };
  return { chosen, thread, opened, asked, problem, pick, enter, setOpened, setProblem, act, open, ask };
}
