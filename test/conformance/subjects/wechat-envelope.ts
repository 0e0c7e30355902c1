import type { BuiltPush } from '../../emulators/push/built-push';
import { MessageCrypt } from '../../emulators/push/message-crypt';

interface WechatKeys {
  readonly appId: string;
  readonly callbackToken: string;
  readonly encodingAesKey: string;
}

/** Any text in the envelope of safe mode: JSON from the mini-program, XML from the Official Account. */
export function sealedPush(source: 'wechat-mini' | 'wechat-official', keys: WechatKeys, text: string, nowSec: number): BuiltPush {
  const crypt = new MessageCrypt(keys.callbackToken, keys.encodingAesKey, keys.appId);
  const [timestamp, nonce, encrypted] = [String(nowSec), String(Math.random()), crypt.encrypt(text)];
  const query = new URLSearchParams({
    signature: crypt.signPlain(timestamp, nonce),
    timestamp,
    nonce,
    encrypt_type: 'aes',
    msg_signature: crypt.sign(timestamp, nonce, encrypted),
  });
  const isXml = source === 'wechat-official';
  const body = isXml
    ? `<xml><ToUserName><![CDATA[gh_x]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
    : JSON.stringify({ ToUserName: 'gh_x', Encrypt: encrypted });
  const headers = { 'content-type': isXml ? 'text/xml' : 'application/json' };
  return { method: 'POST', path: `/callbacks/${source}/default?${query}`, headers, body };
}
