import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel, ChannelBody, Recipient, SendResult } from '../../bot-server/src/channels/channel';
import { type ChannelStage, channelStage } from './channel-stage';
import { wecom as subject } from './subjects/wecom';

const body = { channel: 'wecom', form: 'contact', text: '您好，请填写餐饮企业服务问卷：{link}' } as const satisfies ChannelBody;
const linkOf = (n: number): string => `https://example.test/s/1-${n}-1-abcdefghij`;
const customer = (n: number, staffUserId = 'u-staff', link = linkOf(n)): Recipient => ({
  ref: String(n),
  address: { type: 'wecom-contact', account: 'default', staffUserId, externalUserId: `wm-customer-${n}` },
  link,
});

let stage: ChannelStage;
let channel: Channel;
beforeAll(async () => {
  stage = await channelStage([subject]);
  channel = stage.channel('wecom');
}, 60_000);
afterAll(() => stage.close());
beforeEach(() => stage.sandbox.world.reset());

const never = new AbortController().signal;
const plan = (recipients: readonly Recipient[], said: ChannelBody = body) => channel.plan(recipients, { attemptKey: 'c1a1', body: said });
const send = async (recipients: readonly Recipient[]): Promise<SendResult[]> => {
  const results: SendResult[] = [];
  for (const call of plan(recipients)) results.push(...(await channel.sendCall(call, never)));
  return results;
};
const shown = () => [...stage.sandbox.world.observation.after(0)];
const desk = async (path: string, said?: unknown) => {
  const response = await fetch(
    `${stage.sandbox.url}/personas/${encodeURIComponent('wecom:ww0000sandbox/u-staff')}${path}`,
    said === undefined ? {} : { method: 'POST', body: JSON.stringify(said) },
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const resultsOf = async (result: SendResult | undefined) => channel.staffResults?.(result?.outcome === 'accepted' ? result.platformId : '');

describe('customers of a member of staff', () => {
  it('are written to one by one, for each text carries its own link', () => {
    expect(plan([customer(1), customer(2), customer(3, 'u-other')]).map(({ recipients }) => recipients.length)).toEqual([1, 1, 1]);
  });

  it('share a task of their member where nothing in the text is personal', () => {
    const calls = plan([customer(1, 'u-a', ''), customer(2, 'u-b', ''), customer(3, 'u-a', '')]);
    expect(calls.map(({ recipients }) => recipients.map(({ ref }) => ref))).toEqual([['1', '3'], ['2']]);
  });

  it('get nothing before the member confirms, and the result says who is waited for', async () => {
    const results = await send([customer(1), customer(2)]);
    expect(results).toEqual(
      [1, 2].map((n) => ({ ref: String(n), outcome: 'accepted', platformId: expect.stringMatching(/^msgGC/), awaits: 'staff' })),
    );
    expect(shown()).toEqual([]);
    expect(await resultsOf(results[0])).toEqual([{ externalUserId: 'wm-customer-1', result: 'waiting', code: 'waiting' }]);

    expect((await desk('')).body.tasks).toMatchObject([
      { state: 'waiting', customers: 1 },
      { state: 'waiting', customers: 1 },
    ]);
    expect((await desk('/confirm-task', {})).body).toEqual({ confirmed: 2, sent: 2, failed: 0 });
    expect(shown().map(({ kind, recipient, body: said, link, attemptKey }) => [kind, recipient, said, link, attemptKey])).toEqual(
      [1, 2].map((n) => ['contact-text', `wm-customer-${n}`, `您好，请填写餐饮企业服务问卷：${linkOf(n)}`, linkOf(n), 'c1a1']),
    );
    expect(await resultsOf(results[1])).toEqual([{ externalUserId: 'wm-customer-2', result: 'sent', code: '0' }]);
    expect((await desk('/confirm-task', {})).status).toBe(409);
  });

  it('get four messages a month: then the task is refused, or fails when it is confirmed', async () => {
    for (let n = 1; n <= 3; n += 1) await send([customer(1)]);
    await desk('/confirm-task', {});
    const [fourth, fifth] = [await send([customer(1)]), await send([customer(1)])];
    expect((await desk('/confirm-task', {})).body).toEqual({ confirmed: 2, sent: 1, failed: 1 });
    expect(await resultsOf(fourth[0])).toEqual([expect.objectContaining({ result: 'sent' })]);
    expect(await resultsOf(fifth[0])).toEqual([expect.objectContaining({ result: 'failed', code: 'contact-limit' })]);
    expect(await send([customer(1)])).toEqual([{ ref: '1', outcome: 'refused', class: 'permanent', code: '41048' }]);
    stage.sandbox.world.clock.offsetMs = 31 * 24 * 3_600_000;
    expect(await send([customer(1)])).toEqual([expect.objectContaining({ outcome: 'accepted' })]);
  });

  it('who left are named in the results, and a stranger among them is refused alone', async () => {
    const gone: Recipient = {
      ...customer(9, 'u-staff', ''),
      address: { type: 'wecom-contact', account: 'default', staffUserId: 'u-staff', externalUserId: 'wm-gone-0404' },
    };
    const stranger: Recipient = {
      ...customer(8, 'u-staff', ''),
      address: { type: 'wecom-contact', account: 'default', staffUserId: 'u-staff', externalUserId: 'stranger' },
    };
    const results = await send([customer(1, 'u-staff', ''), stranger, gone]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused', 'accepted']);
    expect(results[1]).toMatchObject({ class: 'permanent', code: 'not-sendable' });
    await desk('/confirm-task', {});
    expect(await resultsOf(results[0])).toEqual([
      { externalUserId: 'wm-customer-1', result: 'sent', code: '0' },
      { externalUserId: 'wm-gone-0404', result: 'failed', code: 'not-customer' },
    ]);
    for (const code of ['not-sendable', 'not-customer', 'contact-limit', '41048', 'waiting'])
      expect(channel.explain?.(code).meaning.zh).not.toContain(code);
  });

  it('are never written to again blindly: the platform makes a second task of a repeat', async () => {
    expect(channel.dedupeOf?.(body)).toBe('none');
    expect(channel.dedupeOf?.(subject.body)).toEqual(channel.dedupe);
    stage.sandbox.world.script.platforms.wecom.lostReplies = { next: 1, rate: 0 };
    expect(await send([customer(1)])).toEqual([expect.objectContaining({ ref: '1', outcome: 'unknown' })]);
    await send([customer(1)]);
    expect((await desk('')).body.tasks).toHaveLength(2);
  });

  it('and members are not mixed up: neither gets what is meant for the other, and nobody is asked', async () => {
    const asked = stage.sandbox.world.requests.last;
    const member: Recipient = { ref: '1', address: { type: 'wecom-member', account: 'default', userId: 'u1' }, link: linkOf(1) };
    const [toMember] = plan([member]);
    const [toCustomer] = plan([customer(1)], subject.body);
    expect(toMember && (await channel.sendCall(toMember, never))).toEqual([
      { ref: '1', outcome: 'refused', class: 'permanent', code: 'not-contact' },
    ]);
    expect(toCustomer && (await channel.sendCall(toCustomer, never))).toEqual([
      { ref: '1', outcome: 'refused', class: 'permanent', code: 'not-member' },
    ]);
    expect(stage.sandbox.world.requests.last).toBe(asked);
  });

  it('get at most 4000 bytes, link and all', () => {
    const fields = (text: string) => channel.check({ ...body, text }).map(({ rule }) => rule);
    expect(fields(body.text)).toEqual([]);
    expect(fields('没有写明链接的位置')).toEqual([]);
    expect(fields(' {link} ')).toEqual(['required']);
    expect(fields('长'.repeat(1248))).toEqual([]);
    expect(fields('长'.repeat(1249))).toEqual(['bytes']);
  });

  it('have results in pages, asked for until the last', async () => {
    const { corpId, secret } = stage.config.accounts.wecom;
    const api = `${stage.sandbox.url}/wecom/cgi-bin`;
    const { access_token: token } = (await (await fetch(`${api}/gettoken?corpid=${corpId}&corpsecret=${secret}`)).json()) as {
      access_token: string;
    };
    const task = { external_userid: Array.from({ length: 2500 }, (_, n) => `wm-many-${n}`), sender: 'u-staff', text: { content: '通知' } };
    const init = { method: 'POST', body: JSON.stringify(task) };
    const { msgid } = (await (await fetch(`${api}/externalcontact/add_msg_template?access_token=${token}`, init)).json()) as {
      msgid: string;
    };
    const found = await channel.staffResults?.(msgid);
    expect([found?.length, new Set(found?.map(({ externalUserId }) => externalUserId)).size]).toEqual([2500, 2500]);
  });

  it('whose task the platform does not know are an error, not an empty list', async () => {
    await expect(channel.staffResults?.('msgGCnothing')).rejects.toMatchObject({ name: 'PlatformError', code: '41047' });
  });
});
