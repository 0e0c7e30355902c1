import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { eventText } from './calls/events';
import { attachment } from './calls/write-answer';
import { clientAddress } from './client-address';
import { parseJson } from './input/parse-json';
import { readQuery } from './input/read-query';
import { unsafeParts } from './input/unsafe-text';
import { validate } from './input/validate';
import { limits, sizeWords } from './limits';
import { collectPermissions } from './permissions';
import { createRateLimits } from './rate';

const requestFrom = (remoteAddress: string, forwarded?: string): IncomingMessage => {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
};

describe('clientAddress', () => {
  it.each([
    [0, '6.6.6.6', '10.0.0.1'],
    [1, '6.6.6.6, 7.7.7.7', '7.7.7.7'],
    [2, '6.6.6.6, 7.7.7.7, 10.0.0.9', '7.7.7.7'],
    [3, '7.7.7.7', '7.7.7.7'],
    [1, undefined, '10.0.0.1'],
  ])('%i proxies, %s → %s', (trusted, forwarded, expected) =>
    expect(clientAddress(requestFrom('10.0.0.1', forwarded), trusted)).toBe(expected),
  );
});

describe('validate', () => {
  const schema = z.strictObject({
    name: z.string().min(1).max(3).optional(),
    code: z.string().regex(/^\d+$/, '只能是数字').optional(),
    kind: z.enum(['a', 'b']).optional(),
    count: z.number().int().min(1).max(9).multipleOf(1).optional(),
    on: z.iso.date().optional(),
    at: z.iso.datetime({ offset: true }).optional(),
    tags: z.array(z.string()).min(1).max(2).optional(),
    is: z.boolean().optional(),
    choice: z.union([z.strictObject({ a: z.string() }), z.number()]).optional(),
    deep: z.strictObject({ 'a/b': z.number() }).optional(),
  });
  it.each([
    [{ name: '' }, '/body/name', '请填写'],
    [{ name: '四个字呢' }, '/body/name', '最多 3 个字'],
    [{ name: 1 }, '/body/name', '应为文字'],
    [{ code: 'x' }, '/body/code', '只能是数字'],
    [{ kind: 'c' }, '/body/kind', '只能是：a、b'],
    [{ count: 0 }, '/body/count', '不能小于 1'],
    [{ count: 10 }, '/body/count', '不能大于 9'],
    [{ on: '2026-02-30' }, '/body/on', '应为日期，如 2026-01-31'],
    [{ at: '2026-01-01T00:00:00' }, '/body/at', '应为带时区的时间，如 2026-01-31T09:30:00+08:00'],
    [{ tags: [] }, '/body/tags', '至少 1 项'],
    [{ tags: ['a', 'b', 'c'] }, '/body/tags', '最多 2 项'],
    [{ is: 'yes' }, '/body/is', '应为是或否'],
    [{ deep: { 'a/b': 'x' } }, '/body/deep/a~1b', '应为数字'],
    [{ deep: {} }, '/body/deep/a~1b', '请填写'],
  ])('%j → %s %s', (value, pointer, detail) => expect(validate(schema, value, 'body')).toEqual({ errors: [{ pointer, detail }] }));

  it('speaks Chinese whatever is broken', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(schema.shape), 'other'), fc.jsonValue()), (value) => {
        const result = validate(schema, value, 'body');
        return (
          !('errors' in result) ||
          result.errors.every(({ detail }) => /\p{Script=Han}/u.test(detail) && !/[a-z]{4,}/i.test(detail.replace(/：.*/, '')))
        );
      }),
    );
  });
});

