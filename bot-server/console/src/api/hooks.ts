import type { Operation, ResponseOf } from '@suiban/shared/api/operation';
import {
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { addressOf, type CallInput, call, Problem } from './client';

interface ReadOptions {
  enabled?: boolean;
  /** Poll while the page shows something that moves. */
  refetchMs?: number | false;
}

/** A refusal stays one; only a network or a server that was away is asked again. */
const isWorthRetry = (failures: number, problem: Problem): boolean => failures < 2 && (problem.status === 0 || problem.status >= 502);

/** Reads an operation; the key is its address, so equal reads share one request. */
export function useRead<O extends Operation>(
  operation: O,
  input: CallInput<O> = {},
  options: ReadOptions = {},
): UseQueryResult<ResponseOf<O>, Problem> {
  return useQuery<ResponseOf<O>, Problem>({
    queryKey: [operation.id, addressOf(operation, input)],
    queryFn: ({ signal }) => call(operation, { ...input, signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchMs ?? false,
    retry: isWorthRetry,
  });
}

/** Writes; afterwards everything named in `refresh` (operation ids) is read again. */
export function useWrite<O extends Operation>(
  operation: O,
  options: { refresh?: readonly string[]; onDone?: (result: ResponseOf<O>) => void } = {},
): UseMutationResult<ResponseOf<O>, Problem, CallInput<O>> {
  const client = useQueryClient();
  return useMutation<ResponseOf<O>, Problem, CallInput<O>>({
    mutationFn: (input) => call(operation, input),
    onSuccess: async (result) => {
      await Promise.all((options.refresh ?? []).map((id) => client.invalidateQueries({ queryKey: [id] })));
      options.onDone?.(result);
    },
  });
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number | null;
}

/** Cursor paging: all pages read so far as one list. */
export function usePages<T, O extends Operation>(
  operation: O & { response: { _output: Page<T> } },
  input: CallInput<O>,
  options: ReadOptions = {},
) {
  const query = useInfiniteQuery<Page<T>, Problem>({
    queryKey: [operation.id, addressOf(operation as O, input)],
    queryFn: ({ pageParam, signal }) =>
      call(operation as O, {
        ...input,
        signal,
        query: { ...((input.query ?? {}) as object), cursor: pageParam } as CallInput<O>['query'],
      }) as Promise<Page<T>>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchMs ?? false,
    retry: isWorthRetry,
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) ?? [], total: query.data?.pages[0]?.total ?? null };
}

/** Server-sent events of an operation; reconnects by itself. `onEvent` may change between renders. */
export function useEvents<O extends Operation>(
  operation: O,
  input: CallInput<O>,
  onEvent: (name: string, data: unknown) => void,
  names: readonly string[],
  isEnabled = true,
): boolean {
  const address = addressOf(operation, input);
  const latest = useRef(onEvent);
  latest.current = onEvent;
  const [isConnected, setConnected] = useState(false);
  const nameList = names.join(' ');
  useEffect(() => {
    if (!isEnabled) return;
    const source = new EventSource(address);
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    for (const name of nameList.split(' ')) {
      source.addEventListener(name, (event) => latest.current(name, JSON.parse((event as MessageEvent<string>).data)));
    }
    return () => source.close();
  }, [address, isEnabled, nameList]);
  return isConnected;
}

export const toProblem = (error: unknown): Problem | null => (error instanceof Problem ? error : null);
