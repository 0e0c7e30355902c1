import { expect, it } from '@jest/globals';
import type { PushReceiver } from '../../bot-server/src/channels/channel';
import { PUSH_VARIANTS } from '../emulators/push/built-push';
import { rawOf } from './channel-stage';
import type { PushSubject } from './subjects/subject';

export const nowSec = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000);

export const forgeriesOf = ({ without = [] }: PushSubject) =>
  PUSH_VARIANTS.filter((variant) => variant !== 'valid' && !without.includes(variant));

/** What every receiver of pushes holds to. */
export function pushPromises(subject: PushSubject, receiver: () => PushReceiver | undefined): void {
  const take = async (at: number) => {
    const inbound = await receiver()?.receive(rawOf(subject.build(at, 'valid')));
    if (inbound?.kind !== 'message') throw new Error('no message');
    return inbound;
  };

  it.each(forgeriesOf(subject))('refuses a push that is %s', async (variant) => {
    await expect(receiver()?.receive(rawOf(subject.build(nowSec(), variant)))).rejects.toMatchObject({
      type: 'kernel:forged-callback',
    });
  });

  it('refuses a push without a body, with a body of nonsense, and one whose header or query is empty', async () => {
    const raw = rawOf(subject.build(nowSec(), 'valid'));
    const bare = { ...raw, query: {}, headers: {} };
    const nonsense = [Buffer.alloc(0), Buffer.from('\u0000\uffff{<')].map((body) => ({ ...raw, body }));
    for (const push of [...nonsense, ...(subject.isProofInBody ? [] : [bare])]) {
      await expect(receiver()?.receive(push)).rejects.toMatchObject({
        type: expect.stringMatching(/^kernel:(forged-callback|invalid-request)$/),
      });
    }
  });

  it('knows a redelivery by its key', async () => {
    const [once, again] = [await take(nowSec()), await take(nowSec() + 1)];
    expect(again.messageKey).toBe(once.messageKey);
    expect(once.messageKey).not.toBe('');
  });

  if (subject.redelivery !== 'same-bytes') {
    it('knows a replay by its nonce, and gives each delivery one of its own', async () => {
      const raw = rawOf(subject.build(nowSec(), 'valid'));
      const [once, same, anew] = [await receiver()?.receive(raw), await receiver()?.receive(raw), await take(nowSec() + 1)];
      if (once?.kind !== 'message' || same?.kind !== 'message') throw new Error('no message');
      expect(same.nonce).toBe(once.nonce);
      expect(anew.nonce).not.toBe(once.nonce);
    });
  }

  it('refuses a push of more than 256 KiB before it looks at it', async () => {
    const raw = rawOf(subject.build(nowSec(), 'valid'));
    await expect(receiver()?.receive({ ...raw, body: Buffer.alloc(256 * 1024 + 1, 97) })).rejects.toMatchObject({
      type: 'kernel:too-large',
    });
  });
}
