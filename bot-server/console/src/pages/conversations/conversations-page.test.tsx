import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ConversationDetail, ConversationMessage, ConversationSummary } from '@suiban/shared/api/conversations';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { App as AntApp } from 'antd';
import { MemoryRouter, Route, Routes } from 'react-router';
import { ColourModeProvider } from '../../layout/colour-mode';
import { SignedIn } from '../../layout/session';
import { ConversationsPage } from './conversations-page';

// antd draws slowly in jsdom when the machine has other work.
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 8_000 });

const at = '2026-11-25T02:00:00.000Z';
const summary = (id: string, given: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id,
  channel: 'wecom',
  peerLabel: `访客 ${id}`,
  enterpriseId: '1',
  enterpriseName: `${id}小馆`,
  districtCode: null,
  state: 'waiting',
  bureauId: 'economy',
  bureauName: '经信委',
  operatorId: null,
  operatorName: null,
  isMine: false,
  waitingSince: at,
  unanswered: 1,
  lastMessage: { at, direction: 'in', text: '人工' },
  answerableUntil: null,
  isDemo: true,
  revision: 4,
  ...given,
});
const said = (id: string, given: Partial<ConversationMessage> = {}): ConversationMessage => ({
  id,
  at,
  direction: 'in',
  by: 'person',
  operatorName: null,
  form: 'text',
  text: `话 ${id}`,
  state: 'received',
  failure: null,
  ...given,
});
const mine = { state: 'assigned', isMine: true, operatorId: 'me', operatorName: '甲', waitingSince: null } as const;
const detail = (id: string, given: Partial<ConversationDetail> = {}): ConversationDetail => ({
  ...summary(id),
  enterprises: [{ id: '1', name: `${id}小馆` }],
  pending: null,
  cannotAnswer: null,
  actions: ['takeConversation'],
  ...given,
});
const problem = { type: 'urn:problem:conversations:not-yours', title: '这个会话不由您接待', detail: '请先接入', status: 403 };
const me = {
  id: 'me',
  name: '甲',
  bureauId: 'economy',
  bureauName: '经信委',
  roles: [],
  permissions: ['enterprises.read'],
  districtCodes: [],
};
const city = { timeZone: 'Asia/Shanghai', productName: '随办', districts: [], bureaus: [], isDemo: true };

/** The server's side: what it answers, and what it was asked. */
let answers: Record<string, unknown> = {};
let refused: Record<string, unknown> = {};
let asked: { line: string; body: unknown }[] = [];
let news: ((data: unknown) => void) | undefined;

class Line {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  addEventListener(_: string, listen: (event: { data: string }) => void): void {
    news = (data) => listen({ data: JSON.stringify(data) });
    queueMicrotask(() => act(() => this.onopen?.()));
  }
  close(): void {}
}

const real = { fetch: globalThis.fetch, EventSource: globalThis.EventSource };
beforeEach(() => {
  asked = [];
  refused = {};
  answers = {
    '/api/me': me,
    '/api/city': city,
    '/api/conversation-counts': { waiting: 1, mine: 1, assigned: 1, all: 2 },
    '/api/conversations': { items: [summary('甲')], nextCursor: null, total: 1 },
    '/api/canned-replies': {
      items: [
        { id: 'k1', title: '问候', text: '您好，请讲。', position: 0, revision: 1 },
        { id: 'k2', title: '材料', text: '请补充材料。', position: 1, revision: 1 },
      ],
    },
    '/api/conversations/a': detail('a', { ...mine, actions: ['answerConversation', 'handBackConversation'] }),
    '/api/conversations/a/messages': {
      items: [said('2', { by: 'automatic', direction: 'out' }), said('1')],
      nextCursor: null,
      total: null,
    },
    '/api/conversations/a/context': { events: [] },
  };
  globalThis.fetch = (async (address: string, init?: RequestInit) => {
    const path = address.split('?')[0] ?? '';
    if (init?.method && init.method !== 'GET')
      asked.push({ line: `${init.method} ${path}`, body: JSON.parse(String(init.body ?? 'null')) });
    const wrong = refused[path];
    const given = wrong ?? answers[path];
    return { ok: !wrong && given !== undefined, status: wrong ? 403 : given === undefined ? 404 : 200, json: async () => given ?? {} };
  }) as unknown as typeof fetch;
  globalThis.EventSource = Line as unknown as typeof EventSource;
});
afterEach(() => {
  cleanup();
  globalThis.fetch = real.fetch;
  globalThis.EventSource = real.EventSource;
});

