import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Channel } from '../../bot-server/src/channels/channel';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { listMessageTemplates } from '../../bot-server/src/modules/campaigns/list-message-templates';
import { type ChannelStage, channelStage } from '../conformance/channel-stage';
import { subjects } from '../conformance/subjects';
import { hasSending } from '../conformance/subjects/subject';
import { official } from '../support/campaign-stage';
import { testDeps } from '../support/deps';
import { type LeakyPlatform, leakedSecret, leakyPlatform } from '../support/leaky-platform';

/** Mail has no HTTP answer to leak by: its own words are a matter of the conformance suite. */
const overHttp = subjects.filter(hasSending).filter(({ kind }) => kind !== 'email');
const withTokens = overHttp.filter(({ sending }) => sending.revokeTokens);
const words = { errmsg: leakedSecret, message: leakedSecret, sub_msg: leakedSecret };

describe('a platform that fails and tells its secrets', () => {
  let platform: LeakyPlatform;
  let stage: ChannelStage;
  let channels: ReadonlyMap<string, Channel>;
  beforeAll(async () => {
    platform = await leakyPlatform();
    stage = await channelStage();
    channels = new Map(overHttp.map((subject) => [subject.kind, stage.make(subject, { url: platform.url, isOtherProcess: true })]));
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await platform.close();
  });

  const send = async (subject: (typeof overHttp)[number]) => {
    const recipient = { ref: '1', address: subject.sending.address(1), link: 'https://example.test/s/1-1-1-abcdefghij' };
    const channel = channels.get(subject.kind);
    const [call] = channel?.plan([recipient], { attemptKey: 'c1a1', body: subject.body }) ?? [];
    if (!channel || !call) throw new Error('no call');
    return channel.sendCall(call, new AbortController().signal);
  };

  it('has channels to try', () => expect([overHttp.length, withTokens.length].every((count) => count >= 2)).toBe(true));

  it.each(withTokens.map((subject) => [subject.kind, subject] as const))(
    '%s: a dead token is renewed once and the call tried once more',
    async (_kind, subject) => {
      platform.answers(200, { errcode: 0, errmsg: 'ok' });
      await send(subject);
      platform.answers(200, { errcode: 40001, errmsg: `invalid credential, secret=${leakedSecret}` });
      const results = await send(subject);
      expect(results).toEqual([{ ref: '1', outcome: 'refused', class: 'auth', code: '40001' }]);
      expect(platform.seen).toEqual({ tokens: 1, sends: 2 });
    },
  );

  it.each(overHttp.flatMap((subject) => [401, 500].map((status) => [subject.kind, status, subject] as const)))(
    '%s answering %d: no success, and none of its words',
    async (_kind, status, subject) => {
      platform.answers(status, words);
      const results = await send(subject);
      const outcome = status === 500 ? 'unknown' : expect.stringMatching(/^(refused|unknown)$/);
      expect(results).toEqual([expect.objectContaining({ ref: '1', outcome, code: expect.any(String) })]);
      expect(JSON.stringify(results)).not.toContain(leakedSecret);
    },
  );

  it.each([401, 500, 200])('a screen that asks the platform answers 502 and nothing of it (%d)', async (status) => {
    platform.answers(status, { errcode: 45009, data: [], ...words });
    const deps = await testDeps({ db: stage.db, channels: channelRegistry([...channels.values()]) });
    const failure: unknown = await listMessageTemplates(deps, official(['drafter'])).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DomainError', type: 'kernel:upstream', httpStatus: 502 });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(leakedSecret);
  });
});
