import { createHash } from 'node:crypto';
import type { Clock } from '@suiban/shared/time';
import type { RawPush } from './channel';
import { equalText, messageCrypt, sha1OfSorted } from './message-crypt';
import { encryptedPart, type PushNode, textOf } from './push-body';
import { forged, requireFresh, requireSmall } from './push-guard';

export interface WechatPushKeys {
  readonly token: string;
  /** Empty: the account is in plaintext mode, and only then is a plaintext body taken. */
  readonly encodingAesKey: string;
  readonly appId: string;
}

export interface VerifiedPush {
  readonly text: string;
  readonly nonce: string;
}

/**
 * Safe mode: `msg_signature` over the ciphertext; the plain `signature` proves only the token and is not relied on. With a key
 * set, a body without ciphertext is refused before it is parsed. A GET is the check of the address: `echostr` is answered as it came.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html (read 2026-11)
 * @throws DomainError kernel:forged-callback
 */
export function verifyWechatPush(keys: WechatPushKeys, clock: Clock): (push: RawPush) => VerifiedPush {
  const crypt = keys.encodingAesKey === '' ? undefined : messageCrypt(keys.encodingAesKey, [keys.appId]);
  return (push) => {
    requireSmall(push.body);
    const { signature = '', msg_signature: bodySignature = '', timestamp = '', nonce = '' } = push.query;
    if (nonce === '') forged();
    if (push.method === 'GET' || !crypt) {
      if (!equalText(sha1OfSorted([keys.token, timestamp, nonce]), signature)) forged();
      requireFresh(clock, timestamp);
      return { text: push.method === 'GET' ? (push.query.echostr ?? forged()) : push.body.toString('utf8'), nonce: signature };
    }
    const encrypted = encryptedPart(push.body.toString('utf8'));
    if (!encrypted || !equalText(sha1OfSorted([keys.token, timestamp, nonce, encrypted]), bodySignature)) return forged();
    requireFresh(clock, timestamp);
    return { text: crypt.decrypt(encrypted) ?? forged(), nonce: bodySignature };
  };
}

/**
 * MsgId; events by sender and time, and by what they are `about`, for two of one second collide otherwise. Hashed: it holds an openid.
 */
export function messageKeyOf(root: PushNode, about: readonly string[] = []): string {
  const msgId = textOf(root, 'MsgId');
  if (msgId) return `m:${msgId}`;
  const parts = ['FromUserName', 'CreateTime', 'Event', 'EventKey'].map((name) => textOf(root, name));
  return `e:${createHash('sha256')
    .update([...parts, ...about].join('\n'))
    .digest('hex')
    .slice(0, 40)}`;
}