const open = (path: string) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ColourModeProvider>
        <AntApp>
          <MemoryRouter initialEntries={[path]}>
            <SignedIn>
              <Routes>
                <Route path="conversations" element={<ConversationsPage />} />
                <Route path="conversations/:conversationId" element={<ConversationsPage />} />
              </Routes>
            </SignedIn>
          </MemoryRouter>
        </AntApp>
      </ColourModeProvider>
    </QueryClientProvider>,
  );
const field = () => screen.findByLabelText<HTMLTextAreaElement>('回复内容');
const type = (input: HTMLTextAreaElement, value: string) => fireEvent.change(input, { target: { value } });

describe('the queue', () => {
  it('shows who waits with counts on the tabs, and each row leads to its conversation', async () => {
    open('/conversations');
    const row = await screen.findByRole('link', { name: /甲小馆/ });
    expect(row.getAttribute('href')).toBe('/conversations/甲');
    expect(within(row).getByText('企业微信')).toBeTruthy();
    expect(await screen.findByRole('radio', { name: /待接入 1/ })).toBeTruthy();
  });

  it('says what will be here when nobody waits, and what went wrong when it could not ask', async () => {
    answers['/api/conversations'] = { items: [], nextCursor: null, total: 0 };
    open('/conversations');
    expect(await screen.findByText(/没有人在等待/)).toBeTruthy();
    cleanup();
    refused['/api/conversations'] = problem;
    open('/conversations');
    expect(await screen.findByText('这个会话不由您接待')).toBeTruthy();
    expect(screen.getByRole('button', { name: '重试' })).toBeTruthy();
  });

  it('reads again what the server names, and says aloud that somebody came', async () => {
    open('/conversations');
    await screen.findByRole('link', { name: /甲小馆/ });
    answers['/api/conversations'] = { items: [summary('甲'), summary('乙')], nextCursor: null, total: 2 };
    act(() => news?.({ at, counts: { waiting: 2, mine: 0, assigned: 0, all: 2 }, changed: ['乙'] }));
    expect(await screen.findByRole('link', { name: /乙小馆/ })).toBeTruthy();
    expect(screen.getByText('有新的会话等待接入，共 2 个')).toBeTruthy();
  });
});

describe('a conversation that is looked at', () => {
  it('shows what the firm writes without a reload', async () => {
    open('/conversations/a');
    await screen.findByText('话 1');
    answers['/api/conversations/a/messages'] = { items: [said('3'), said('1')], nextCursor: null, total: null };
    act(() => news?.({ at, counts: { waiting: 0, mine: 1, assigned: 1, all: 2 }, changed: ['a'] }));
    expect(await screen.findByText('话 3')).toBeTruthy();
  });
});

