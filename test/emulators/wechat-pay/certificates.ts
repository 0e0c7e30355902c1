import { X509Certificate } from 'node:crypto';
import { seal } from '../push/wechat-pay-push';
import type { Answer } from '../world/platform-call';
import { answered, PayRefusal } from './pay-answers';
import { type PayState, payTime } from './pay-emulator';

/** A new merchant has the public key only. @throws PayRefusal */
export function listCertificates({ world }: PayState): Answer {
  if (world.script.push.paySigner === 'public-key')
    throw new PayRefusal('RESOURCE_NOT_EXISTS', '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥');
  const { platformCertificate, platformSerial, apiV3Key } = world.accounts.wechatPay;
  const certificate = new X509Certificate(Buffer.from(platformCertificate, 'base64'));
  const entry = {
    serial_no: platformSerial,
    effective_time: payTime(Date.parse(certificate.validFrom)),
    expire_time: payTime(Date.parse(certificate.validTo)),
    encrypt_certificate: seal(apiV3Key, certificate.toString(), 'certificate'),
  };
  return answered({ data: [entry] }, platformSerial);
}
