import { createHash, type KeyObject, X509Certificate } from 'node:crypto';

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** 1.2.840.113549.1.1, the family of RSA signatures. */
const rsaFamily = Buffer.from('2a864886f70d0101', 'hex');

/** MD5 over the issuer, last name first, and the serial number in decimal. @see https://opendocs.alipay.com/common/02mse3 (read 2026-11) */
function serialOf(certificate: X509Certificate): string {
  const issuer = certificate.issuer.split('\n').reverse().join(',');
  return createHash('md5')
    .update(`${issuer}${BigInt(`0x${certificate.serialNumber}`).toString(10)}`)
    .digest('hex');
}

/** `app_cert_sn`, `alipay_cert_sn`: of the first certificate in the text. @throws Error when there is none */
export const certificateSn = (pem: string): string => serialOf(firstOf(pem));

/** `alipay_root_cert_sn`: of every certificate of the file that is signed with RSA; the others (SM2, ECC) stay out. */
export const rootCertificateSn = (pem: string): string =>
  (pem.match(pemBlock) ?? [])
    .map((block) => new X509Certificate(block))
    .filter(({ raw }) => signatureOid(raw).subarray(0, rsaFamily.length).equals(rsaFamily))
    .map(serialOf)
    .join('_');

export const publicKeyOfCertificate = (pem: string): KeyObject => firstOf(pem).publicKey;

function firstOf(pem: string): X509Certificate {
  const [block] = pem.match(pemBlock) ?? [];
  if (!block) throw new Error('no certificate in PEM');
  return new X509Certificate(block);
}

/** DER: SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OID … }, signature }. Node 20 does not tell the algorithm. */
function signatureOid(der: Buffer): Buffer {
  const body = contentOf(der, 0);
  const algorithm = contentOf(der, contentOf(der, body.start).end);
  const oid = contentOf(der, algorithm.start);
  return der.subarray(oid.start, oid.end);
}

function contentOf(der: Buffer, at: number): { start: number; end: number } {
  const first = der[at + 1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  return { start, end: start + length };
}
