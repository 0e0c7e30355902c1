import { describe, expect, it } from '@jest/globals';
import type { OutboundRequest } from '../../kernel/outbound/outbound';
import { groupRobot } from './robot';

/** A robot whose minute passes only while it rests. */
function stage(answers: readonly object[] = [], tookMs = 0) {
  let nowMs = Date.parse('2026-06-10T02:00:00.000Z');
  const sent: { readonly atMs: number; readonly content: string; readonly query: unknown }[] = [];
  const client = {
    async request({ body, query }: OutboundRequest) {
      const read = JSON.parse(String(body)) as { msgtype: string; [form: string]: unknown };
      sent.push({ atMs: nowMs, content: (read[read.msgtype] as { content: string }).content, query });
      nowMs += tookMs;
      const answer = answers[sent.length - 1] ?? { errcode: 0, errmsg: 'ok' };
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)), json: () => answer };
    },
  };
  let isOpen: Promise<unknown> = Promise.resolve();
  const rest = async (ms: number) => {
    await isOpen;
    nowMs += ms;
  };
  const hold = () => {
    let open = () => {};
    isOpen = new Promise<void>((resolve) => {
      open = resolve;
    });
    return () => open();
  };
  return { sent, say: groupRobot(client, 'k', { now: () => new Date(nowMs) }, rest), hold };
}

/** Most messages in any 60 seconds. */
const mostInAMinute = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));

describe('group robot', () => {
  it('never says more than twenty things in a minute, and loses none', async () => {
    const { sent, say } = stage();
    for (let n = 1; n <= 50; n += 1) await say(`第${n}条`);
    expect(sent.map(({ content }) => content)).toEqual(Array.from({ length: 50 }, (_, index) => `第${index + 1}条`));
    expect(mostInAMinute(sent.map(({ atMs }) => atMs))).toBe(20);
    expect(sent[0]?.query).toEqual({ key: 'k' });
  });

  it('joins what comes while one waits into one message, as far as it holds', async () => {
    const { sent, say } = stage();
    await Promise.all(['甲', '乙', '丙'].map((text) => say(text)));
    expect(sent.map(({ content }) => content)).toEqual(['甲\n\n乙\n\n丙']);
    const long = 'x'.repeat(3000);
    await Promise.all([say(long), say(long), say('尾')]);
    expect(sent.slice(1).map(({ content }) => content)).toEqual([long, `${long}\n\n尾`]);
    await Promise.all([say('字'), say('字', 'text')]);
    expect(sent).toHaveLength(5);
  });

  it('holds back the surplus of a full minute, and sends it as one', async () => {
    const { sent, say, hold } = stage([], 3_000);
    for (let n = 1; n <= 20; n += 1) await say(`第${n}条`);
    const open = hold();
    const surplus: Promise<void>[] = [];
    for (const text of ['甲', '乙', '丙']) {
      surplus.push(say(text));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toHaveLength(20);
    open();
    await Promise.all(surplus);
    expect(sent.slice(20).map(({ content }) => content)).toEqual(['甲\n\n乙\n\n丙']);
    // Sixty seconds after the answer to the first, however late that came.
    expect((sent[20]?.atMs ?? 0) - (sent[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(63_000);
  });

  it('refuses what the platform would, by bytes', async () => {
    const { sent, say } = stage();
    for (const [content, form] of [
      [' ', 'markdown'],
      ['字'.repeat(1366), 'markdown'],
      ['字'.repeat(683), 'text'],
    ] as const) {
      await expect(say(content, form)).rejects.toMatchObject({ type: 'kernel:invalid-request', errors: [{ pointer: '/content' }] });
    }
    await say('字'.repeat(1365));
    await say('字'.repeat(682), 'text');
    expect(sent).toHaveLength(2);
  });

  it('tells everybody whose words were in a message that failed, and goes on', async () => {
    const { sent, say } = stage([{ errcode: 130101, errmsg: 'exceed' }]);
    const both = await Promise.allSettled([say('甲'), say('乙')]);
    expect(both).toMatchObject(
      Array(2).fill({ status: 'rejected', reason: { name: 'PlatformError', code: '130101', errorClass: 'quota' } }),
    );
    await say('丙');
    expect(sent.map(({ content }) => content)).toEqual(['甲\n\n乙', '丙']);
  });
});