describe('untrusted input', () => {
  it('finds NUL, lone surrogates and __proto__ anywhere in a tree, and nothing in ordinary text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('\0', '\ud800', '\udc00x'), (value, bad) => {
        const text = JSON.stringify(value);
        return (
          unsafeParts([value, { deep: [`a${bad}`] }], []).length >= 1 &&
          (text.includes('__proto__') || unsafeParts(JSON.parse(text.replaceAll(/\\u0000|\\ud[89a-f]../g, '')), []).length === 0)
        );
      }),
    );
    expect(unsafeParts(JSON.parse('{"a":{"__proto__":1}}'), ['body'])).toEqual([{ pointer: '/body/a/__proto__', detail: '不接受这一项' }]);
    expect(unsafeParts('😀 ok', [])).toEqual([]);
  });

  it('parses what JSON.parse parses, up to the depth', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), (value) =>
        expect(parseJson(Buffer.from(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
    const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth));
    expect(() => parseJson(nested(limits.jsonDepth))).not.toThrow();
    expect(() => parseJson(nested(limits.jsonDepth + 1))).toThrow('内容嵌套超过 64 层');
    expect(() => parseJson(Buffer.from(`"${'['.repeat(1000)}\\"${'{'.repeat(1000)}"`))).not.toThrow();
  });

  it('costs little for a megabyte of brackets', () => {
    const started = process.cpuUsage();
    expect(() => parseJson(Buffer.alloc(1024 * 1024, '['))).toThrow();
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(50);
  });

  it('reads a query as URLSearchParams does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })), { maxLength: 20 }),
        (pairs) => {
          const params = new URLSearchParams(pairs);
          for (const name of new Set(params.keys())) expect([readQuery(params.toString(), true)[name]].flat()).toEqual(params.getAll(name));
        },
      ),
    );
    expect(readQuery('?a=b+c', false).a).toBe('b+c');
    expect(() => readQuery(Array.from({ length: 101 }, (_, at) => `a${at}=1`).join('&'), true)).toThrow('超过 100 个');
  });
});

describe('headers', () => {
  it('never lets a file name break out of its header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) =>
        /^attachment; filename="[\x20-\x21\x23-\x7e]*"; filename\*=UTF-8''[\w.~!-]*(?:[\w.~!&+$^`|{}#-]|%[0-9A-F]{2})*$/.test(
          attachment(name),
        ),
      ),
    );
  });

  it('keeps an event in its own lines', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.string(), (event, data, id) => eventText({ event, data, id }).split('\n').length === 5),
    );
  });
});

describe('collectPermissions', () => {
  const permissions = collectPermissions([
    { name: 'things', permissions: { launch: ['signatory'], own: [] } },
    { name: 'work-orders', permissions: { 'work-orders.close': ['handler'] } },
  ]);
  const official = { kind: 'official', id: '1', name: 'x', roles: ['signatory'], bureauId: 'b', districtCodes: [] } as const;
  const person = { kind: 'person', id: '1', enterpriseIds: [] } as const;
  it.each([
    [official, 'things.launch', true],
    [official, 'work-orders.close', false],
    [official, 'things.own', false],
    [official, 'things.unknown', false],
    [person, 'things.own', true],
    [person, 'things.launch', false],
    [person, 'things.unknown', false],
    [{ kind: 'anonymous' } as const, 'things.own', false],
    [{ kind: 'anonymous' } as const, 'public', true],
  ])('%j %s %s', (actor, permission, expected) => expect(permissions.allows(actor, permission)).toBe(expected));
});

describe('createRateLimits', () => {
  const anonymous = { kind: 'anonymous' } as const;
  it('counts people apart from each other and from their address', async () => {
    const rates = createRateLimits({ factor: 1 });
    for (let count = 0; count < 60; count += 1) await rates.consume('sign-in', anonymous, '1.1.1.1');
    await expect(rates.consume('sign-in', anonymous, '1.1.1.1')).rejects.toMatchObject({ type: 'kernel:too-many-requests' });
    await rates.consume('sign-in', anonymous, '2.2.2.2');
    await rates.consume('sign-in', { kind: 'person', id: 'p', enterpriseIds: [] }, '1.1.1.1');
  });

  it('goes on by itself when Redis does not answer, and still limits', async () => {
    const redis = { isReady: true, sendCommand: () => Promise.reject(new Error('away')), eval: () => Promise.reject(new Error('away')) };
    const rates = createRateLimits({ factor: 1, redis });
    for (let count = 0; count < 60; count += 1) await rates.consume('sign-in', anonymous, '1.1.1.1');
    await expect(rates.consume('sign-in', anonymous, '1.1.1.1')).rejects.toMatchObject({ type: 'kernel:too-many-requests' });
  });
});

describe('sizeWords', () => {
  it.each([
    [500, '1 KB'],
    [64 * 1024, '64 KB'],
    [limits.uploadBytes, '100 MB'],
  ])('%i → %s', (bytes, words) => expect(sizeWords(bytes)).toBe(words));
});
