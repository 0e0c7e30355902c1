import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChannelStage, channelStage } from './channel-stage';
import { leakPromises } from './leak-promises';
import { pushPromises } from './push-promises';
import { sendingPromises } from './sending-promises';
import { notices, subjects } from './subjects';
import { hasSending } from './subjects/subject';

/** One suite over every channel and every receiver of notices: what a module may rely on, whoever the platform is. */
let stage: ChannelStage;
beforeAll(async () => {
  stage = await channelStage();
}, 60_000);
afterAll(() => stage.close());
afterEach(() => stage.calm());

describe.each(subjects)('channel $kind', (subject) => {
  const channel = () => stage.channel(subject.kind);

  it('says what it is, and what it can bear', () => {
    const { kind, account, limits, dedupe, receiver } = channel();
    expect({ kind, account }).toEqual({ kind: subject.kind, account: 'default' });
    for (const limit of Object.values(limits)) expect(limit).toBeGreaterThanOrEqual(1);
    if (dedupe !== 'none') expect(dedupe.windowSec).toBeGreaterThan(0);
    expect(receiver?.source).toBe(subject.push?.source);
  });

  it.each(subject.broken.map(([field, body], index) => [index, field, body] as const))(
    'finds broken content before the platform does (%d: %s)',
    (_index, field, body) => {
      expect(
        channel()
          .check(body)
          .map((problem) => problem.field),
      ).toContain(field);
      for (const { detail } of channel().check(body)) expect(detail).toMatch(/[\u4e00-\u9fff]/);
    },
  );

  it('finds nothing wrong with good content, and refuses the content of another channel', () => {
    expect(channel().check(subject.body)).toEqual([]);
    for (const { kind, body } of subjects) if (kind !== subject.kind) expect(channel().check(body)).not.toEqual([]);
  });

  it('explains any code in words, and never throws', () => {
    const { explain } = channel();
    for (const code of ['', '0', '-1', 'x', '__proto__', 'constructor', 'http-502', 'timeout', '😀', '9'.repeat(400)]) {
      const said = explain?.(code);
      if (said) expect(said.meaning.zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  if (hasSending(subject)) {
    sendingPromises(subject, () => stage);
    leakPromises(subject, () => stage);
  } else
    it('sends nothing: whoever asks for it made a mistake and hears so', async () => {
      const recipient = { ref: '1', address: { type: 'mobile', account: 'default', mobile: '13900000001' }, link: '' } as const;
      expect(channel().plan([recipient], { attemptKey: 'c1a1', body: subject.body })).toEqual([]);
      const call = { recipients: [recipient], content: { attemptKey: 'c1a1', body: subject.body } };
      expect(await channel().sendCall(call, new AbortController().signal)).toEqual([
        { ref: '1', outcome: 'refused', class: 'permanent', code: expect.any(String) },
      ]);
    });

  if (subject.push) pushPromises(subject.push, () => channel().receiver);
});

if (notices.length > 0) {
  describe.each(notices)('notices of $source', (subject) => {
    let receiver: ReturnType<typeof subject.make>;
    beforeAll(() => {
      receiver = subject.make(stage.depsOf({}));
    });
    pushPromises(subject, () => receiver);
  });
}
