import { useCallback, useEffect, useRef, useState } from 'react';
import { type Counts, deskClient, type LogLine, type PhoneView, type ScriptView } from '../desk-client';
import type { Language } from '../words';

const LINES_HELD = 400;
const POLL_MS = 3000;

/** One subscription for the whole page: a number that grows when anything changed, and whether the line is up. */
export function useChanges(): { tick: number; isLive: boolean; bump: () => void } {
  const [tick, setTick] = useState(0);
  const [isLive, setLive] = useState(false);
  const bump = useCallback(() => setTick((value) => value + 1), []);
  useEffect(() => {
    const source = new EventSource('api/observe/events?messages=false');
    source.addEventListener('open', () => {
      setLive(true);
      bump();
    });
    source.addEventListener('error', () => setLive(false));
    source.addEventListener('change', bump);
    const poll = setInterval(() => {
      if (source.readyState !== EventSource.OPEN) bump();
    }, POLL_MS);
    return () => {
      clearInterval(poll);
      source.close();
    };
  }, [bump]);
  return { tick, isLive, bump };
}

/** Loads again whenever `tick` grows, one request at a time; keeps the last good answer. */
export function useLoaded<T>(load: () => Promise<T>, tick: number, key: string): { loaded: T | null; isFailed: boolean } {
  const [loaded, setLoaded] = useState<T | null>(null);
  const [isFailed, setFailed] = useState(false);
  const latest = useRef(load);
  latest.current = load;
  const running = useRef<{ key: string; again: boolean } | null>(null);
  useEffect(() => {
    const go = async (): Promise<void> => {
      const mine = { key, again: false };
      running.current = mine;
      try {
        const answer = await latest.current();
        if (running.current !== mine) return;
        setLoaded(answer);
        setFailed(false);
      } catch {
        if (running.current === mine) setFailed(true);
      }
      if (running.current === mine) {
        running.current = null;
        if (mine.again) void go();
      }
    };
    if (running.current?.key === key) running.current.again = tick > 0;
    else void go();
  }, [tick, key]);
  return { loaded, isFailed };
}

export const usePhone = (id: string, tick: number): { loaded: PhoneView | null; isFailed: boolean } => {
  const { loaded, isFailed } = useLoaded(() => deskClient.phone(id), tick, id);
  return { loaded: loaded?.persona.id === id ? loaded : null, isFailed };
};

export const useScript = (tick: number): { loaded: ScriptView | null; isFailed: boolean } =>
  useLoaded(() => deskClient.script(), tick, 'script');

export const useCounts = (tick: number): { loaded: Counts | null } => useLoaded(() => deskClient.counts(), tick, 'counts');

/** The newest lines first; asks only for what is new. */
export function useLog(language: Language, tick: number): { lines: readonly LogLine[] | null } {
  const held = useRef<{ language: Language; last: number; lines: LogLine[] }>({ language, last: -1, lines: [] });
  const { loaded } = useLoaded(
    async () => {
      const state = held.current;
      const isFresh = state.language !== language || state.last < 0;
      const answer = isFresh ? await deskClient.recent(language) : await deskClient.requests(state.last, language);
      const wasReset = !isFresh && answer.last < state.last;
      const kept = isFresh || wasReset ? [] : state.lines;
      const fresh = wasReset ? (await deskClient.recent(language)).requests : answer.requests;
      held.current = { language, last: answer.last, lines: [...fresh.reverse(), ...kept].slice(0, LINES_HELD) };
      return held.current.lines;
    },
    tick,
    language,
  );
  return { lines: loaded };
}
