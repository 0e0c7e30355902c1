import type { Clock } from '@suiban/shared/time';
import type { RawPush } from '../channel';
import { equalText, messageCrypt, sha1OfSorted } from '../message-crypt';
import { encryptedPart } from '../push-body';
import { forged, requireFresh, requireSmall } from '../push-guard';

export interface WecomPushKeys {
  readonly token: string;
  readonly encodingAesKey: string;
  /** Corps whose pushes are ours: the own one first. */
  readonly corpIds: readonly [string, ...string[]];
}

export interface VerifiedPush {
  readonly text: string;
  readonly nonce: string;
}

/**
 * Signature over the ciphertext as it came, in constant time; five minutes; then decryption and the receiver. There is no
 * plaintext mode: a body without `Encrypt` is refused. @throws DomainError kernel:forged-callback
 */
export function verify(keys: WecomPushKeys, clock: Clock): (push: RawPush) => VerifiedPush {
  const crypt = messageCrypt(keys.encodingAesKey, keys.corpIds);
  return (push) => {
    requireSmall(push.body);
    const { msg_signature: signature = '', timestamp = '', nonce = '' } = push.query;
    const encrypted = push.method === 'GET' ? push.query.echostr : encryptedPart(push.body.toString('utf8'));
    if (!encrypted || signature === '' || nonce === '') return forged();
    if (!equalText(sha1OfSorted([keys.token, timestamp, nonce, encrypted]), signature)) return forged();
    requireFresh(clock, timestamp);
    return { text: crypt.decrypt(encrypted) ?? forged(), nonce: signature };
  };
}
