import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import { ConfigError } from './config-error';
import { type EnvSource, envSchema, secretNames } from './env';
import { loadConfig } from './load-config';
import { packageDir } from './paths';

const freshDir = () => mkdtempSync(path.join(tmpdir(), 'suiban-config-'));
const key = 'k'.repeat(40);
const problemsOf = (source: EnvSource): readonly string[] => {
  try {
    loadConfig(source);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('loadConfig', () => {
  it('needs nothing: an embedded setup with one key made once, readable by its owner only', () => {
    const dataDir = freshDir();
    const first = loadConfig({ DATA_DIR: dataDir });
    expect(first).toMatchObject({ role: 'all', port: 3000, publicBaseUrl: 'http://localhost:3000', environment: 'development' });
    expect(first.platforms).toEqual({
      wecom: 'off',
      wechatMini: 'off',
      wechatOfficial: 'off',
      alipay: 'off',
      wechatPay: 'off',
      sms: 'off',
      email: 'off',
    });
    const keyFile = path.join(dataDir, 'secret.key');
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const written = readFileSync(keyFile, 'utf8');
    expect(loadConfig({ DATA_DIR: dataDir }).secrets).toEqual(first.secrets);
    expect(readFileSync(keyFile, 'utf8')).toBe(written);
  });

  it('derives a different key for each use, and the same ones from the same base', () => {
    const { secrets } = loadConfig({ SUIBAN_SECRET_KEY: key });
    const all = [secrets.blindIndexKey, secrets.linkKey, secrets.fieldKeys.keys.base].map((bytes) => bytes?.toString('hex'));
    expect(new Set(all).size).toBe(3);
    expect(secrets.linkKey).toHaveLength(32);
    expect(loadConfig({ SUIBAN_SECRET_KEY: key }).secrets).toEqual(secrets);
    expect(loadConfig({ SUIBAN_SECRET_KEY: `${key}x` }).secrets.linkKey).not.toEqual(secrets.linkKey);
  });

  it('rotates field keys: the first given seals, the derived one still opens', () => {
    const given = Buffer.alloc(32, 7).toString('base64');
    const { fieldKeys } = loadConfig({ SUIBAN_SECRET_KEY: key, SUIBAN_FIELD_KEYS: `k2:${given}` }).secrets;
    expect(fieldKeys.current).toBe('k2');
    expect(Object.keys(fieldKeys.keys).sort()).toEqual(['base', 'k2']);
    expect(fieldKeys.keys.k2).toEqual(Buffer.alloc(32, 7));
  });

  it('uses the sandbox for every platform without an account', () => {
    const config = loadConfig({
      SUIBAN_SECRET_KEY: key,
      SANDBOX_URL: 'http://127.0.0.1:4700/',
      SMS_GATEWAY_URL: 'https://sms.example',
      SMS_GATEWAY_KEY: 'gateway',
    });
    expect(config.platforms).toEqual({
      wecom: 'sandbox',
      wechatMini: 'sandbox',
      wechatOfficial: 'sandbox',
      alipay: 'sandbox',
      wechatPay: 'sandbox',
      sms: 'account',
      email: 'sandbox',
    });
    expect(config.accounts.wecom).toMatchObject({ baseUrl: 'http://127.0.0.1:4700/wecom', corpId: sandboxAccounts.wecom.corpId });
    expect(config.accounts.wecom.linkedCorps).toHaveLength(2);
    expect(config.accounts.wecom.robotKey).toBe(sandboxAccounts.wecom.robotKey);
    expect(config.accounts.wechatMini.appId).toBe(sandboxAccounts.wechatMini.appId);
    expect(config.accounts.sms).toEqual({ gatewayUrl: 'https://sms.example', gatewayKey: 'gateway' });
  });

  it.each<[string, EnvSource, string]>([
    ['port', { PORT: '70000' }, 'PORT: must be a whole number from 1 to 65535'],
    ['role', { SUIBAN_ROLE: 'both' }, 'SUIBAN_ROLE: must be one of web, worker, all'],
    ['url', { PUBLIC_BASE_URL: 'ftp://x' }, 'PUBLIC_BASE_URL: must be a URL that begins with http:// or https://'],
    ['half an account', { WECOM_CORP_ID: 'ww1' }, 'WECOM_SECRET: required because WECOM_CORP_ID is set'],
    ['aes key', { WECOM_ENCODING_AES_KEY: 'short' }, 'WECOM_ENCODING_AES_KEY: must be 43 characters of A-Z a-z 0-9 + /'],
    [
      'linked corps',
      { WECOM_LINKED_CORPS: '{}' },
      'WECOM_LINKED_CORPS: must be JSON: [{"corpId":"ww…","agentId":1000002,"secret":"…"}, …]',
    ],
    ['production sandbox', { NODE_ENV: 'production', SANDBOX_URL: 'http://x', SUIBAN_SECRET_KEY: key }, 'SANDBOX_URL: must not be set'],
    ['production key', { NODE_ENV: 'production' }, 'SUIBAN_SECRET_KEY: required with NODE_ENV=production'],
    ['lone worker', { SUIBAN_ROLE: 'worker', REDIS_URL: 'redis://x' }, 'DATABASE_URL: required with SUIBAN_ROLE=worker'],
    ['lone web', { SUIBAN_ROLE: 'web', DATABASE_URL: 'postgres://x/y' }, 'REDIS_URL: required with SUIBAN_ROLE=web'],
    ['heartbeat', { DISPATCH_LEASE_SEC: '2', DISPATCH_HEARTBEAT_SEC: '2' }, 'DISPATCH_HEARTBEAT_SEC: must be at most half'],
  ])('refuses %s, naming variable and rule', (_, source, line) => {
    expect(problemsOf(source).some((problem) => problem.startsWith(line))).toBe(true);
  });

  it('has a group robot only where a key names one, and keeps the key secret', () => {
    const aes = 'a'.repeat(43);
    const account = { WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '7', WECOM_SECRET: 's', WECOM_TOKEN: 't', WECOM_ENCODING_AES_KEY: aes };
    const robotKeyOf = (more: EnvSource) => loadConfig({ SUIBAN_SECRET_KEY: key, ...account, ...more }).accounts.wecom.robotKey;
    expect(robotKeyOf({})).toBeNull();
    expect(robotKeyOf({ WECOM_ROBOT_KEY: 'robot' })).toBe('robot');
    expect(secretNames).toContain('WECOM_ROBOT_KEY');
  });

  it('for Alipay, an account with certificates takes the place of the public key, all three or none', () => {
    const pem = '-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----';
    const account = { ALIPAY_APP_ID: '2021', ALIPAY_APP_PRIVATE_KEY: 'A'.repeat(200), ALIPAY_SELLER_ID: '2088' };
    const certificates = { ALIPAY_APP_CERT: pem, ALIPAY_CERT: pem, ALIPAY_ROOT_CERT: pem };
    const { platforms, accounts } = loadConfig({ DATA_DIR: freshDir(), ...account, ...certificates });
    expect(platforms.alipay).toBe('account');
    expect(accounts.alipay.certificates?.root).toBe(pem.replaceAll('\\n', '\n'));
    expect(problemsOf({ ...account, ALIPAY_CERT: pem }).join()).toMatch(/ALIPAY_APP_CERT: required.*ALIPAY_ROOT_CERT: required/);
    expect(problemsOf(account).join()).toMatch(/^ALIPAY_PUBLIC_KEY: required/);
  });

  it('reports every problem at once, writes nothing and repeats no secret', () => {
    const dataDir = path.join(freshDir(), 'absent');
    const problems = problemsOf({ DATA_DIR: dataDir, PORT: 'x', SUIBAN_SECRET_KEY: 'hush-hush', LOG_LEVEL: 'loud' });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PORT', 'LOG_LEVEL', 'SUIBAN_SECRET_KEY']);
    expect(problems.join()).not.toContain('hush-hush');
    expect(existsSync(dataDir)).toBe(false);
  });

  it('documents every variable', () => {
    const undocumented = Object.entries(envSchema.shape).filter(([, schema]) => !schema.description);
    expect(undocumented.map(([name]) => name)).toEqual([]);
    for (const name of Object.keys(envSchema.shape).filter((entry) => /KEY|SECRET|TOKEN/.test(entry))) {
      expect(secretNames).toContain(name);
    }
  });

  it('is repeated word for word in the operations manual', () => {
    const manual = readFileSync(path.join(packageDir, 'docs', 'operations.md'), 'utf8');
    const missing = Object.entries(envSchema.shape).filter(
      ([name, schema]) =>
        !new RegExp(`^\\| \`${name}\`.*\\| `, 'm').test(manual) || !manual.includes(schema.description?.replaceAll('|', '\\|') ?? ''),
    );
    expect(missing.map(([name]) => name)).toEqual([]);
  });
});
