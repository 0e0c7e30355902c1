import { expect, it } from '@jest/globals';
import type { Call, Channel, SendResult } from '../../bot-server/src/channels/channel';
import type { ChannelStage } from './channel-stage';
import type { SendingSubject, Subject } from './subjects/subject';

const never = new AbortController().signal;
const workers = 20;

/** What every channel that sends holds to, against its emulator. */
export function sendingPromises(subject: Subject & { sending: SendingSubject }, stage: () => ChannelStage): void {
  const { platform, address, stranger, quotaCode, codes, grant, revokeTokens, brokenCode = 'http-502' } = subject.sending;
  const channel = (): Channel => stage().channel(subject.kind);
  let next = 1000;

  const plan = (count: number, from: number, through = channel()): readonly Call[] =>
    through.plan(
      Array.from({ length: count }, (_, index) => ({
        ref: String(from + index),
        address: address(from + index),
        link: `https://example.test/s/1-${(from + index).toString(36)}-1-abcdefghij`,
      })),
      { attemptKey: 'c1a1', body: subject.body },
    );
  /** Calls to people who were written to by no other test. */
  const fresh = (count: number, through = channel()): readonly Call[] => {
    next += 100;
    for (let n = next; n < next + count; n += 1) grant?.(stage().sandbox, n);
    return plan(count, next, through);
  };
  const one = (through?: Channel): Call => {
    const [call] = fresh(1, through);
    if (!call) throw new Error('no call');
    return call;
  };
  const send = async (list: readonly Call[], through = channel()): Promise<SendResult[]> => {
    const results: SendResult[] = [];
    for (const call of list) results.push(...(await through.sendCall(call, never)));
    return results;
  };
  const script = () => stage().sandbox.world.script.platforms[platform];
  const observed = () => [...stage().sandbox.world.observation.after(0)].filter((message) => message.platform === platform);
  const shown = () => observed().filter(({ deduped, dropped }) => !deduped && !dropped);
  const tokenCalls = () => [...stage().sandbox.world.requests.after(0)].filter(({ action }) => action.includes('token')).length;

  it('plans the same calls for the same recipients, none lost, none larger than the limit', () => {
    const [first, second] = [plan(30, 300), plan(30, 300)];
    expect(second).toEqual(first);
    expect(first.flatMap(({ recipients }) => recipients.map(({ ref }) => ref)).sort()).toEqual(
      Array.from({ length: 30 }, (_, index) => String(300 + index)),
    );
    for (const { recipients } of first) expect(recipients.length).toBeLessThanOrEqual(channel().limits.recipientsPerCall);
  });

  it('sends what the phone then shows, one result per recipient in order', async () => {
    const before = shown().length;
    const list = fresh(5);
    const results = await send(list);
    expect(results.map(({ ref }) => ref)).toEqual(list.flatMap(({ recipients }) => recipients.map(({ ref }) => ref)));
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('accepted'));
    const now = shown().slice(before);
    expect(now).toHaveLength(5);
    expect(new Set(now.map(({ attemptKey }) => attemptKey))).toEqual(new Set(['c1a1']));
  });

  it('sends the same bytes for the same call, which the platform takes for a repeat where the channel says so', async () => {
    const before = [observed().length, shown().length] as const;
    const call = one();
    await channel().sendCall(call, never);
    grant?.(stage().sandbox, Number(call.recipients[0]?.ref));
    await channel().sendCall(structuredClone(call), never);
    const [first, second] = observed().slice(before[0]);
    expect(second?.requestHash).toBe(first?.requestHash);
    expect(shown().length - before[1]).toBe(channel().dedupe === 'none' ? 2 : 1);
    expect(second?.deduped).toBe(channel().dedupe !== 'none');
  });

  it('keeps refusals per recipient, with a code that it can explain', async () => {
    const link = 'https://example.test/s/1-1-1-abcdefghij';
    const [call] = channel().plan([{ ref: '1', address: stranger.address, link }], { attemptKey: 'c1a1', body: subject.body });
    const [result] = call ? await channel().sendCall(call, never) : [];
    expect(result).toMatchObject({ ref: '1', outcome: 'refused', class: 'permanent', code: stranger.code });
    expect(channel().explain?.(stranger.code).meaning.zh).not.toContain(stranger.code);
  });

  it('refuses an address of another kind without asking the platform', async () => {
    const asked = stage().sandbox.world.requests.last;
    const foreign = address(1).type === 'mobile' ? ({ type: 'openid', account: 'default', openid: 'o1' } as const) : mobile;
    const call: Call = { recipients: [{ ref: '1', address: foreign, link: '' }], content: { attemptKey: 'c1a1', body: subject.body } };
    expect(await channel().sendCall(call, never)).toEqual([expect.objectContaining({ ref: '1', outcome: 'refused', class: 'permanent' })]);
    expect(stage().sandbox.world.requests.last).toBe(asked);
  });

  it.each(codes)('the code %s is %s', async (code, meaning) => {
    const call = one();
    // Twice, for a dead token is renewed and the call tried once more.
    script().errors = { next: 2, rate: 0, code, httpStatus: 200 };
    const expected = meaning === 'unknown' ? { outcome: 'unknown', code } : { outcome: 'refused', class: meaning, code };
    expect(await send([call])).toEqual([expect.objectContaining(expected)]);
    expect(channel().explain?.(code).class).toBe(meaning);
  });

  it('tells quota apart, with the time to wait', async () => {
    script().quotaLeft = 0;
    expect(await send([one()])).toEqual([
      expect.objectContaining({ outcome: 'refused', class: 'quota', code: quotaCode, retryAfterMs: expect.any(Number) }),
    ]);
  });

  it('calls a lost answer unknown, never a refusal', async () => {
    script().lostReplies = { next: 1, rate: 0 };
    expect(await send([one()])).toEqual([expect.objectContaining({ outcome: 'unknown' })]);
  });

  it('calls a broken gateway unknown', async () => {
    script().errors = { next: 1, rate: 0, code: 'x', httpStatus: 502 };
    expect(await send([one()])).toEqual([expect.objectContaining({ outcome: 'unknown', code: brokenCode })]);
  });

  it('calls an answer that does not come in time unknown: the platform may have sent', async () => {
    const hasty = stage().make(subject, { timeoutMs: 300 });
    await send([one(hasty)], hasty);
    const before = shown().length;
    script().latencyMs = { min: 900, max: 900 };
    expect(await send([one(hasty)], hasty)).toEqual([expect.objectContaining({ outcome: 'unknown', code: 'timeout' })]);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(shown().length - before).toBe(1);
  });

  it('calls what certainly did not go out transient', async () => {
    const cutOff = stage().make(subject, { url: 'http://127.0.0.1:1' });
    expect(await send([one(cutOff)], cutOff)).toEqual([
      expect.objectContaining({ outcome: 'refused', class: 'transient', code: 'no-connection' }),
    ]);
  });

  it('gives a result even when it is told to stop', async () => {
    const [result] = await channel().sendCall(one(), AbortSignal.abort());
    expect(result?.outcome).not.toBe('accepted');
  });

  if (revokeTokens) {
    it('asks for one new token when many find theirs dead, in any number of processes', async () => {
      const others = [1, 2].map(() => stage().make(subject, { isOtherProcess: true }));
      for (const other of others) await send([one(other)], other);
      revokeTokens(stage().sandbox);
      const before = tokenCalls();
      const calls = fresh(workers);
      const results = await Promise.all(calls.map((call, n) => (others[n % others.length] ?? channel()).sendCall(call, never)));
      expect(results.flat().map(({ outcome }) => outcome)).toEqual(
        Array(calls.flatMap(({ recipients }) => recipients).length).fill('accepted'),
      );
      expect(tokenCalls() - before).toBe(1);
    });
  }
}

const mobile = { type: 'mobile', account: 'default', mobile: '13900000001' } as const;
