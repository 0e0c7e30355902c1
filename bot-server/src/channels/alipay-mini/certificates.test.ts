import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { certificateSn, publicKeyOfCertificate, rootCertificateSn } from './certificates';

const fixture = path.resolve('test/fixtures/platform-vectors/alipay-root-cert.pem');

describe('serial numbers of certificates', () => {
  const roots = readFileSync(fixture, 'utf8');

  it('of the roots: those signed with RSA, two of four', () => {
    expect(rootCertificateSn(roots)).toBe('687b59193f3f462dd5336e5abf83c5d8_02941eef3187dddf3d3b83462e1dfcf6');
  });

  it('of one certificate: the first of the text', () => {
    const second = roots.slice(roots.indexOf('-----BEGIN', roots.indexOf('-----END')));
    expect(certificateSn(second)).toBe('687b59193f3f462dd5336e5abf83c5d8');
    expect(publicKeyOfCertificate(second).asymmetricKeyType).toBe('rsa');
  });

  it('of something else: says so', () => {
    expect(() => certificateSn('no certificate')).toThrow('no certificate in PEM');
    expect(rootCertificateSn('no certificate')).toBe('');
  });
});
