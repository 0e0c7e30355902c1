import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readBridgeRequest } from '../emulators/phone/bridge';
import { startEmulators } from '../emulators/start-emulators';

let running: Awaited<ReturnType<typeof startEmulators>>;
beforeAll(async () => {
  running = await startEmulators({ port: 0 });
});
afterAll(() => running.close());

describe('the phone page', () => {
  it('allows scripts of its own files only and loads everything relatively, so that a proxy may mount it', async () => {
    const response = await fetch(`${running.url}/phone/`);
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|(?:src|href)="\//);
    for (const [, reference] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const part = await fetch(new URL(String(reference), `${running.url}/phone/`));
      expect([reference, part.status, (await part.text()).length > 100]).toEqual([reference, 200, true]);
    }
    const script = await (await fetch(`${running.url}/phone/app.js`)).text();
    expect(script).not.toMatch(/\beval\(|new Function\(/);
  });

  it('has the whole API beside it', async () => {
    for (const path of ['observe/totals', 'observe/messages', 'observe/requests', 'script', 'personas']) {
      expect([path, (await fetch(`${running.url}/phone/api/${path}`)).status]).toEqual([path, 200]);
    }
  });

  it('sends who left out the slash to the right folder, also behind a proxy', async () => {
    const location = async (headers: Record<string, string>) =>
      (await fetch(`${running.url}/phone`, { redirect: 'manual', headers })).headers.get('location');
    expect(await location({})).toBe('/phone/');
    expect(await location({ 'x-forwarded-prefix': '/sandbox' })).toBe('/sandbox/');
    expect(await location({ 'x-forwarded-prefix': '//evil.example' })).toBe('/phone/');
  });
});

describe('the bridge', () => {
  it('reads its own requests and nothing else', () => {
    expect(readBridgeRequest({ suiban: 'phone', id: '1', method: 'login' })).toMatchObject({ method: 'login' });
    for (const other of [null, 'login', {}, { suiban: 'phone', id: 1, method: 'login' }, { suiban: 'phone', id: '1', method: 'format' }])
      expect(readBridgeRequest(other)).toBeNull();
  });
});
