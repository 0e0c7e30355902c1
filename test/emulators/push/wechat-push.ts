import { randomInt } from 'node:crypto';
import { type BuiltPush, flipOneCharacter, type PushVariant, STALE_SEC } from './built-push';
import { MessageCrypt } from './message-crypt';
import { toXml, type XmlValue } from './xml';

export interface WechatPushAccount {
  /** Which of our addresses the pushes go to: the mini-program's unless said. */
  readonly source?: 'wechat-mini' | 'wechat-official';
  readonly name: string;
  /** Original id (`gh_…`): what `ToUserName` says. */
  readonly userName?: string;
  readonly appId: string;
  readonly token: string;
  readonly encodingAesKey: string;
}

/** Original id of the sandbox's mini-program: what `ToUserName` says in its pushes. */
export const ORIGINAL_ID = 'gh_sandbox000000';

const nonceOf = (): string => String(randomInt(100_000_000, 999_999_999));

/** The URL check: unlike WeCom's, `echostr` is plain and answered unchanged. */
export function buildWechatUrlCheck(account: WechatPushAccount, plain: string, nowSec: number): BuiltPush {
  const crypt = new MessageCrypt(account.token, account.encodingAesKey, account.appId);
  const [timestamp, nonce] = [String(nowSec), nonceOf()];
  const query = new URLSearchParams({ signature: crypt.signPlain(timestamp, nonce), timestamp, nonce, echostr: plain });
  return { method: 'GET', path: `/callbacks/${account.source ?? 'wechat-mini'}/${account.name}?${query}`, headers: {}, body: '' };
}

/** One event or message to the account's push URL, in safe mode; `event` is JSON-shaped, lists of one entry are unwrapped as the platform does. */
export function buildWechatPush(
  account: WechatPushAccount,
  event: { readonly [name: string]: XmlValue },
  format: 'json' | 'xml',
  nowSec: number,
  variant: PushVariant = 'valid',
): BuiltPush {
  const crypt = new MessageCrypt(
    account.token,
    account.encodingAesKey,
    variant === 'foreign-receiver' ? 'wx9999999foreign00' : account.appId,
  );
  const timestamp = String(variant === 'stale' ? nowSec - STALE_SEC : nowSec);
  const nonce = nonceOf();
  const encode = (node: { readonly [name: string]: XmlValue }): string => (format === 'json' ? JSON.stringify(node) : toXml(node));
  const plain = encode(event);
  const encrypted = crypt.encrypt(plain);
  const query = new URLSearchParams({
    signature: crypt.signPlain(timestamp, nonce),
    timestamp,
    nonce,
    openid: String(event.FromUserName ?? ''),
  });
  if (variant !== 'plaintext') query.set('encrypt_type', 'aes');
  if (variant !== 'plaintext' && variant !== 'unsigned')
    query.set('msg_signature', variant === 'bad-signature' ? '0'.repeat(40) : crypt.sign(timestamp, nonce, encrypted));
  const envelope = encode({
    ToUserName: account.userName ?? ORIGINAL_ID,
    Encrypt: variant === 'tampered' ? flipOneCharacter(encrypted) : encrypted,
  });
  return {
    method: 'POST',
    path: `/callbacks/${account.source ?? 'wechat-mini'}/${account.name}?${query}`,
    headers: { 'content-type': format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8' },
    body: variant === 'plaintext' ? plain : envelope,
  };
}
