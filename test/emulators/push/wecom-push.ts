import { randomInt } from 'node:crypto';
import { type BuiltPush, flipOneCharacter, type PushVariant, STALE_SEC } from './built-push';
import { MessageCrypt } from './message-crypt';
import { toXml, type XmlValue } from './xml';

/** Where and with which keys the callbacks of one app go. */
export interface WecomPushAccount {
  readonly name: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly token: string;
  readonly encodingAesKey: string;
}

const XML = { 'content-type': 'text/xml; charset=utf-8' };
const nonceOf = (): string => String(randomInt(1_000_000_000, 9_999_999_999));

/** The URL check: the ciphertext travels in the query, the answer is its plaintext. */
export function buildWecomUrlCheck(account: WecomPushAccount, plain: string, nowSec: number): BuiltPush {
  const crypt = new MessageCrypt(account.token, account.encodingAesKey, account.corpId);
  const [timestamp, nonce, echostr] = [String(nowSec), nonceOf(), crypt.encrypt(plain)];
  const query = new URLSearchParams({ msg_signature: crypt.sign(timestamp, nonce, echostr), timestamp, nonce, echostr });
  return { method: 'GET', path: `/callbacks/wecom/${account.name}?${query}`, headers: {}, body: '' };
}

export function buildWecomPush(
  account: WecomPushAccount,
  event: { readonly [name: string]: XmlValue },
  nowSec: number,
  variant: PushVariant = 'valid',
): BuiltPush {
  const receiver = variant === 'foreign-receiver' ? 'ww9999foreign' : account.corpId;
  const crypt = new MessageCrypt(account.token, account.encodingAesKey, receiver);
  const timestamp = String(variant === 'stale' ? nowSec - STALE_SEC : nowSec);
  const nonce = nonceOf();
  const plain = toXml(event);
  const encrypted = crypt.encrypt(plain);
  const signature = variant === 'bad-signature' ? '0'.repeat(40) : crypt.sign(timestamp, nonce, encrypted);
  const query = new URLSearchParams(variant === 'unsigned' ? { timestamp, nonce } : { msg_signature: signature, timestamp, nonce });
  const sent = variant === 'tampered' ? flipOneCharacter(encrypted) : encrypted;
  const envelope = toXml({ ToUserName: account.corpId, AgentID: String(account.agentId), Encrypt: sent });
  return {
    method: 'POST',
    path: `/callbacks/wecom/${account.name}?${query}`,
    headers: XML,
    body: variant === 'plaintext' ? plain : envelope,
  };
}
