import { constants, privateDecrypt } from 'node:crypto';
import { describe, expect } from '@jest/globals';
import { testVectors, turnedBits, type Vector } from '../support/platform-vectors';
import { openOaep, openPkcs1, pkcs8Key } from '../support/vector-schemes';

type Sealed = Vector<{ privateKeyPkcs8DerBase64: string; ciphertextBase64: string }, { plaintext: string }>;

describe('vectors of RSA encryption', () => {
  testVectors('rsa-encryption', {
    'rsa-oaep-sha1-decrypt': ({ input, expected }: Sealed) => {
      const key = pkcs8Key(input.privateKeyPkcs8DerBase64);
      expect(openOaep(key, input.ciphertextBase64)).toBe(expected.plaintext);
      for (const turned of turnedBits(input.ciphertextBase64, 10)) expect(() => openOaep(key, turned)).toThrow();
    },
    'rsa-pkcs1v15-decrypt': ({ input, expected }: Sealed) => {
      const key = pkcs8Key(input.privateKeyPkcs8DerBase64);
      const padded = { key, padding: constants.RSA_PKCS1_PADDING };
      expect(() => privateDecrypt(padded, Buffer.from(input.ciphertextBase64, 'base64'))).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
      );
      expect(openPkcs1(key, input.ciphertextBase64)).toBe(expected.plaintext);
      for (const turned of turnedBits(input.ciphertextBase64, 10)) expect(openPkcs1(key, turned)).toBeUndefined();
    },
  });
});
