import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxAccounts } from '@suiban/shared/sandbox';
// Its entry file needs a path that the node-socialite it resolves to has no longer: the parts are taken by themselves.
import Encryptor from 'node-easywechat/dist/Core/Encryptor';
import ServerRequest from 'node-easywechat/dist/Core/Http/ServerRequest';
import AccessTokenAwareClient from 'node-easywechat/dist/Core/HttpClient/AccessTokenAwareClient';
import HttpClient from 'node-easywechat/dist/Core/HttpClient/HttpClient';
import AccessToken from 'node-easywechat/dist/OfficialAccount/AccessToken';
import Server from 'node-easywechat/dist/OfficialAccount/Server';
import type { Channel } from '../../bot-server/src/channels/channel';
import { MessageCrypt } from '../emulators/push/message-crypt';
import { readPassive } from '../emulators/push/passive-reply';
import { buildWechatPush } from '../emulators/push/wechat-push';
import { type ChannelStage, channelStage } from './channel-stage';
import { nowSec } from './push-promises';
import { wechatOfficial as subject } from './subjects/wechat-official';

/** node-easywechat, written by others, on the other side: of our emulator as a server would be, of our receiver as WeChat is. */
const account = sandboxAccounts.wechatOfficial;
const follower = 'oSandboxOfficialRestaurant01';

let stage: ChannelStage;
let channel: Channel;
beforeAll(async () => {
  stage = await channelStage([subject]);
  channel = stage.channel('wechat-official');
}, 60_000);
afterAll(() => stage.close());
beforeEach(() => stage.sandbox.world.reset());

const encryptor = new Encryptor(account.appId, account.token, account.encodingAesKey, account.appId);
const http = () => HttpClient.create({ baseURL: `${stage.sandbox.url}/wechat/` });
const tokenOf = (isStable: boolean) => new AccessToken(account.appId, account.secret, undefined, undefined, http(), isStable);
const sdk = (isStable = true) => new AccessTokenAwareClient(http(), tokenOf(isStable));

const shown = () => [...stage.sandbox.world.observation.after(0)];
const post = async (path: string, data: object) => (await sdk().request('post', path, { data })).toObject() as Record<string, unknown>;
const say = () =>
  fetch(`${stage.sandbox.url}/personas/restaurant-agent/say`, {
    method: 'POST',
    body: JSON.stringify({ platform: 'wechat-official', text: '在吗' }),
  });

describe('our emulator, asked by the SDK', () => {
  it.each([false, true])('gives it a token (stable: %s) that opens the other endpoints', async (isStable) => {
    expect(await tokenOf(isStable).getToken()).toMatch(/^[\w-]{100,}$/);
    const list = (await sdk(isStable).request('get', 'cgi-bin/template/get_all_private_template')).toObject() as {
      template_list: { title: string }[];
    };
    expect(list.template_list.map(({ title }) => title)).toEqual(account.templates.map(({ title }) => title));
  });

  it('sends its template message', async () => {
    const answer = await post('cgi-bin/message/template/send', {
      touser: follower,
      template_id: account.templates[0]?.id,
      url: 'https://city.example/s/c-5-1-mac',
      data: { thing1: { value: '餐饮企业服务问卷' }, thing2: { value: '市经济信息化委' }, time3: { value: '2026年11月27日 18:00' } },
    });
    expect(answer).toMatchObject({ errcode: 0 });
    expect(shown()).toMatchObject([{ kind: 'template', recipient: follower, link: 'https://city.example/s/c-5-1-mac' }]);
  });

  it('sends its customer message, and refuses it before anybody has written', async () => {
    const message = { touser: follower, msgtype: 'text', text: { content: '您好' } };
    const early = await post('cgi-bin/message/custom/send', message);
    expect(early).toMatchObject({ errcode: 45015 });
    await say();
    expect(await post('cgi-bin/message/custom/send', message)).toMatchObject({ errcode: 0 });
    expect(shown()).toMatchObject([{ kind: 'text', body: '您好' }]);
  });

  it('signs a person in through its OAuth', async () => {
    const url = new URL(`${stage.sandbox.url}/wechat/connect/oauth2/authorize`);
    const asked = {
      appid: account.appId,
      redirect_uri: 'https://city.example/',
      response_type: 'code',
      scope: 'snsapi_base',
      state: 's',
      persona: 'graduate',
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
    const query = { appid: account.appId, secret: account.secret, code: back.searchParams.get('code'), grant_type: 'authorization_code' };
    const answer = (await http().request('get', 'sns/oauth2/access_token', { params: query })).toObject();
    expect(answer).toMatchObject({ openid: 'oSandboxOfficialGraduate0001', scope: 'snsapi_base' });
  });

  it('pushes what its server decrypts, and shows what its server answers', async () => {
    const pushed = buildWechatPush(
      { source: 'wechat-official', name: 'default', ...account },
      {
        ToUserName: account.userName,
        FromUserName: follower,
        CreateTime: nowSec(),
        MsgType: 'text',
        Content: '问卷',
        MsgId: 4561255354251345929n,
      },
      'xml',
      nowSec(),
    );
    const heard: string[] = [];
    const server = new Server(new ServerRequest('POST', pushed.path, { ...pushed.headers }, pushed.body), encryptor);
    server.addMessageListener('text', async (message) => {
      heard.push(`${message.FromUserName}: ${message.Content}`);
      return '您好';
    });
    const answer = String((await server.serve()).getBody());
    expect(heard).toEqual([`${follower}: 问卷`]);
    const crypt = new MessageCrypt(account.token, account.encodingAesKey, account.appId);
    expect(readPassive(answer, crypt, { from: account.userName, to: follower })).toMatchObject({ kind: 'text', body: '您好' });
  });
});

describe('our receiver, pushed to by the SDK', () => {
  it('accepts what its encryptor seals, and seals an answer that it opens', async () => {
    const [timestamp, nonce] = [String(nowSec()), '415670741'];
    const text = `<xml><ToUserName><![CDATA[${account.userName}]]></ToUserName><FromUserName><![CDATA[${follower}]]></FromUserName><CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[问卷]]></Content><MsgId>4561255354251345929</MsgId></xml>`;
    const sealed = encryptor.encrypt(text, nonce, timestamp as unknown as number);
    const within = (xml: string, name: string): string =>
      new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(xml)?.[1] ?? '';
    const query = { signature: 'unused', timestamp, nonce, encrypt_type: 'aes', msg_signature: within(sealed, 'MsgSignature') };
    const inbound = await channel.receiver?.receive({ method: 'POST', headers: {}, query, body: Buffer.from(sealed) });
    if (inbound?.kind !== 'message') throw new Error('no message');
    expect(inbound.messageKey).toBe('m:4561255354251345929');
    expect(inbound.event).toMatchObject({ type: 'chat', act: 'text', text: '问卷', peer: { userId: follower } });

    const { body = '' } = inbound.reply?.({ form: 'text', text: '您好，这是问卷' }) ?? {};
    const opened = encryptor.decrypt(
      within(body, 'Encrypt'),
      within(body, 'MsgSignature'),
      within(body, 'Nonce'),
      within(body, 'TimeStamp') as unknown as number,
    );
    expect([within(opened, 'ToUserName'), within(opened, 'FromUserName'), within(opened, 'Content')]).toEqual([
      follower,
      account.userName,
      '您好，这是问卷',
    ]);
    expect(() =>
      encryptor.decrypt(within(body, 'Encrypt'), within(body, 'MsgSignature'), 'another', within(body, 'TimeStamp') as unknown as number),
    ).toThrow('Invalid Signature');
  });
});
