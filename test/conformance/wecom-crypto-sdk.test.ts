import { describe, expect, it } from '@jest/globals';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import type { RawPush } from '../../bot-server/src/channels/channel';
import { wecomChannel } from '../../bot-server/src/channels/wecom';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';

import { sandboxConfig } from './subjects/sandbox-config';

/**
 * WeCom's own library is the other side: what it encrypts and signs we take, what we answer it can read. It was written by others,
 * so a mistake of ours does not hide behind the same mistake in our emulator.
 */
const config = sandboxConfig();
const account = config.accounts.wecom;
const { corpId, callbackToken: token, encodingAesKey: key } = account;
const clock = { now: () => new Date('2026-11-25T03:00:00Z') };
const nowSec = Math.floor(clock.now().getTime() / 1000);
// Neither the database nor the network is touched by a push.
const tokens = accessTokens({ db: {} as Database, sealer: aesFieldSealer(config.secrets), clock });
const channel = wecomChannel(account, { outbound: createOutbound({ clock, platformUrls: [account.baseUrl] }), tokens, clock });
const receiver = channel.receiver;
if (!receiver) throw new Error('no receiver');

const said = (content: string, to = corpId): string =>
  `<xml><ToUserName><![CDATA[${to}]]></ToUserName><FromUserName><![CDATA[u1]]></FromUserName><CreateTime>${nowSec}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>4561255354251345929</MsgId><AgentID>1000002</AgentID></xml>`;

function pushOf(message: string, id = corpId, signedWith = token): RawPush {
  const [timestamp, nonce, encrypted] = [String(nowSec), '1372623149', encrypt(key, message, id)];
  const query = { msg_signature: getSignature(signedWith, timestamp, nonce, encrypted), timestamp, nonce };
  return {
    method: 'POST',
    headers: {},
    query,
    body: Buffer.from(`<xml><ToUserName><![CDATA[${id}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`),
  };
}

const part = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(xml)?.[1] ?? '';

describe("WeCom's own crypto library", () => {
  // Lengths around the 32-byte blocks: padding is where implementations differ.
  it.each([0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 100])('is understood in a push of %d characters', async (length) => {
    const inbound = await receiver.receive(pushOf(said('问'.repeat(length))));
    expect(inbound).toMatchObject({
      kind: 'message',
      messageKey: 'm:4561255354251345929',
      event: { type: 'chat', act: 'text', text: '问'.repeat(length), peer: { userId: 'u1', corpId } },
    });
  });

  it('is understood in the URL check, plus signs and all', async () => {
    for (let n = 0; n < 20; n += 1) {
      const plain = String(1_616_140_317_555_161_061n + BigInt(n));
      const [timestamp, nonce, echostr] = [String(nowSec), '263014780', encrypt(key, plain, corpId)];
      const wire = new URLSearchParams({
        msg_signature: getSignature(token, timestamp, nonce, echostr),
        timestamp,
        nonce,
        echostr,
      }).toString();
      const query = Object.fromEntries(new URL(`http://server/?${wire}`).searchParams);
      expect(await receiver.receive({ method: 'GET', headers: {}, query, body: Buffer.alloc(0) })).toEqual({ kind: 'echo', answer: plain });
    }
  });

  it('is refused when it signs with another token or writes to another corp', async () => {
    for (const push of [pushOf(said('你好'), corpId, 'otherToken'), pushOf(said('你好', 'ww9'), 'ww9')])
      await expect(receiver.receive(push)).rejects.toMatchObject({ type: 'kernel:forged-callback' });
  });

  it.each([
    ['own corp', corpId],
    ['joined corp', 'ww0001sandbox'],
  ])('verifies and decrypts our answer inside a push of the %s', async (_name, corp) => {
    const inbound = await receiver.receive(pushOf(said('你好', corp), corp));
    const answer = inbound.kind === 'message' ? inbound.reply?.({ form: 'text', text: '您好，我们已收到 <您> 的消息 ]]> 。' }) : undefined;
    const { contentType = '', body: envelope = '' } = answer ?? {};
    const [encrypted, signature, timestamp, nonce] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map((name) => part(envelope, name));
    expect(contentType).toBe('text/xml');
    expect(getSignature(token, timestamp ?? '', nonce ?? '', encrypted ?? '')).toBe(signature);
    const { message, id } = decrypt(key, encrypted ?? '');
    expect(id).toBe(corp);
    expect([part(message, 'ToUserName'), part(message, 'FromUserName'), part(message, 'CreateTime')]).toEqual(['u1', corp, String(nowSec)]);
    expect(part(message, 'Content').replaceAll(']]]]><![CDATA[>', ']]>')).toBe('您好，我们已收到 <您> 的消息 ]]> 。');
  });

  it('has nothing to read where a card is asked for', async () => {
    const inbound = await receiver.receive(pushOf(said('快问')));
    const link = { form: 'link', title: '问卷', description: '', url: 'https://city.example/', page: '', buttonText: '' } as const;
    const card = {
      form: 'card',
      title: '问卷',
      description: '',
      card: { taskId: 't', submitText: '提交', questions: [] },
      fallback: link,
    } as const;
    expect(inbound.kind === 'message' && inbound.reply?.(card)).toBeUndefined();
    expect(inbound.kind === 'message' && inbound.reply?.(link)?.body).toContain('<Encrypt>');
  });
});