describe('answering', () => {
  it('sends with Enter what was typed, starts a line with Shift, and leaves the Enter of a Chinese keyboard alone', async () => {
    answers['/api/conversations/a/answers'] = said('3', { by: 'operator', direction: 'out', state: 'sent' });
    open('/conversations/a');
    const input = await field();
    type(input, '您好 ');
    fireEvent.keyDown(input, { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(input, { key: 'Enter', isComposing: true });
    expect(asked).toEqual([]);
    fireEvent.keyDown(input, { key: 'Enter' });
    await waitFor(() => expect(asked).toEqual([{ line: 'POST /api/conversations/a/answers', body: { text: '您好' } }]));
    await waitFor(() => expect(input.value).toBe(''));
  });

  it('keeps what was typed when the server refuses, and says why', async () => {
    refused['/api/conversations/a/answers'] = problem;
    open('/conversations/a');
    const input = await field();
    type(input, '您好');
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(await screen.findByText('请先接入')).toBeTruthy();
    expect(input.value).toBe('您好');
  });

  it('counts characters as a reader does and sends no more than 600 of them', async () => {
    open('/conversations/a');
    const input = await field();
    const send = screen.getByRole<HTMLButtonElement>('button', { name: /发送/ });
    type(input, '𠮷'.repeat(600));
    expect(screen.getByText('600 / 600')).toBeTruthy();
    expect(send.disabled).toBe(false);
    type(input, '𠮷'.repeat(601));
    expect(send.disabled).toBe(true);
  });

  it('puts a canned reply in by / and keys alone, and Escape leaves what was typed', async () => {
    open('/conversations/a');
    const input = await field();
    await waitFor(() => {
      type(input, '');
      type(input, '/');
      expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['问候您好，请讲。', '材料请补充材料。']);
    });
    fireEvent.keyDown(input, { key: 'ArrowDown' });
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(input.value).toBe('请补充材料。');
    expect(screen.queryByRole('listbox')).toBeNull();
    type(input, '/问');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    fireEvent.keyDown(input, { key: 'Escape' });
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(input.value).toBe('/问');
    expect(asked).toEqual([]);
  });
});

describe('the thread', () => {
  it('offers one step to whoever may take it, and no line to write in before', async () => {
    answers['/api/conversations/a'] = detail('a');
    answers['/api/conversations/a/take'] = detail('a', { ...mine, actions: ['answerConversation'] });
    open('/conversations/a');
    fireEvent.click(await screen.findByRole('button', { name: '接入' }));
    expect(screen.queryByLabelText('回复内容')).toBeNull();
    expect(screen.getByText('接入后才能回复。')).toBeTruthy();
    await waitFor(() => expect(asked).toEqual([{ line: 'POST /api/conversations/a/take', body: { revision: 4 } }]));
  });

  it('gives the line the focus once it was taken, and shows the tab it moved to', async () => {
    answers['/api/conversations/a'] = detail('a');
    answers['/api/conversations/a/take'] = detail('a', { ...mine, actions: ['answerConversation'] });
    open('/conversations/a');
    const take = await screen.findByRole('button', { name: '接入' });
    answers['/api/conversations/a'] = answers['/api/conversations/a/take'];
    fireEvent.click(take);
    const input = await field();
    await waitFor(() => expect(document.activeElement).toBe(input));
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: /我的/ }).checked).toBe(true));
  });

  it('says who spoke, why a reply did not arrive, and sends it again', async () => {
    const failed = said('9', { by: 'operator', operatorName: '甲', direction: 'out', state: 'failed', failure: '对方已取消关注' });
    answers['/api/conversations/a/messages'] = {
      items: [failed, said('2', { by: 'automatic', direction: 'out' })],
      nextCursor: null,
      total: null,
    };
    answers['/api/conversations/a/messages/9/retry'] = { ...failed, state: 'sent', failure: null };
    open('/conversations/a');
    expect(await screen.findByText(/未送达：对方已取消关注/)).toBeTruthy();
    expect(screen.getByText('自动')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /重新发送/ }));
    await waitFor(() => expect(asked.map(({ line }) => line)).toEqual(['POST /api/conversations/a/messages/9/retry']));
  });

  it('shows why nothing can be sent in place of the line', async () => {
    answers['/api/conversations/a'] = detail('a', { ...mine, cannotAnswer: '已超过可回复的时间', actions: ['handBackConversation'] });
    open('/conversations/a');
    expect(await screen.findByText('已超过可回复的时间')).toBeTruthy();
    expect(screen.queryByLabelText('回复内容')).toBeNull();
  });
});
