import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Channel } from '../../bot-server/src/channels/channel';
import { wecomChannel } from '../../bot-server/src/channels/wecom';
import { type ChannelStage, channelStage } from './channel-stage';
import { wecom } from './subjects/wecom';

let stage: ChannelStage;
let channel: Channel;
beforeAll(async () => {
  stage = await channelStage([wecom]);
  channel = stage.channel('wecom');
}, 60_000);
afterAll(() => stage.close());
afterEach(() => stage.calm());

const withKey = (robotKey: string | null): Channel => wecomChannel({ ...stage.config.accounts.wecom, robotKey }, stage.depsOf({}));
const inGroup = () => [...stage.sandbox.world.observation.after(0)].filter(({ recipient }) => recipient === 'robot');
const post = async (body: object, key = stage.config.accounts.wecom.robotKey ?? ''): Promise<number> => {
  const url = `${stage.sandbox.url}/wecom/cgi-bin/webhook/send?key=${key}`;
  return ((await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()) as { errcode: number }).errcode;
};

describe('group robot of WeCom', () => {
  it('says markdown and text in the group of its key, and nothing anywhere else', async () => {
    await channel.groupNotice?.('有人在等\n[打开](https://city.test/console/conversations)');
    await channel.groupNotice?.('字', 'text');
    expect(inGroup()).toMatchObject([
      {
        platform: 'wecom',
        kind: 'robot-markdown',
        body: expect.stringContaining('有人在等'),
        link: 'https://city.test/console/conversations',
      },
      { platform: 'wecom', kind: 'robot-text', body: '字', link: null },
    ]);
    expect(stage.sandbox.world.observation.last).toBe(inGroup().length);
  });

  it('is there only with a key, and a wrong one is for the administrator', async () => {
    expect(withKey(null).groupNotice).toBeUndefined();
    await expect(withKey('removed').groupNotice?.('字')).rejects.toMatchObject({ code: '93000', errorClass: 'auth' });
    expect(channel.explain?.('93000').whatToDo.zh).toContain('WECOM_ROBOT_KEY');
  });

  it.each([
    ['45009', 'quota'],
    ['130101', 'quota'],
    ['45033', 'transient'],
    ['40058', 'permanent'],
  ])('%s is %s', async (code, errorClass) => {
    stage.sandbox.world.script.platforms.wecom.errors = { next: 1, rate: 0, code, httpStatus: 200 };
    await expect(channel.groupNotice?.('字')).rejects.toMatchObject({ name: 'PlatformError', code, errorClass });
  });

  it('leaves open what became of a message without an answer', async () => {
    stage.sandbox.world.script.platforms.wecom.lostReplies = { next: 1, rate: 0 };
    await expect(withKey(stage.config.accounts.wecom.robotKey).groupNotice?.('丢失')).rejects.toMatchObject({ errorClass: 'unknown' });
    expect(inGroup().at(-1)?.body).toBe('丢失');
  });

  it('is refused by the platform for what the channel never sends', async () => {
    const text = (content: string) => ({ msgtype: 'text', text: { content } });
    expect(await post(text('x'.repeat(2049)))).toBe(40058);
    expect(await post({ msgtype: 'markdown', markdown: { content: 'x'.repeat(4097) } })).toBe(40058);
    expect(await post(text(''))).toBe(44004);
    expect(await post({ msgtype: 'dance' })).toBe(40008);
    expect(await post(text('x'), 'other')).toBe(93000);
    const answers: number[] = [];
    for (let n = 0; n < 25; n += 1) answers.push(await post(text(`${n}`)));
    expect(answers.filter((code) => code === 0).length).toBeLessThanOrEqual(20);
    expect(answers.at(-1)).toBe(45009);
  });
});
