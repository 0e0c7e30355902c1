import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel } from '../../bot-server/src/channels/channel';
import { type ChannelStage, channelStage } from './channel-stage';
import { wechatMini as subject } from './subjects/wechat-mini';

let stage: ChannelStage;
let channel: Channel;
beforeAll(async () => {
  stage = await channelStage([subject]);
  channel = stage.channel('wechat-mini');
}, 60_000);
afterAll(() => stage.close());
beforeEach(() => stage.sandbox.world.reset());

const desk = async (path: string, body: unknown = {}) =>
  (await fetch(`${stage.sandbox.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<Record<string, unknown>>;
const openid = 'oSandboxGraduate000000000001';
const signIn = async () => channel.signIn?.(String((await desk('/personas/graduate/wechat-login')).code));

describe('signing in to the mini-program', () => {
  it('gives openid and unionid, and takes a code once', async () => {
    const { code } = await desk('/personas/graduate/wechat-login');
    expect(await channel.signIn?.(String(code))).toEqual({ subject: openid, unionId: 'uSandboxGraduate000000000001' });
    await expect(channel.signIn?.(String(code))).rejects.toMatchObject({ type: 'identity:platform-code-refused' });
  });

  it('gives the mobile number of the button’s code, once, and of no other code', async () => {
    const { code } = await desk('/personas/graduate/wechat-phone');
    expect(await channel.phoneNumber?.(String(code))).toBe('19900000003');
    await expect(channel.phoneNumber?.(String(code))).rejects.toMatchObject({ type: 'identity:platform-code-refused' });
    const login = await desk('/personas/graduate/wechat-login');
    await expect(channel.phoneNumber?.(String(login.code))).rejects.toMatchObject({ type: 'identity:platform-code-refused' });
  });
});

describe('codes to print', () => {
  it('are pictures', async () => {
    const image = await channel.codeImage?.({ page: 'packages/surveys/pages/answer/index', scene: 'l=c-5-1-abcdefghij', widthPx: 100 });
    expect(image?.contentType).toBe('image/png');
    expect(image?.bytes.readUInt32BE(16)).toBe(280);
    expect(image?.bytes.includes('packages/surveys/pages/answer/index?scene=l%3Dc-5-1-abcdefghij')).toBe(true);
  });

  it.each([
    ['a scene that would need encoding', { page: 'pages/a', scene: '问卷' }],
    ['a scene of 33', { page: 'pages/a', scene: 'a'.repeat(33) }],
    ['a slash in front', { page: '/pages/a', scene: 'a' }],
    ['a query', { page: 'pages/a?x=1', scene: 'a' }],
  ])('are refused without asking for %s', async (_name, request) => {
    const asked = stage.sandbox.world.requests.last;
    await expect(channel.codeImage?.(request)).rejects.toMatchObject({ type: 'kernel:invalid-request', errors: [expect.anything()] });
    expect(stage.sandbox.world.requests.last).toBe(asked);
  });

  it('heal a token that died meanwhile, though the refusal comes where a picture was wanted', async () => {
    await channel.codeImage?.({ page: 'pages/a', scene: 'a' });
    stage.sandbox.emulators.wechat.tokens.revokeAll();
    expect((await channel.codeImage?.({ page: 'pages/a', scene: 'a' }))?.contentType).toBe('image/png');
  });
});

describe('texts that others will read', () => {
  it('are judged when their author was here within two hours (61010)', async () => {
    await expect(channel.checkText?.('建议多设停车位', openid)).rejects.toMatchObject({ name: 'PlatformError', code: '61010' });
    await signIn();
    expect(await channel.checkText?.('建议多设停车位', openid)).toEqual({ verdict: 'pass', label: '100' });
    expect(await channel.checkText?.('辱骂', openid)).toEqual({ verdict: 'review', label: '20003' });
    expect(await channel.checkText?.('加微信领红包', openid)).toEqual({ verdict: 'risky', label: '10001' });
  });

  it('are judged whole, in parts of what the platform takes', async () => {
    await signIn();
    expect(await channel.checkText?.(`${'好'.repeat(2500)}赌博${'好'.repeat(2600)}`, openid)).toMatchObject({ verdict: 'risky' });
    expect(await channel.checkText?.('  ', openid)).toEqual({ verdict: 'pass', label: '100' });
  });
});
