import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** Filters live in the address: they survive a reload, go back with Back, and can be sent to a colleague. */
export function useUrlFilters<K extends string>(
  names: readonly K[],
): [Partial<Record<K, string>>, (change: Partial<Record<K, string | undefined>>) => void] {
  const [search, setSearch] = useSearchParams();
  const nameList = names.join(' ');
  const filters = useMemo(() => {
    const found: Partial<Record<K, string>> = {};
    for (const name of nameList.split(' ') as K[]) {
      const value = search.get(name);
      if (value) found[name] = value;
    }
    return found;
  }, [search, nameList]);
  const change = useCallback(
    (next: Partial<Record<K, string | undefined>>) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(next) as [K, string | undefined][]) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [filters, change];
}
