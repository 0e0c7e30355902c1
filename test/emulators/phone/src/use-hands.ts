import { useCallback, useEffect, useState } from 'react';
import { deskClient, type Platform, type TemplateView } from './desk-client';
import { frameUrlOf } from './links';
import type { Asked } from './subscribe-prompt';
import { useWords } from './words';

/** A page open over a chat. */
export interface Opened {
  readonly url: string;
  readonly app: Platform;
}

/**
 * What a person does with one phone: picks an app, opens pages, answers prompts. The phone goes back to the start when
 * another person takes it.
 */
export function useHands(personaId: string, target: string | null, onActed: () => void) {
  const word = useWords();
  const [chosen, setChosen] = useState<Platform | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!personaId) return;
    setChosen(null);
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
  const open = (link: string, from: Platform): void => {
    const url = frameUrlOf(link, target);
    if (url === null) setProblem(word('noAddress'));
    else setOpened({ url, app: from });
  };
  const ask = (templates: readonly TemplateView[]): Promise<Record<string, string>> =>
    new Promise((resolve, reject) => {
      const answer = (accepted: readonly string[]): void => {
        setAsked(null);
        const subscribing = deskClient.subscribe(
          personaId,
          templates.map(({ id }) => ({ templateId: id, accepted: accepted.includes(id) })),
        );
        subscribing.then(({ result }) => resolve(result), reject);
        void act(subscribing);
      };
      setAsked({ templates, answer });
    });
  const pick = (app: Platform): void => {
    setChosen(app);
    setOpened(null);
  };
  return { chosen, opened, asked, problem, pick, setOpened, setProblem, act, open, ask };
}
