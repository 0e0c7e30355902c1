import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Answer, RawAnswers } from '@suiban/shared/surveys';
import fc from 'fast-check';
import type { DraftEntry } from './draft';

jest.unstable_mockModule('@tarojs/taro', () => ({ default: {} }));
const { ApiProblem } = await import('@/api/client');
const { createDraft } = await import('./draft');

const key = 'draft.survey.1.1001';

/** The server's side: newer `savedAt` wins per question, null removes. */
class Server {
  readonly entries = new Map<string, DraftEntry>();
  problem: InstanceType<typeof ApiProblem> | undefined;
  sent: (readonly DraftEntry[])[] = [];
  hold: Promise<void> | undefined;

  save = async (entries: readonly DraftEntry[]): Promise<RawAnswers> => {
    await this.hold;
    if (this.problem) throw this.problem;
    this.sent.push(entries);
    for (const entry of entries) {
      const before = this.entries.get(entry.questionId);
      if (!before || before.savedAt < entry.savedAt) this.entries.set(entry.questionId, entry);
    }
    return this.answers();
  };
  answers(): RawAnswers {
    return Object.fromEntries([...this.entries.values()].flatMap((each) => (each.answer === null ? [] : [[each.questionId, each.answer]])));
  }
}

class Device {
  readonly kept = new Map<string, unknown>();
  nowMs = Date.parse('2026-11-24T10:00:00.000Z');
  constructor(readonly server: Server) {}
  open(version = 1, serverAnswers: RawAnswers = this.server.answers()) {
    const storage = {
      read: (name: string) => structuredClone(this.kept.get(name)),
      write: (name: string, value: unknown) => void this.kept.set(name, structuredClone(value)),
      remove: (name: string) => void this.kept.delete(name),
    };
    return createDraft({ storage, now: () => new Date(this.nowMs), save: this.server.save }, key, version, serverAnswers);
  }
}

const text = (value: string): Answer => value;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a draft', () => {
  it('is on the device at once and on the server a moment later', async () => {
    const server = new Server();
    const device = new Device(server);
    const draft = device.open();
    expect(draft.store.get()).toMatchObject({ state: 'saved', hasSaved: false });
    draft.set('trade', text('海鲜'));
    expect(draft.store.get()).toMatchObject({ answers: { trade: '海鲜' }, state: 'saving' });
    expect(device.kept.get(key)).toMatchObject({ version: 1, pending: { trade: { answer: '海鲜' } } });
    expect(server.sent).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1000);
    expect(server.answers()).toEqual({ trade: '海鲜' });
    expect(draft.store.get()).toMatchObject({ state: 'saved', hasSaved: true });
    expect(device.kept.has(key)).toBe(false);
  });

  it('sends several answers in one go, and what is typed while a save runs with the next', async () => {
    const server = new Server();
    const draft = new Device(server).open();
    let release = () => {};
    server.hold = new Promise((resolve) => {
      release = resolve;
    });
    draft.set('a', text('1'));
    draft.set('b', text('2'));
    const flushing = draft.flush();
    await jest.advanceTimersByTimeAsync(1);
    draft.set('a', text('1 and more'));
    release();
    await flushing;
    expect(draft.store.get().answers).toEqual({ a: '1 and more', b: '2' });
    expect(server.sent.map((entries) => entries.map((each) => each.questionId))).toEqual([['a', 'b'], ['a']]);
    expect(server.answers()).toEqual({ a: '1 and more', b: '2' });
  });

  it('keeps what could not be sent over a restart, and sends it then', async () => {
    const server = new Server();
    const device = new Device(server);
    const first = device.open();
    server.problem = new ApiProblem('offline', '');
    first.set('a', text('offline'));
    await first.flush();
    expect(first.store.get()).toMatchObject({ state: 'kept', answers: { a: 'offline' } });
    server.problem = undefined;
    const second = device.open();
    expect(second.store.get().answers).toEqual({ a: 'offline' });
    await jest.advanceTimersByTimeAsync(1);
    expect(server.answers()).toEqual({ a: 'offline' });
  });

  it('joins what another device has saved, newest per question', async () => {
    const server = new Server();
    const phone = new Device(server);
    const draft = phone.open();
    draft.set('a', text('phone'));
    await draft.flush();
    const tablet = new Device(server);
    tablet.nowMs += 60_000;
    const other = tablet.open();
    other.set('a', text('tablet'));
    other.set('b', text('new'));
    await other.flush();
    draft.refresh(server.answers());
    expect(draft.store.get().answers).toEqual({ a: 'tablet', b: 'new' });
  });

  it('takes an answer back everywhere', async () => {
    const server = new Server();
    const draft = new Device(server).open();
    draft.set('a', text('x'));
    await draft.flush();
    draft.set('a', null);
    expect(draft.store.get().answers).toEqual({});
    await draft.flush();
    expect(server.answers()).toEqual({});
  });

  it('stops sending once the campaign is closed or answered, and keeps the answers', async () => {
    const server = new Server();
    const draft = new Device(server).open();
    server.problem = new ApiProblem('surveys:closed', '本次问卷已经截止');
    draft.set('a', text('late'));
    await draft.flush();
    expect(draft.store.get()).toMatchObject({ state: 'refused', answers: { a: 'late' }, problem: { type: 'surveys:closed' } });
    server.problem = undefined;
    draft.set('b', text('later'));
    await jest.advanceTimersByTimeAsync(2000);
    expect(server.sent).toHaveLength(0);
    expect(draft.store.get().state).toBe('refused');
  });

  it('drops what belongs to another version, and everything after the submission', async () => {
    const server = new Server();
    const device = new Device(server);
    server.problem = new ApiProblem('offline', '');
    const draft = device.open(1);
    draft.set('a', text('old'));
    await draft.flush();
    expect(device.open(2).store.get().answers).toEqual({});
    draft.forget();
    expect(device.kept.size).toBe(0);
  });

  it('ends with the last answer of each question, whatever the network did', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('set' as const),
        id: fc.constantFrom('a', 'b', 'c'),
        value: fc.option(fc.string({ minLength: 1, maxLength: 3 })),
      }),
      fc.record({ kind: fc.constantFrom('lose' as const, 'regain' as const, 'flush' as const, 'restart' as const, 'wait' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const server = new Server();
        const device = new Device(server);
        let draft = device.open();
        const expected = new Map<string, string>();
        for (const each of steps) {
          device.nowMs += 7;
          if (each.kind === 'set') {
            draft.set(each.id, each.value);
            if (each.value === null) expected.delete(each.id);
            else expected.set(each.id, each.value);
          } else if (each.kind === 'lose') server.problem = new ApiProblem('offline', '');
          else if (each.kind === 'regain') server.problem = undefined;
          else if (each.kind === 'flush') await draft.flush();
          else if (each.kind === 'restart') {
            await draft.flush();
            draft = device.open();
          } else await jest.advanceTimersByTimeAsync(1000);
          expect(draft.store.get().answers).toEqual(Object.fromEntries(expected));
        }
        server.problem = undefined;
        await draft.flush();
        expect(server.answers()).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 150 },
    );
  });
});
