import { describe, expect, it } from '@jest/globals';
import type { RawPush } from '../../bot-server/src/channels/channel';
import { messageCrypt, sha1OfSorted } from '../../bot-server/src/channels/message-crypt';
import { verifyWechatPush } from '../../bot-server/src/channels/wechat-push';
import { decode as decodeWecom } from '../../bot-server/src/channels/wecom/decode';
import { verify as verifyWecom } from '../../bot-server/src/channels/wecom/verify';
import { MessageCrypt } from '../emulators/push/message-crypt';
import { changedBytes, testVectors, turnedBits, type Vector } from '../support/platform-vectors';

interface Pushed {
  readonly token: string;
  readonly encodingAESKey: string;
  readonly receiveId: string;
  readonly timestamp: string;
  readonly nonce: string;
}
type UrlCheck = Vector<Pick<Pushed, 'token' | 'timestamp' | 'nonce'> & { echostr?: string }, { signature: string; responseBody?: string }>;
type Message = Vector<Pushed & { Encrypt: string }, { msg_signature: string; msg: string; msgLen?: number }>;
type SealedCheck = Vector<Pushed & { echostr: string }, { msg_signature: string; responseBody: string }>;
type Sealing = Vector<Pushed & { random: string; msg: string }, { Encrypt: string; MsgSignature?: string; cipherLength?: number }>;

const at = (seconds: string) => ({ now: () => new Date(Number(seconds) * 1000) });
const forged = expect.objectContaining({ type: 'kernel:forged-callback' });
const push = (query: Record<string, string>, body?: string): RawPush => ({
  method: body === undefined ? 'GET' : 'POST',
  headers: {},
  query,
  body: Buffer.from(body ?? ''),
});

/** The server's and the emulators' envelope were written apart: both do what was published. */
const ours = ({ input }: Vector<Pushed>) => messageCrypt(input.encodingAESKey, [input.receiveId]);
const theirs = ({ input }: Vector<Pushed>, receiveId = input.receiveId) => new MessageCrypt(input.token, input.encodingAESKey, receiveId);

/** Plain signature: it proves the token, and refuses another of any of its parts. */
function plainSignature({ input, expected }: UrlCheck): void {
  const key = 'A'.repeat(43);
  expect(new MessageCrypt(input.token, key, '').signPlain(input.timestamp, input.nonce)).toBe(expected.signature);
  const verify = verifyWechatPush({ token: input.token, encodingAesKey: '', appId: 'wx' }, at(input.timestamp));
  const query = { signature: expected.signature, timestamp: input.timestamp, nonce: input.nonce, echostr: input.echostr ?? 'echo' };
  expect(verify(push(query)).text).toBe(expected.responseBody ?? 'echo');
  for (const name of ['signature', 'timestamp', 'nonce'] as const)
    for (const changed of changedBytes(query[name])) expect(() => verify(push({ ...query, [name]: changed.toString() }))).toThrow(forged);
}

type Verify = (push: RawPush) => { readonly text: string };

/** Signature, plaintext; refuses every changed byte, another receiver, another signature. */
function openedPush(vector: Message, verifyFor: (receiveId: string) => Verify, bodyOf: (encrypted: string) => string): void {
  const { input, expected } = vector;
  const query = { msg_signature: expected.msg_signature, timestamp: input.timestamp, nonce: input.nonce };
  const verify = verifyFor(input.receiveId);
  expect(verify(push(query, bodyOf(input.Encrypt))).text).toBe(expected.msg);
  expect(Buffer.byteLength(expected.msg)).toBe(expected.msgLen ?? Buffer.byteLength(expected.msg));
  for (const turned of turnedBits(input.Encrypt)) expect(() => verify(push(query, bodyOf(turned)))).toThrow(forged);
  for (const changed of changedBytes(expected.msg_signature))
    expect(() => verify(push({ ...query, msg_signature: changed.toString() }, bodyOf(input.Encrypt)))).toThrow(forged);
  expect(() => verifyFor('ww0000000000000000')(push(query, bodyOf(input.Encrypt)))).toThrow(forged);
  expect(theirs(vector).sign(input.timestamp, input.nonce, input.Encrypt)).toBe(expected.msg_signature);
  expect(theirs(vector).decrypt(input.Encrypt)).toBe(expected.msg);
  expect(() => theirs(vector, 'ww0000000000000000').decrypt(input.Encrypt)).toThrow('foreign receiver');
}

