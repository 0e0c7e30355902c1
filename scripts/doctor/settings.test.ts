import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../bot-server/src/config/config';
import { checkNode } from './machine';
import { checkCallbacks, checkCity, checkPlatforms, checkPublicUrl, readSettings } from './settings';

const aesKey = 'c3VpYmFuLXNhbmRib3gtd2Vjb20tY2FsbGJhY2sta2U';
const wecom = { WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1000002', WECOM_SECRET: 's', WECOM_TOKEN: 'token1', WECOM_ENCODING_AES_KEY: aesKey };
const production = { NODE_ENV: 'production', SUIBAN_SECRET_KEY: 'x'.repeat(40) };

function configOf(source: Record<string, string>): Config {
  const { config, findings } = readSettings(source);
  if (!config) throw new Error(JSON.stringify(findings));
  return config;
}

describe('the doctor on settings', () => {
  it('names each variable that is wrong or missing', () => {
    const { config, findings } = readSettings({ PORT: 'abc', WECOM_CORP_ID: 'ww1' });
    expect(config).toBeUndefined();
    expect(findings.map(({ name }) => name)).toContain('PORT');
    const { findings: missing } = readSettings({ WECOM_CORP_ID: 'ww1' });
    expect(missing.map(({ name }) => name)).toEqual(['WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY']);
    expect(missing.every(({ level }) => level === 'fail')).toBe(true);
  });

  it('asks for the secret key in production, and not on a laptop', () => {
    expect(readSettings({ NODE_ENV: 'production' }).findings[0]?.name).toBe('SUIBAN_SECRET_KEY');
    expect(readSettings({}).findings[0]?.level).toBe('ok');
  });

  it.each([
    [{ PUBLIC_BASE_URL: 'http://suiban.example' }, 'fail'],
    [{ PUBLIC_BASE_URL: 'https://localhost' }, 'fail'],
    [{ PUBLIC_BASE_URL: 'https://suiban.example' }, 'ok'],
  ])('wants an address that phones can open: %j is %s', (given, level) => {
    expect(checkPublicUrl(configOf({ ...production, ...given })).level).toBe(level);
  });

  it('warns of real platforms that cannot reach a laptop', () => {
    expect(checkPublicUrl(configOf(wecom)).level).toBe('warn');
    expect(checkPublicUrl(configOf({ SANDBOX_URL: 'http://127.0.0.1:3010' })).level).toBe('ok');
  });

  it('says which platforms are off', () => {
    const [first, ...others] = checkPlatforms(configOf(wecom)).map(({ level }) => level);
    expect([first, new Set(others)]).toEqual(['ok', new Set(['warn'])]);
    expect(others).toHaveLength(6);
  });

  it('looks at the shape of callback tokens of accounts only', () => {
    expect(checkCallbacks(configOf(wecom)).map(({ level }) => level)).toEqual(['ok']);
    expect(checkCallbacks(configOf({ ...wecom, WECOM_TOKEN: 'has-dash' })).map(({ level }) => level)).toEqual(['fail']);
    const official = { WECHAT_OFFICIAL_APP_ID: 'wx1', WECHAT_OFFICIAL_SECRET: 's', WECHAT_OFFICIAL_TOKEN: 'no_underscores' };
    const withKey = { ...official, WECHAT_OFFICIAL_ENCODING_AES_KEY: 'a'.repeat(43) };
    expect(checkCallbacks(configOf(withKey)).map(({ level }) => level)).toEqual(['fail']);
    expect(checkCallbacks(configOf({ SANDBOX_URL: 'http://127.0.0.1:3010' }))).toEqual([]);
  });

  it('knows the city profiles and the least Node', () => {
    expect(checkCity(configOf({ SUIBAN_CITY: 'yunzhu' })).level).toBe('ok');
    expect(checkCity(configOf({ SUIBAN_CITY: 'atlantis' })).level).toBe('fail');
    expect(['18.20.0', '20.18.1', '20.19.0', '24.1.0'].map((version) => checkNode(version).level)).toEqual(['fail', 'fail', 'ok', 'ok']);
  });
});
