import { useDidHide, useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';

/** Something that is fetched. `ready` stays while it is fetched again; `problem` beside it tells that the last try failed. */
export type Resource<T> =
  | { state: 'loading' }
  | { state: 'failed'; problem: ApiProblem }
  | { state: 'ready'; value: T; problem?: ApiProblem };

export interface Loaded<T> {
  resource: Resource<T>;
  reload: () => Promise<void>;
  /** Puts in a newer value that came with another answer. */
  replace: (value: T) => void;
}

/**
 * Fetches by `key` (null = nothing to fetch yet), again whenever the page is shown again.
 * An answer to an older key is dropped.
 */
export function useResource<T>(key: string | null, load: () => Promise<T>): Loaded<T> {
  const [resource, setResource] = useState<Resource<T>>({ state: 'loading' });
  const current = useRef({ key, load, wasHidden: false });
  current.current.load = load;

  const reload = useCallback(async () => {
    const askedFor = current.current.key;
    if (askedFor === null) return;
    setResource((before) => (before.state === 'failed' ? { state: 'loading' } : before));
    try {
      const value = await current.current.load();
      if (current.current.key === askedFor) setResource({ state: 'ready', value });
    } catch (reason) {
      const problem = asProblem(reason);
      if (current.current.key !== askedFor) return;
      setResource((before) => (before.state === 'ready' ? { ...before, problem } : { state: 'failed', problem }));
    }
  }, []);

  useEffect(() => {
    current.current.key = key;
    setResource({ state: 'loading' });
    void reload();
  }, [key, reload]);

  useDidHide(() => {
    current.current.wasHidden = true;
  });
  useDidShow(() => {
    if (current.current.wasHidden) void reload();
    current.current.wasHidden = false;
  });

  const replace = useCallback((value: T) => setResource({ state: 'ready', value }), []);
  return { resource, reload, replace };
}
