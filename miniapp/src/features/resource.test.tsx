import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, renderHook, waitFor } from '@testing-library/react';

let show: (() => void) | undefined;
let hide: (() => void) | undefined;
jest.unstable_mockModule('@tarojs/taro', () => ({
  default: {},
  useDidShow: (listener: () => void) => {
    show = listener;
  },
  useDidHide: (listener: () => void) => {
    hide = listener;
  },
}));
const { ApiProblem } = await import('@/api/client');
const { useResource } = await import('./resource');

beforeEach(() => {
  show = undefined;
  hide = undefined;
});

describe('something fetched', () => {
  it('is loading, then ready; fetched again when the page is shown again', async () => {
    let version = 0;
    const load = jest.fn(async () => {
      version += 1;
      return version;
    });
    const { result } = renderHook(() => useResource('key', load));
    expect(result.current.resource).toEqual({ state: 'loading' });
    await waitFor(() => expect(result.current.resource).toEqual({ state: 'ready', value: 1 }));
    act(() => show?.());
    expect(load).toHaveBeenCalledTimes(1);
    act(() => hide?.());
    act(() => show?.());
    await waitFor(() => expect(result.current.resource).toEqual({ state: 'ready', value: 2 }));
  });

  it('fails in words, and loads again on a retry', async () => {
    let fails = true;
    const load = async () => {
      if (fails) throw new ApiProblem('offline', '');
      return 'there';
    };
    const { result } = renderHook(() => useResource('key', load));
    await waitFor(() => expect(result.current.resource).toMatchObject({ state: 'failed', problem: { type: 'offline' } }));
    fails = false;
    await act(() => result.current.reload());
    expect(result.current.resource).toEqual({ state: 'ready', value: 'there' });
  });

  it('keeps what it has when a later fetch fails', async () => {
    let fails = false;
    const load = async () => {
      if (fails) throw new ApiProblem('offline', '');
      return 'old';
    };
    const { result } = renderHook(() => useResource('key', load));
    await waitFor(() => expect(result.current.resource.state).toBe('ready'));
    fails = true;
    await act(() => result.current.reload());
    expect(result.current.resource).toMatchObject({ state: 'ready', value: 'old', problem: { type: 'offline' } });
  });

  it('drops the answer to an older key', async () => {
    const answers = new Map<string, (value: string) => void>();
    const load = (key: string) => new Promise<string>((resolve) => answers.set(key, resolve));
    const { result, rerender } = renderHook(({ key }) => useResource(key, () => load(key)), { initialProps: { key: 'one' } });
    rerender({ key: 'two' });
    await act(async () => answers.get('two')?.('second'));
    await act(async () => answers.get('one')?.('first'));
    expect(result.current.resource).toEqual({ state: 'ready', value: 'second' });
  });

  it('fetches nothing without a key', () => {
    const load = jest.fn(async () => 1);
    const { result } = renderHook(() => useResource(null, load));
    expect(load).not.toHaveBeenCalled();
    expect(result.current.resource).toEqual({ state: 'loading' });
  });
});
