import { createVerify } from 'node:crypto';
import type { Exchange } from '../http/router';
import { PayRefusal } from './pay-answers';
import type { PayState } from './pay-emulator';

const MAX_SKEW_SEC = 300;
const scheme = /^WECHATPAY2-SHA256-RSA2048\s+(.+)$/;

/** What the platform asks of every request before it looks at it. @throws PayRefusal SIGN_ERROR */
export function requireSigned(state: PayState, mount: string, exchange: Exchange): void {
  const { headers, method, url, raw } = exchange;
  if (!headers.accept || !headers['user-agent']) throw new PayRefusal('PARAM_ERROR', 'Http头缺少Accept或User-Agent');
  const said = scheme.exec(headers.authorization ?? '')?.[1];
  if (!said) throw signError('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》');
  const fields = Object.fromEntries([...said.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
  const { mchid = '', nonce_str: nonce = '', timestamp = '', serial_no: serial = '', signature = '' } = fields;
  if (mchid !== state.world.accounts.wechatPay.mchId) throw signError('商户号不存在');
  if (serial.toUpperCase() !== state.merchant.serialNumber) throw signError('商户证书序列号有误。请使用签名私钥匹配的证书序列号');
  if (nonce === '' || nonce.length > 32) throw signError('随机串长度应为1到32位');
  if (!/^\d{10}$/.test(timestamp) || Math.abs(state.world.clock.sec() - Number(timestamp)) > MAX_SKEW_SEC)
    throw signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
  const text = `${method}\n${url.slice(mount.length)}\n${timestamp}\n${nonce}\n${raw.toString('utf8')}\n`;
  if (!createVerify('RSA-SHA256').update(text).verify(state.merchant.publicKey, signature, 'base64'))
    throw signError('签名错误，请检查后再试');
}

const signError = (message: string): PayRefusal => new PayRefusal('SIGN_ERROR', message);
