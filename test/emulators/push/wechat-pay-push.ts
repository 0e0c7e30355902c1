import { createCipheriv, randomBytes } from 'node:crypto';
import { privateKeyOf, signRsa2 } from '../alipay/signing';
import { wechatPayPlatformPrivateKey, wechatPayPublicPrivateKey } from '../keys/platform-keys';
import { type BuiltPush, flipOneCharacter, PUSH_VARIANTS, STALE_SEC } from './built-push';

export interface WechatPayPushAccount {
  readonly name: string;
  readonly mchId: string;
  readonly appId: string;
  readonly apiV3Key: string;
  readonly platformSerial: string;
  readonly publicKeyId: string;
}

/** Which of its two identities the platform signs with. */
export type PaySigner = 'cert' | 'public-key';

/** `plaintext`: signed, but its resource is not sealed; `bad-tag`: signed over a resource with one bit of the tag turned. */
export const PAY_VARIANTS = [...PUSH_VARIANTS, 'sign-test', 'bad-tag'] as const;
export type PayVariant = (typeof PAY_VARIANTS)[number];

/** One notice as the platform keeps it: every delivery has this id. */
export interface PayNotice {
  readonly id: string;
  readonly createdAt: string;
  readonly eventType: string;
  readonly originalType: 'transaction' | 'refund';
  readonly summary: string;
  readonly resource: Readonly<Record<string, unknown>>;
  /** Path of the order's `notify_url`. */
  readonly path?: string;
}

const keys = { cert: privateKeyOf(wechatPayPlatformPrivateKey), 'public-key': privateKeyOf(wechatPayPublicPrivateKey) };

/** AEAD_AES_256_GCM; the tag lies behind the ciphertext. */
export function seal(apiV3Key: string, text: string, associatedData: string) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key, 'utf8'), Buffer.from(nonce, 'utf8'));
  cipher.setAAD(Buffer.from(associatedData, 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { algorithm: 'AEAD_AES_256_GCM', ciphertext: sealed.toString('base64'), associated_data: associatedData, nonce };
}

/** Headers that prove a body, of answers and notices. */
export function platformSignature(
  account: Pick<WechatPayPushAccount, 'platformSerial' | 'publicKeyId'>,
  signer: PaySigner,
  timestamp: string,
  body: string,
): Record<string, string> {
  const nonce = randomBytes(16).toString('hex');
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': signer === 'cert' ? account.platformSerial : account.publicKeyId,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    'wechatpay-signature': signRsa2(`${timestamp}\n${nonce}\n${body}\n`, keys[signer]),
  };
}

export function buildWechatPayPush(
  account: WechatPayPushAccount,
  notice: PayNotice,
  nowSec: number,
  variant: PayVariant = 'valid',
  signer: PaySigner = 'public-key',
): BuiltPush {
  const resource = variant === 'foreign-receiver' ? { ...notice.resource, mchid: '1900009999' } : notice.resource;
  const sealed = seal(account.apiV3Key, JSON.stringify(resource), notice.originalType);
  const kept = variant === 'bad-tag' ? { ...sealed, ciphertext: turnLastBit(sealed.ciphertext) } : sealed;
  const body = JSON.stringify({
    id: notice.id,
    create_time: notice.createdAt,
    resource_type: 'encrypt-resource',
    event_type: notice.eventType,
    summary: notice.summary,
    resource: variant === 'plaintext' ? resource : { original_type: notice.originalType, ...kept },
  });
  const timestamp = String(variant === 'stale' ? nowSec - STALE_SEC : nowSec);
  const { 'wechatpay-signature': signature = '', ...proof } = platformSignature(account, signer, timestamp, body);
  const said = signatureOf(variant, signature);
  return {
    method: 'POST',
    path: notice.path ?? `/callbacks/wechat-pay/${account.name}`,
    headers: {
      'content-type': 'application/json',
      ...proof,
      ...(said === undefined ? {} : { 'wechatpay-signature': said }),
    },
    body: variant === 'tampered' ? body.replace(sealed.ciphertext, flipOneCharacter(sealed.ciphertext)) : body,
  };
}

function signatureOf(variant: PayVariant, signature: string): string | undefined {
  if (variant === 'unsigned') return undefined;
  if (variant === 'bad-signature') return flipOneCharacter(signature);
  return variant === 'sign-test' ? `WECHATPAY/SIGNTEST/${signature}` : signature;
}

function turnLastBit(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return bytes.toString('base64');
}
