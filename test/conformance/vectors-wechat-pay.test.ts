import { createPublicKey, X509Certificate } from 'node:crypto';
import { describe, expect } from '@jest/globals';
import { isRsaSignature, rsaPrivateKey, rsaPublicKey, signRsa } from '../../bot-server/src/channels/rsa-keys';
import { openResource } from '../../bot-server/src/channels/wechat-pay/sealed-resource';
import { authorization, requestText } from '../../bot-server/src/channels/wechat-pay/signature';
import { changedBytes, testVectors, turnedBits, type Vector } from '../support/platform-vectors';
import { legacyPaySignature } from '../support/vector-schemes';

interface Resource {
  readonly apiV3Key: string;
  readonly associated_data: string;
  readonly nonce: string;
  readonly ciphertext: string;
}
type Gcm = Vector<Resource, { plaintext: string }>;
type Signing = Vector<{ privateKeyPkcs8DerBase64: string; message: string }, { signatureBase64: string }>;
type Certified = Vector<
  { certificateDerBase64: string; message: string; signatureBase64: string; otherPublicKeySpkiDerBase64: string },
  { certificateSerial: string }
>;
type Layout = Vector<
  { mchid: string; serial_no: string; nonce_str: string; timestamp: string; cases: { method: string; url: string; body: string }[] },
  { signingStrings: string[]; header: string }
>;
type Legacy = Vector<{ params: Record<string, string | number>; key: string }, { MD5: string; 'HMAC-SHA256': string }>;

describe('vectors of WeChat Pay', () => {
  testVectors('wechat-pay', {
    'wxpay-gcm-short': ({ input, expected, negative = [] }: Gcm) => {
      const open = (more: Partial<Resource> = {}) => openResource(more.apiV3Key ?? input.apiV3Key, { ...input, ...more })?.toString();
      expect(open()).toBe(expected.plaintext);
      expect(negative).toHaveLength(2);
      for (const wrong of negative) expect(open(wrong)).toBeUndefined();
      for (const ciphertext of turnedBits(input.ciphertext)) expect(open({ ciphertext })).toBeUndefined();
      // Another merchant's key: the envelope of somebody else.
      expect(open({ apiV3Key: 'b7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb' })).toBeUndefined();
      for (const broken of [{ ciphertext: '' }, { ciphertext: 'AAAA' }, { nonce: '' }]) expect(open(broken)).toBeUndefined();
    },
    'wxpay-rsa-sign': ({ input, expected }: Signing) => {
      const key = rsaPrivateKey(input.privateKeyPkcs8DerBase64);
      expect(signRsa(key, input.message)).toBe(expected.signatureBase64);
      const verified = (message: string | Buffer, signature: string) => isRsaSignature(createPublicKey(key), message, signature);
      expect(verified(input.message, expected.signatureBase64)).toBe(true);
      for (const message of changedBytes(input.message)) expect(verified(message, expected.signatureBase64)).toBe(false);
      for (const signature of turnedBits(expected.signatureBase64)) expect(verified(input.message, signature)).toBe(false);
    },
    'wxpay-rsa-verify-cert': ({ input, expected }: Certified) => {
      const certificate = new X509Certificate(Buffer.from(input.certificateDerBase64, 'base64'));
      expect(certificate.serialNumber).toBe(expected.certificateSerial);
      const verified = (message: string | Buffer, signature = input.signatureBase64) =>
        isRsaSignature(certificate.publicKey, message, signature);
      expect(verified(input.message)).toBe(true);
      for (const message of changedBytes(input.message)) expect(verified(message)).toBe(false);
      for (const signature of turnedBits(input.signatureBase64)) expect(verified(input.message, signature)).toBe(false);
      expect(isRsaSignature(rsaPublicKey(input.otherPublicKeySpkiDerBase64), input.message, input.signatureBase64)).toBe(false);
    },
    'wxpay-authorization-layout': ({ input, expected }: Layout) => {
      const { mchid, serial_no: merchantSerial, nonce_str: nonce, timestamp, cases } = input;
      for (const [index, { method, url, body }] of cases.entries()) {
        const text = expected.signingStrings[index] ?? '';
        expect(requestText(method, url, timestamp, nonce, body)).toBe(text);
        // The repository's signer is a mock whose signature is the text itself.
        const signer = { mchId: mchid, merchantSerial, sign: (signed: string) => signed };
        const header = expected.header.replace('<ALG>', 'SHA256-RSA2048').replace('<SIG>', () => text);
        expect(authorization(signer, { method, url, body, timestamp, nonce })).toBe(header);
      }
      expect(cases).toHaveLength(2);
    },
    'wxpay-v2-sign-legacy': ({ input, expected }: Legacy) => {
      const key = changedBytes(input.key, 1)[0]?.toString() ?? '';
      for (const type of ['MD5', 'HMAC-SHA256'] as const) {
        expect(legacyPaySignature(input.params, input.key, type)).toBe(expected[type]);
        expect(legacyPaySignature({ ...input.params, sign: 'x', empty: '' }, input.key, type)).toBe(expected[type]);
        expect(legacyPaySignature({ ...input.params, timeStamp: 1601234568 }, input.key, type)).not.toBe(expected[type]);
        expect(legacyPaySignature(input.params, key, type)).not.toBe(expected[type]);
      }
    },
  });
});