const wechatPush = (vector: Message, bodyOf: (encrypted: string) => string): void => {
  const { token, encodingAESKey: encodingAesKey, timestamp } = vector.input;
  openedPush(vector, (appId) => verifyWechatPush({ token, encodingAesKey, appId }, at(timestamp)), bodyOf);
};
const wecomPush = (vector: Message): void => {
  const { token, encodingAESKey: encodingAesKey, timestamp } = vector.input;
  openedPush(vector, (corpId) => verifyWecom({ token, encodingAesKey, corpIds: [corpId] }, at(timestamp)), inXml);
};
const inXml = (encrypted: string): string => `<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
const inJson = (encrypted: string): string => JSON.stringify({ ToUserName: 'gh_97417a04a28d', Encrypt: encrypted });

/** WeCom's echostr is ciphertext; its plaintext is the answer. */
function wecomUrlCheck(vector: SealedCheck): void {
  const { input, expected } = vector;
  const verifyFor = (corpId: string) =>
    verifyWecom({ token: input.token, encodingAesKey: input.encodingAESKey, corpIds: [corpId] }, at(input.timestamp));
  const query = { msg_signature: expected.msg_signature, timestamp: input.timestamp, nonce: input.nonce, echostr: input.echostr };
  expect(verifyFor(input.receiveId)(push(query)).text).toBe(expected.responseBody);
  for (const echostr of turnedBits(input.echostr)) expect(() => verifyFor(input.receiveId)(push({ ...query, echostr }))).toThrow(forged);
  expect(() => verifyFor('ww0000000000000000')(push(query))).toThrow(forged);
  expect(theirs(vector).decrypt(input.echostr)).toBe(expected.responseBody);
  expect(theirs(vector).sign(input.timestamp, input.nonce, input.echostr)).toBe(expected.msg_signature);
}

/** The same bytes from both sides, which open for the receiver alone. */
function sealing(vector: Sealing): void {
  const { input, expected } = vector;
  const random = Buffer.from(input.random, 'utf8');
  expect(ours(vector).encrypt(input.msg, random)).toBe(expected.Encrypt);
  expect(theirs(vector).encrypt(input.msg, random)).toBe(expected.Encrypt);
  expect(Buffer.from(expected.Encrypt, 'base64')).toHaveLength(expected.cipherLength ?? Buffer.from(expected.Encrypt, 'base64').length);
  expect(ours(vector).decrypt(expected.Encrypt)).toBe(input.msg);
  expect(messageCrypt(input.encodingAESKey, ['wx0000000000000000']).decrypt(expected.Encrypt)).toBeUndefined();
  if (expected.MsgSignature === undefined) return;
  const signed = (encrypted: string) => sha1OfSorted([input.token, input.timestamp, input.nonce, encrypted]);
  expect(signed(expected.Encrypt)).toBe(expected.MsgSignature);
  for (const turned of turnedBits(expected.Encrypt)) expect(signed(turned)).not.toBe(expected.MsgSignature);
}

describe('vectors of the message envelope', () => {
  testVectors('message-envelope', {
    'wx-url-verify': plainSignature,
    'wx-push-plaintext': plainSignature,
    'wx-push-safe-decrypt': (vector: Message) => wechatPush(vector, inJson),
    'wx-push-safe-reply': sealing,
    'oa-msgcrypt-encrypt-utf8': sealing,
    'oa-msgcrypt-encrypt-xml': sealing,
    'oa-msgcrypt-decrypt-xml': (vector: Message) => wechatPush(vector, inXml),
    'wecom-url-verify': wecomUrlCheck,
    'wecom-echostr-2': wecomUrlCheck,
    'wecom-message-decrypt': (vector: Message) => {
      wecomPush(vector);
      // Larger than 2^53: kept as text.
      expect(decodeWecom({ text: vector.expected.msg, nonce: 'n' })).toMatchObject({ messageKey: 'm:4561255354251345929' });
    },
    'wecom-message-decrypt-utf8': wecomPush,
  });

  it('are refused when they are older than five minutes', () => {
    const verify = verifyWechatPush({ token: 'AAAAA', encodingAesKey: '', appId: 'wx' }, at(String(1714036504 + 301)));
    const query = { signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696', timestamp: '1714036504', nonce: '1514711492', echostr: 'x' };
    expect(() => verify(push(query))).toThrow(forged);
  });
});
