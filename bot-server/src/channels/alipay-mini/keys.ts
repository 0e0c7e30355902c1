import type { KeyObject } from 'node:crypto';
import type { AlipayAccount } from '../../config/accounts';
import { rsaPublicKey } from '../rsa-keys';
import { publicKeyOfCertificate } from './certificates';

/** Whose signature proves answers and notices: the key of Alipay's certificate, or the one that is shown beside the app. */
export const platformKeyOf = ({ certificates, alipayPublicKey }: AlipayAccount): KeyObject =>
  certificates ? publicKeyOfCertificate(certificates.alipay) : rsaPublicKey(alipayPublicKey);
