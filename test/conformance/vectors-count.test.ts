import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { vectorFiles, vectorsIn } from '../support/platform-vectors';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Every vector that was found published; each is tested in the `vectors-*.test.ts` of its file. */
const ids = [
  'wx-url-verify',
  'wx-push-plaintext',
  'wx-push-safe-decrypt',
  'wx-push-safe-reply',
  'wx-api-aes256gcm',
  'oa-msgcrypt-encrypt-utf8',
  'oa-msgcrypt-encrypt-xml',
  'oa-msgcrypt-decrypt-xml',
  'wecom-url-verify',
  'wecom-message-decrypt',
  'wecom-echostr-2',
  'wecom-message-decrypt-utf8',
  'wx-encrypted-data',
  'wxpay-gcm-short',
  'wxpay-rsa-sign',
  'wxpay-rsa-verify-cert',
  'wxpay-authorization-layout',
  'rsa-oaep-sha1-decrypt',
  'rsa-pkcs1v15-decrypt',
  'wxpay-v2-sign-legacy',
  'alipay-notify-verify',
  'alipay-response-verify',
  'alipay-response-extract',
  'alipay-cert-sn',
];

describe('published vectors', () => {
  const all = vectorFiles().flatMap(vectorsIn);

  it('are these 24, once each', () => {
    expect(ids).toHaveLength(24);
    expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('name where they were read', () => {
    for (const { source } of all)
      expect(source).toEqual({
        repo: expect.stringMatching(/^[\w-]+\/[\w-]+$/),
        path: expect.stringMatching(/\S/),
        commit: expect.stringMatching(/^[0-9a-f]{12}$/),
      });
  });

  it.each(vectorFiles())('of %s have a test file', (file) => {
    const texts = readdirSync(here)
      .filter((name) => /^vectors-.+\.test\.ts$/.test(name))
      .map((name) => readFileSync(path.join(here, name), 'utf8'));
    expect(texts.filter((text) => text.includes(`testVectors('${file}', {`))).toHaveLength(1);
  });
});
