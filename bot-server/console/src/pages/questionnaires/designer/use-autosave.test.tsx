import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { QuestionnaireDetail } from '@suiban/shared/api/questionnaires';
import { newDocument, type SurveyDocument } from '@suiban/shared/surveys';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { useAutosave } from './use-autosave';

const titled = (zh: string): SurveyDocument => ({ ...newDocument(), title: { zh } });

const detail = (revision: number, document: SurveyDocument): QuestionnaireDetail => ({
  id: '0b5f2a3c-3c55-4b0e-9a54-0f6f0a4f8d11',
  title: document.title.zh,
  state: 'draft',
  bureauId: 'economy',
  questionCount: 0,
  minutes: 3,
  latestVersion: null,
  hasDraftChanges: true,
  updatedAt: `2026-11-25T01:00:0${revision}.000Z`,
  updatedByName: '拟制人（演示）',
  isDemo: true,
  document,
  revision,
  findings: [],
  versions: [],
});

interface Sent {
  readonly method: string;
  readonly revision?: number;
  readonly title?: string;
}

/** The server's side: what came in, and what it answers next. */
const sent: Sent[] = [];
let answer: () => { status: number; body: unknown } = () => ({ status: 200, body: detail(1, newDocument()) });
const realFetch = globalThis.fetch;

beforeEach(() => {
  jest.useFakeTimers();
  sent.length = 0;
  globalThis.fetch = (async (_: unknown, init?: RequestInit) => {
    const body = init?.body ? (JSON.parse(String(init.body)) as { revision: number; document: SurveyDocument }) : undefined;
    sent.push({ method: init?.method ?? 'GET', ...(body ? { revision: body.revision, title: body.document.title.zh } : {}) });
    const { status, body: given } = answer();
    if (status === 0) throw new TypeError('network');
    return { ok: status < 400, status, json: async () => given };
  }) as typeof fetch;
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
  globalThis.fetch = realFetch;
});

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
const conflict = { status: 409, body: { type: 'urn:problem:kernel:conflict', title: '内容已被他人修改' } };

function start(document: SurveyDocument) {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  return renderHook(({ now }) => useAutosave(detail(1, titled('一')), now, true), { wrapper, initialProps: { now: document } });
}

describe('saving of the draft', () => {
  it('sends nothing while nothing changed, and one document after somebody stopped typing', async () => {
    const view = start(titled('一'));
    await wait(5_000);
    expect(sent).toEqual([]);
    answer = () => ({ status: 200, body: detail(2, titled('一二三')) });
    for (const zh of ['一二', '一二三']) {
      view.rerender({ now: titled(zh) });
      await wait(500);
    }
    expect(view.result.current.state).toBe('waiting');
    await wait(1_500);
    expect(sent).toEqual([{ method: 'PUT', revision: 1, title: '一二三' }]);
    expect(view.result.current).toMatchObject({ state: 'saved', savedAt: '2026-11-25T01:00:02.000Z' });
  });

  it('goes on by itself when the network comes back', async () => {
    const view = start(titled('一'));
    answer = () => ({ status: 0, body: null });
    view.rerender({ now: titled('二') });
    await wait(1_500);
    expect(view.result.current.state).toBe('failed');
    answer = () => ({ status: 200, body: detail(2, titled('二')) });
    await wait(5_500);
    expect(view.result.current.state).toBe('saved');
    expect(sent.map((each) => each.title)).toEqual(['二', '二']);
  });

  it('stops at a conflict until a person decided, and then saves mine over theirs', async () => {
    const view = start(titled('一'));
    const answers = [conflict, { status: 200, body: detail(7, titled('同事的')) }];
    answer = () => answers.shift() ?? { status: 200, body: detail(8, titled('我的')) };
    view.rerender({ now: titled('我的') });
    await wait(1_500);
    expect(view.result.current.state).toBe('conflict');
    expect(view.result.current.theirs?.document.title.zh).toBe('同事的');
    view.rerender({ now: titled('我的') });
    await wait(10_000);
    expect(sent.map((each) => each.method)).toEqual(['PUT', 'GET']);
    await act(async () => view.result.current.takeMine());
    await wait(100);
    expect(sent.at(-1)).toEqual({ method: 'PUT', revision: 7, title: '我的' });
    expect(view.result.current.state).toBe('saved');
  });

  it('sends nothing after theirs was taken', async () => {
    const view = start(titled('一'));
    const answers = [conflict, { status: 200, body: detail(7, titled('同事的')) }];
    answer = () => answers.shift() ?? { status: 500, body: {} };
    view.rerender({ now: titled('我的') });
    await wait(1_500);
    act(() => view.result.current.takeTheirs());
    view.rerender({ now: titled('同事的') });
    await wait(5_000);
    expect(sent).toHaveLength(2);
    expect(view.result.current.state).toBe('saved');
  });

  it('keeps on the page what the server would refuse, and says what it is', async () => {
    const view = start(titled('一'));
    view.rerender({ now: { ...titled('二'), minutes: 0 } });
    await wait(1_500);
    expect(sent).toEqual([]);
    expect(view.result.current.state).toBe('failed');
    expect(view.result.current.problem?.errors.map((error) => error.pointer)).toEqual(['/minutes']);
  });

  it('saves on the way when the page is left', async () => {
    const view = start(titled('一'));
    answer = () => ({ status: 200, body: detail(2, titled('二')) });
    view.rerender({ now: titled('二') });
    view.unmount();
    await wait(0);
    expect(sent).toEqual([{ method: 'PUT', revision: 1, title: '二' }]);
  });
});
