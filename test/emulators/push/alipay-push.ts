import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type Params, signContent, signRsa2 } from '../alipay/signing';
import { type BuiltPush, flipOneCharacter, type PushVariant } from './built-push';

/** Whom a notice is signed by, and where it goes. */
export interface AlipayNoticeAccount {
  readonly path: string;
  readonly key: KeyObject;
}

let foreignKey: KeyObject | undefined;
/** Made when first asked for: 2048 bits take a tenth of a second. */
const aForeignKey = (): KeyObject => {
  foreignKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return foreignKey;
};

/**
 * An asynchronous notice: form fields, signed without `sign` and `sign_type` over the values as they are. There is no time in the
 * signature and nothing is encrypted: `stale` is a valid notice, `plaintext` one without a signature.
 */
export function buildAlipayNotice(account: AlipayNoticeAccount, fields: Params, variant: PushVariant = 'valid'): BuiltPush {
  const key = variant === 'foreign-receiver' ? aForeignKey() : account.key;
  const signature = signRsa2(signContent(fields, []), key);
  const sent: Record<string, string> = { ...fields, sign_type: 'RSA2' };
  if (variant !== 'unsigned' && variant !== 'plaintext') sent.sign = variant === 'bad-signature' ? flipOneCharacter(signature) : signature;
  if (variant === 'tampered') sent.total_amount = '0.01';
  return {
    method: 'POST',
    path: account.path,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams(sent).toString(),
  };
}
