import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from '@jest/globals';
import { certificateSn, rootCertificateSn } from '../../bot-server/src/channels/alipay-mini/certificates';
import { receiveNotice } from '../../bot-server/src/channels/alipay-mini/notice';
import { objectText, signContent } from '../../bot-server/src/channels/alipay-mini/signing';
import { isRsaSignature, rsaPublicKey } from '../../bot-server/src/channels/rsa-keys';
import { changedBytes, testVectors, turnedBits, type Vector, vectorFolder } from '../support/platform-vectors';

type Notice = Vector<
  { alipayPublicKeySpkiDerBase64: string; formFields: Record<string, string> & { sign: string; app_id: string; seller_id: string } },
  { signContentWithoutSignAndSignType: string }
>;
type Answer = Vector<{ alipayPublicKeySpkiDerBase64: string; rawBody: string; responseKey: string }, { signContent: string }>;
type Certificates = Vector<
  { appCertPem: string; alipayCertPemFirstOfFile: string; rootCert: string },
  { app_cert_sn: string; alipay_cert_sn: string; alipay_root_cert_sn: string }
>;

describe('vectors of Alipay', () => {
  testVectors('alipay', {
    'alipay-notify-verify': async ({ input, expected }: Notice) => {
      const { formFields: fields } = input;
      const key = rsaPublicKey(input.alipayPublicKeySpkiDerBase64);
      const content = signContent(fields, ['sign', 'sign_type']);
      expect(content).toBe(expected.signContentWithoutSignAndSignType);
      expect(isRsaSignature(key, content, fields.sign)).toBe(true);
      expect(isRsaSignature(key, signContent(fields, ['sign']), fields.sign)).toBe(false);
      for (const changed of changedBytes(content)) expect(isRsaSignature(key, changed, fields.sign)).toBe(false);
      for (const turned of turnedBits(fields.sign)) expect(isRsaSignature(key, content, turned)).toBe(false);

      const account = {
        baseUrl: '',
        appId: fields.app_id,
        sellerId: fields.seller_id,
        appPrivateKey: '',
        alipayPublicKey: '',
        templates: [],
      };
      const push = (form: Record<string, string>) =>
        ({ method: 'POST', headers: {}, query: {}, body: Buffer.from(new URLSearchParams(form).toString()) }) as const;
      expect(await receiveNotice(account, key)(push(fields))).toMatchObject({
        messageKey: 'n:2019081500222155624068450559358070',
        event: { happened: 'paid', outTradeNo: '20190815155618536-564-57', totalFen: 10 },
        answer: 'success',
      });
      const forged = { type: 'kernel:forged-callback' };
      await expect(receiveNotice(account, key)(push({ ...fields, total_amount: '0.11' }))).rejects.toMatchObject(forged);
      await expect(receiveNotice({ ...account, appId: 'another' }, key)(push(fields))).rejects.toMatchObject(forged);
      await expect(receiveNotice({ ...account, sellerId: 'another' }, key)(push(fields))).rejects.toMatchObject(forged);
    },
    'alipay-response-verify': ({ input, expected }: Answer) => {
      const content = objectText(input.rawBody, input.responseKey) ?? '';
      expect(content).toBe(expected.signContent);
      const { sign } = JSON.parse(input.rawBody) as { sign: string };
      const key = rsaPublicKey(input.alipayPublicKeySpkiDerBase64);
      expect(isRsaSignature(key, content, sign)).toBe(true);
      for (const changed of changedBytes(content)) expect(isRsaSignature(key, changed, sign)).toBe(false);
      for (const turned of turnedBits(sign)) expect(isRsaSignature(key, content, turned)).toBe(false);
    },
    'alipay-response-extract': ({ input, expected }: Answer) => {
      expect(objectText(input.rawBody, input.responseKey)).toBe(expected.signContent);
      expect(objectText(input.rawBody, 'another_response')).toBeUndefined();
    },
    'alipay-cert-sn': ({ input, expected }: Certificates) => {
      expect(certificateSn(input.appCertPem)).toBe(expected.app_cert_sn);
      expect(certificateSn(input.alipayCertPemFirstOfFile)).toBe(expected.alipay_cert_sn);
      const roots = readFileSync(path.join(vectorFolder, input.rootCert), 'utf8');
      expect(roots.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(4);
      expect(rootCertificateSn(roots)).toBe(expected.alipay_root_cert_sn);
    },
  });
});
