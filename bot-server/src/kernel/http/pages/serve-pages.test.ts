import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { startTestServer, type TestServer } from '../test-server';
import { hashesOf } from './script-hashes';

const root = mkdtempSync(path.join(tmpdir(), 'suiban-pages-'));
const consoleDir = path.join(root, 'console');
const h5Dir = path.join(root, 'h5');
for (const dir of [path.join(consoleDir, 'assets'), h5Dir]) mkdirSync(dir, { recursive: true });
writeFileSync(path.join(root, 'secret.txt'), 'canary');
writeFileSync(path.join(consoleDir, '.env'), 'canary');
writeFileSync(path.join(consoleDir, 'index.html'), '<!doctype html><title>console</title>');
writeFileSync(path.join(consoleDir, 'assets/index-B3kd9fQz.js'), 'x'.repeat(5000));
writeFileSync(path.join(consoleDir, 'favicon.svg'), '<svg/>');
writeFileSync(path.join(h5Dir, 'index.html'), '<script>start(1)</script><script src="/m/app.js"></script>');

let server: TestServer;
let bare: TestServer;
beforeAll(async () => {
  server = await startTestServer([], { config: { consoleDir, h5Dir } });
  bare = await startTestServer([]);
});
afterAll(() => Promise.all([server.close(), bare.close()]));

const get = (at: string, headers: Record<string, string> = {}) => fetch(`${server.url}${at}`, { headers, redirect: 'manual' });

describe('pages', () => {
  it('leads / to the console and /console to its folder', async () => {
    expect((await get('/')).headers.get('location')).toBe('/console/');
    expect((await get('/console?x=1')).headers.get('location')).toBe('/console/?x=1');
  });

  it('answers every path of the app with its page, never cached', async () => {
    for (const at of ['/console/', '/console/campaigns/7', '/console/a.b/c']) {
      const response = await get(at);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await response.text()).toContain('<title>console</title>');
    }
  });

  it('keeps hashed files for ever, compressed as the browser likes', async () => {
    const brotli = await get('/console/assets/index-B3kd9fQz.js', { 'accept-encoding': 'gzip, br' });
    expect(brotli.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(brotli.headers.get('content-encoding')).toBe('br');
    expect(await brotli.text()).toHaveLength(5000);
    const plain = await get('/console/favicon.svg');
    expect([plain.headers.get('cache-control'), plain.headers.get('content-type')]).toEqual(['no-cache', 'image/svg+xml']);
    // NOTE: fetch adds `Cache-Control: no-cache` to a conditional request; browsers do not.
    const again = await request(`${server.url}/console/favicon.svg`, { headers: { 'if-none-match': plain.headers.get('etag') ?? '' } });
    expect(again.statusCode).toBe(304);
    await again.body.dump();
  });

  it.each([
    '/console/../secret.txt',
    '/console/%2e%2e/secret.txt',
    '/console/..%2fsecret.txt',
    '/console/.env',
    '/console/%00',
    '/console/..%5csecret.txt',
  ])('gives nothing away at %s', async (at) => expect(await (await get(at)).text()).not.toContain('canary'));

  it('answers 404 for a script that is not there', async () => {
    expect((await get('/console/assets/old-12345678.js')).status).toBe(404);
  });

  it('has a script policy without unsafe-inline: the hash of the start page instead', async () => {
    const policyOf = async (at: string) => (await get(at)).headers.get('content-security-policy') ?? '';
    const h5 = await policyOf('/m/');
    expect(h5).toContain(`script-src 'self' ${hashesOf('<script>start(1)</script>')};`);
    expect(h5).toContain("frame-ancestors 'self'");
    const consolePolicy = await policyOf('/console/');
    expect(consolePolicy).toContain("script-src 'self';");
    expect(consolePolicy).toContain("frame-ancestors 'none'");
    for (const policy of [h5, consolePolicy]) expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(await policyOf('/nothing')).toContain("default-src 'none'");
  });

  it('says what to run when nothing is built', async () => {
    const response = await fetch(`${bare.url}/console/`);
    expect([response.status, await response.text()]).toEqual([503, '管理控制台还没有构建，请先运行 npm run build。']);
  });
});

describe('hashesOf', () => {
  it('finds inline scripts only', () => {
    const html = '<script>a</script><script type="module" crossorigin src="x.js"></script><script data-src="1">b</script>';
    expect(hashesOf(html).split(' ')).toHaveLength(2);
    expect(hashesOf('<script>alert(1)</script>')).toBe("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
  });
});
