import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sandboxAccounts } from '../../shared/src/sandbox';
import { type RunningEmulators, startEmulators } from '../emulators/start-emulators';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
let sandbox: RunningEmulators;
beforeAll(async () => {
  sandbox = await startEmulators({ port: 0 });
}, 60_000);
afterAll(() => sandbox.close());

/** The sandbox as if it were the platforms: real accounts by their variables, at base URLs of our choice. */
function asReal(): Record<string, string> {
  const { wecom, wechatMini, wechatOfficial, alipay, wechatPay } = sandboxAccounts;
  return {
    WECOM_API_BASE_URL: `${sandbox.url}/wecom`,
    WECOM_CORP_ID: wecom.corpId,
    WECOM_AGENT_ID: String(wecom.agentId),
    WECOM_SECRET: wecom.secret,
    WECOM_TOKEN: wecom.token,
    WECOM_ENCODING_AES_KEY: wecom.encodingAesKey,
    WECOM_LINKED_CORPS: JSON.stringify(wecom.linkedCorps),
    WECHAT_API_BASE_URL: `${sandbox.url}/wechat`,
    WECHAT_MINI_APP_ID: wechatMini.appId,
    WECHAT_MINI_SECRET: wechatMini.secret,
    WECHAT_MINI_TOKEN: wechatMini.token,
    WECHAT_MINI_ENCODING_AES_KEY: wechatMini.encodingAesKey,
    WECHAT_OFFICIAL_APP_ID: wechatOfficial.appId,
    WECHAT_OFFICIAL_SECRET: wechatOfficial.secret,
    WECHAT_OFFICIAL_TOKEN: wechatOfficial.token,
    WECHAT_OFFICIAL_ENCODING_AES_KEY: wechatOfficial.encodingAesKey,
    ALIPAY_API_BASE_URL: `${sandbox.url}/alipay`,
    ALIPAY_APP_ID: alipay.appId,
    ALIPAY_APP_PRIVATE_KEY: alipay.appPrivateKey,
    ALIPAY_PUBLIC_KEY: alipay.alipayPublicKey,
    ALIPAY_SELLER_ID: alipay.sellerId,
    ALIPAY_TEMPLATES: JSON.stringify(alipay.templates),
    WECHAT_PAY_API_BASE_URL: `${sandbox.url}/wechat-pay`,
    WECHAT_PAY_MCH_ID: wechatPay.mchId,
    WECHAT_PAY_MERCHANT_SERIAL: wechatPay.merchantSerial,
    WECHAT_PAY_PRIVATE_KEY: wechatPay.merchantPrivateKey,
    WECHAT_PAY_API_V3_KEY: wechatPay.apiV3Key,
    WECHAT_PAY_PUBLIC_KEY_ID: wechatPay.publicKeyId,
    WECHAT_PAY_PUBLIC_KEY: wechatPay.publicKey,
    SMS_GATEWAY_URL: `${sandbox.url}/sms`,
    SMS_GATEWAY_KEY: sandboxAccounts.sms.key,
    EMAIL_SMTP_URL: sandbox.smtpUrl ?? '',
    EMAIL_FROM: sandboxAccounts.email.from,
  };
}

function smoke(variables: Readonly<Record<string, string>>): Promise<{ code: number | null; out: string }> {
  const { PATH = '', HOME = '' } = process.env;
  const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const child = spawn(process.execPath, [tsx, 'scripts/smoke/main.ts'], { cwd: root, env: { PATH, HOME, ...variables } });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })));
}

describe('npm run smoke:real', () => {
  it('says which variables an account needs when there is none', async () => {
    const { code, out } = await smoke({});
    expect(code).toBe(78);
    expect(out).toContain('No platform has a real account here');
    expect(out).toContain('WECHAT_OFFICIAL_APP_ID WECHAT_OFFICIAL_SECRET');
  }, 60_000);

  it('names what is missing of an account that is set in part', async () => {
    const { WECOM_SECRET: _secret, ...rest } = asReal();
    const { code, out } = await smoke(rest);
    expect(code).toBe(78);
    expect(out).toContain('WECOM_SECRET');
    expect(out).not.toContain(sandboxAccounts.wecom.encodingAesKey);
  }, 60_000);

  it('asks every platform something harmless, and tells no secret', async () => {
    const before = sandbox.world.observation.last;
    const { code, out } = await smoke(asReal());
    expect(out).toMatch(/WeCom\s+own application\s+ok/);
    expect(out).toMatch(/WeCom\s+joined corp 2\s+ok/);
    expect(out).toMatch(/WeChat mini-program\s+templates\s+ok\s+\d+\s+token, 3 templates/);
    expect(out).toMatch(/Official Account\s+menu\s+ok/);
    expect(out).toMatch(/Official Account\s+templates\s+ok/);
    expect(out).toMatch(/Alipay mini-program\s+signed request\s+ok/);
    expect(out).toMatch(/WeChat Pay\s+certificates\s+ok/);
    expect(out).toMatch(/Email\s+sign-in at the server\s+ok/);
    expect(out).toMatch(/SMS gateway\s+—\s+not tried/);
    expect(code).toBe(0);
    expect(sandbox.world.observation.last).toBe(before);
    for (const secret of [sandboxAccounts.wecom.secret, sandboxAccounts.email.password, sandboxAccounts.wechatPay.apiV3Key])
      expect(out).not.toContain(secret);
  }, 60_000);

  it('fails when a platform refuses, with its code', async () => {
    const { code, out } = await smoke({ ...asReal(), WECHAT_MINI_SECRET: 'wrong', WECHAT_PAY_MERCHANT_SERIAL: '00' });
    expect(code).toBe(1);
    expect(out).toMatch(/WeChat mini-program\s+templates\s+failed\s+\d+\s+refused with 40125/);
    expect(out).toMatch(/WeChat Pay\s+certificates\s+failed/);
    expect(out).toMatch(/Official Account\s+menu\s+ok/);
  }, 60_000);
});
