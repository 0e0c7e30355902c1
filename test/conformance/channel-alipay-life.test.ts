import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { LifeAccount, LifeMessage } from '../../bot-server/src/channels/life-account';
import { type ChannelStage, channelStage } from './channel-stage';
import { alipayMini, alipayOpenIdOf } from './subjects/alipay-mini';

let stage: ChannelStage;
let life: LifeAccount;
beforeAll(async () => {
  stage = await channelStage([alipayMini]);
  const { lifeAccount } = stage.channel('alipay-mini');
  if (!lifeAccount) throw new Error('no life account');
  life = lifeAccount;
}, 60_000);
afterAll(() => stage.close());
afterEach(() => stage.calm());

const openid = alipayOpenIdOf(9101);
const shown = () => [...stage.sandbox.world.observation.after(0)];
const message: LifeMessage = {
  openid,
  templateId: 'life-template',
  context: { url: 'https://city.test/p', buttonText: '查看', fields: { first: '您好', keyword1: '诉求已办结', remark: '感谢' } },
};
const article = { title: '惠企政策摘要', text: '三条新政策', url: 'https://city.test/a', imageUrl: null };

describe('life account of Alipay', () => {
  it('tells one follower by a template, one who just did something, and everybody', async () => {
    await life.sendOne(message);
    await life.sendOne({ ...message, openid: '2088000000000003' });
    await life.answer({ openid, text: '请问有什么可以帮您', event: 'enter' });
    await life.answer({ openid, articles: [article], event: 'click' });
    const before = stage.sandbox.world.observation.last;
    expect((await life.sendAll({ text: '全体通知' })).platformId).not.toBe('');
    expect((await life.sendAll({ articles: [article, { ...article, imageUrl: 'https://city.test/i.png' }] })).platformId).not.toBe('');
    expect(shown().slice(0, 4)).toMatchObject([
      {
        kind: 'life-template',
        recipient: openid,
        link: 'https://city.test/p',
        templateId: 'life-template',
        body: '您好\n诉求已办结\n感谢',
      },
      { kind: 'life-template', recipient: '2088000000000003' },
      { kind: 'life-answer', recipient: openid, body: '请问有什么可以帮您' },
      { kind: 'life-answer', title: article.title, link: article.url },
    ]);
    const toAll = [...stage.sandbox.world.observation.after(before)].map(({ recipient }) => recipient);
    expect(new Set(toAll)).toEqual(new Set(stage.sandbox.world.people.alipayOpenIds()));
    expect(toAll).toHaveLength(2 * stage.sandbox.world.people.alipayOpenIds().length);
  });

  it('refuses what the platform would, before asking it, with every field', async () => {
    const count = stage.sandbox.world.observation.last;
    const wrong = { ...message, templateId: '', context: { url: 'ftp://x', buttonText: null, fields: { first: ' ', other: 'x' } } };
    await expect(life.sendOne(wrong)).rejects.toMatchObject({
      type: 'kernel:invalid-request',
      errors: ['templateId', 'context/fields/first', 'context/fields/other', 'context/url'].map((field) => ({ pointer: `/${field}` })),
    });
    const fieldsOf = (content: Parameters<LifeAccount['check']>[0]) => life.check(content).map(({ field }) => field);
    expect(fieldsOf({ text: '' })).toEqual(['text']);
    expect(fieldsOf({ text: '字'.repeat(501) })).toEqual(['text']);
    expect(fieldsOf({ articles: [] })).toEqual(['articles']);
    expect(fieldsOf({ articles: Array(11).fill(article) })).toEqual(['articles']);
    expect(fieldsOf({ articles: [article, { title: '', text: '字', url: 'x', imageUrl: 'y' }] })).toEqual([
      'articles/1/title',
      'articles/1/url',
      'articles/1/imageUrl',
    ]);
    expect(fieldsOf({ ...message, openid: ' ', context: { ...message.context, fields: {} } })).toEqual(['openid', 'context/fields']);
    await expect(life.answer({ openid: '', text: '字', event: 'follow' })).rejects.toMatchObject({ type: 'kernel:invalid-request' });
    await expect(life.sendAll({ text: ' ' })).rejects.toMatchObject({ type: 'kernel:invalid-request' });
    expect(stage.sandbox.world.observation.last).toBe(count);
  });

  it.each([
    ['isv.app-call-limited', 'quota'],
    ['isv.insufficient-isv-permissions', 'auth'],
    ['isv.invalid-parameter', 'permanent'],
    ['isp.unknow-error', 'unknown'],
  ])('%s is %s', async (code, errorClass) => {
    stage.sandbox.world.script.platforms.alipay.errors = { next: 1, rate: 0, code, httpStatus: 200 };
    await expect(life.sendAll({ text: '字' })).rejects.toMatchObject({ name: 'PlatformError', code, errorClass });
  });

  it('names a stranger, and an unclear answer as one', async () => {
    for (const call of [life.sendOne({ ...message, openid: 'x' }), life.answer({ openid: 'x', text: '字', event: 'follow' })]) {
      await expect(call).rejects.toMatchObject({ code: 'USER_ID_INVALID', errorClass: 'permanent' });
    }
    stage.sandbox.world.script.platforms.alipay.lostReplies = { next: 1, rate: 0 };
    await expect(life.sendOne(message)).rejects.toMatchObject({ errorClass: 'unknown' });
    stage.sandbox.world.script.platforms.alipay.quotaLeft = 0;
    await expect(life.sendAll({ text: '字' })).rejects.toMatchObject({ code: 'isv.app-call-limited', errorClass: 'quota' });
  });
});
