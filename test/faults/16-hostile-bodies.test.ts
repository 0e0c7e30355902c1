import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Program } from '../../scripts/support/processes';
import { nowSec } from '../conformance/push-promises';
import type { BuiltPush } from '../emulators/push/built-push';
import { pushSources, sendPush } from '../support/callback-stage';
import { temporaryFolder } from '../support/process';
import { type ServerStage, serverStage } from '../support/server-stage';

const repeats = 8;
const cpuMsEach = 50;
const growthBytes = 20 * 1024 * 1024;
const ticksPerSec = 100;

let stage: ServerStage;
let server: Program;
let web: Server;
let hits = 0;
const file = path.join(temporaryFolder('xxe'), 'canary.txt');
beforeAll(async () => {
  writeFileSync(file, 'canary-of-a-file');
  web = createServer((_request, response) => {
    hits += 1;
    response.end('canary-of-a-network');
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  stage = await serverStage('hostile-bodies');
  server = await stage.start();
  // The first of everything costs once: parsers, routes, connections.
  for (const source of pushSources) await sendPush(stage.url, source.build(nowSec(), 'valid'));
  for (const [name] of documents()) for (const push of envelopes(name, 1)) await sendPush(stage.url, push);
}, 120_000);
afterAll(async () => {
  await stage.close();
  await new Promise((resolve) => web.close(resolve));
});

const deep = 10_000;
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

/** What a parser must not be led to: into files, networks, or exponential work. */
function documents(): readonly (readonly [name: string, text: string])[] {
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/dtd`;
  const inside =
    '<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1790000000</CreateTime><MsgType>text</MsgType><MsgId>1</MsgId><Content>&x;</Content></xml>';
  return [
    ['an entity that is a file', `<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY x SYSTEM "file://${file}">]>${inside}`],
    ['an entity that is an address', `<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY x SYSTEM "${url}">]>${inside}`],
    ['a DTD elsewhere', `<!DOCTYPE xml SYSTEM "${url}">${inside}`],
    ['a parameter entity', `<!DOCTYPE xml [<!ENTITY % p SYSTEM "${url}"> %p;]>${inside}`],
    ['a DOCTYPE alone, in small letters', `<!doctype xml>${inside}`],
    ['an entity outside a DOCTYPE', `<!ENTITY x "y">${inside}`],
    ['a billion laughs', `<!DOCTYPE xml [<!ENTITY l0 "lol">${laughs}<!ENTITY x "&l9;">]>${inside}`],
    [
      'one long entity many times',
      `<!DOCTYPE xml [<!ENTITY x "${'a'.repeat(50_000)}">]><xml><Content>${'&x;'.repeat(20_000)}</Content></xml>`,
    ],
    ['a good message with XML 30 deep', inside.replace('&x;', 'a').replace('</xml>', `${'<a>'.repeat(30)}${'</a>'.repeat(30)}</xml>`)],
    ['XML 10,000 deep', `<xml>${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}</xml>`],
    ['XML 10,000 deep, never closed', `<xml>${'<a>'.repeat(deep)}`],
    ['JSON lists 10,000 deep', `{"a":${'['.repeat(deep)}${']'.repeat(deep)}}`],
    ['JSON objects 10,000 deep', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
    ['JSON that is cut off', `{"a":${'['.repeat(deep)}`],
  ];
}
const textOf = (name: string): string => documents().find(([one]) => one === name)?.[1] ?? '';

/** The document as a platform would have signed it, in each source that parses what it signed. */
function envelopes(name: string, count: number): BuiltPush[] {
  return Array.from({ length: count }, () => pushSources.flatMap(({ wrap }) => wrap?.(textOf(name), nowSec()) ?? [])).flat();
}

/** Of the server alone, so that what the test itself does costs nothing. Linux, as CI is. */
const cpuMs = (): number => {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSec;
};
const residentBytes = (): number => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) * 1024;

const names = [
  'an entity that is a file',
  'an entity that is an address',
  'a DTD elsewhere',
  'a parameter entity',
  'a DOCTYPE alone, in small letters',
  'an entity outside a DOCTYPE',
  'a billion laughs',
  'one long entity many times',
  'a good message with XML 30 deep',
  'XML 10,000 deep',
  'XML 10,000 deep, never closed',
  'JSON lists 10,000 deep',
  'JSON objects 10,000 deep',
  'JSON that is cut off',
];

describe('bodies made to hurt', () => {
  it('are all tried here', () => expect(documents().map(([name]) => name)).toEqual(names));

  it.each(names)('%s, well signed: 400, cheaply', async (name) => {
    const pushes = envelopes(name, repeats);
    expect(pushes.length).toBeGreaterThanOrEqual(3 * repeats);
    const before = cpuMs();
    for (const push of pushes) {
      const answered = await sendPush(stage.url, push);
      expect([push.path.split('?')[0], answered.status]).toEqual([push.path.split('?')[0], 400]);
      expect(answered.text).not.toContain('canary');
    }
    expect((cpuMs() - before) / pushes.length).toBeLessThanOrEqual(cpuMsEach);
  });

  it.each(names)('%s, with no signature at all: refused, nothing told', async (name) => {
    for (const { source, build } of pushSources) {
      const push = { ...build(nowSec(), 'unsigned'), body: textOf(name) };
      const answered = await sendPush(stage.url, push);
      expect([source, [400, 401].includes(answered.status)]).toEqual([source, true]);
      expect(answered.text).not.toContain('canary');
    }
  });

  it('a DTD around a good envelope: 400', async () => {
    for (const source of pushSources) {
      const push = source.build(nowSec(), 'valid');
      if (!push.body.startsWith('<')) continue;
      const answered = await sendPush(stage.url, { ...push, body: `<!DOCTYPE xml SYSTEM "file://${file}">${push.body}` });
      expect([source.source, answered.status]).toEqual([source.source, 400]);
    }
  });

  it.each([
    ['/api/sessions', 'JSON lists 10,000 deep'],
    ['/api/sessions', 'JSON objects 10,000 deep'],
    ['/api/m/sessions/phone', 'JSON lists 10,000 deep'],
    ['/api/m/sessions/phone', 'JSON objects 10,000 deep'],
  ])('%s with %s: 400, cheaply', async (place, name) => {
    const ask = () =>
      sendPush(stage.url, {
        method: 'POST',
        path: place,
        headers: { 'content-type': 'application/json', 'x-suiban-csrf': '1', origin: stage.url },
        body: textOf(name),
      });
    expect((await ask()).status).toBe(400);
    const before = cpuMs();
    for (let count = 0; count < repeats; count += 1) expect((await ask()).status).toBe(400);
    expect((cpuMs() - before) / repeats).toBeLessThanOrEqual(cpuMsEach);
  });

  it('thirty of each leave the memory as it was, and no file or network was read', async () => {
    const longAgo = new Date(Date.UTC(2020, 0, 1));
    utimesSync(file, longAgo, new Date(Date.UTC(2024, 0, 1)));
    const thirtyOfEach = async () => {
      for (const name of names) for (const push of envelopes(name, 30)) await sendPush(stage.url, push);
    };
    // The heap finds its size in a first round of the same.
    await thirtyOfEach();
    const before = residentBytes();
    await thirtyOfEach();
    const grown = residentBytes() - before;
    process.stdout.write(`16 ${JSON.stringify({ grownKiB: Math.round(grown / 1024), sources: pushSources.length, hits })}\n`);
    expect(grown).toBeLessThan(growthBytes);
    expect(hits).toBe(0);
    // An access time older than the change is renewed by any read, on every mount but noatime.
    expect(statSync(file).atimeMs).toBe(longAgo.getTime());
  }, 120_000);
});
