import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLogger, scrub } from './create-logger';
import { withLogContext } from './request-context';

function recorder() {
  const lines: string[] = [];
  const log = createLogger({ level: 'debug', destination: { write: (line) => lines.push(line) } });
  return { log, lines, all: () => lines.join('') };
}

describe('createLogger', () => {
  it.each(['authorization', 'cookie', 'password', 'code', 'mobile', 'openid', 'token', 'secret', 'name'])(
    'hides %s at every depth',
    (key) => {
      const { log, all } = recorder();
      log.info({ [key]: 'canary', a: { [key]: 'canary', b: { [key]: 'canary', c: { [key]: 'canary', d: { [key]: 'canary' } } } } }, 'x');
      expect(all()).not.toContain('canary');
      expect(all()).toContain('[hidden]');
    },
  );

  it('carries the request id into lines written deep inside, and adds nested ids', async () => {
    const { log, lines } = recorder();
    await withLogContext({ request_id: 'r1' }, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      withLogContext({ operation: 'listCampaigns' }, () => log.info('deep'));
    });
    log.info('outside');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ request_id: 'r1', operation: 'listCampaigns', msg: 'deep' });
    expect(JSON.parse(lines[1] ?? '')).not.toHaveProperty('request_id');
  });

  it('writes of an error its type, message, stack and code, not the row a driver attached', () => {
    const { log, lines, all } = recorder();
    const error = Object.assign(new Error('duplicate key, 13812345678'), {
      code: '23505',
      detail: 'Key (mobile)=(canary)',
      parameters: ['canary'],
    });
    log.error({ err: error }, 'failed');
    expect(all()).not.toContain('canary');
    expect(JSON.parse(lines[0] ?? '').err).toMatchObject({ type: 'Error', sqlOrSystemCode: '23505', message: 'duplicate key, [mobile]' });
  });

  it('keeps the cause of an error, scrubbed', () => {
    const { log, lines } = recorder();
    log.error({ err: new Error('outer', { cause: new Error('GET /cgi-bin/token?secret=canary') }) }, 'failed');
    expect(JSON.parse(lines[0] ?? '').err.cause.message).toBe('GET /cgi-bin/token?secret=[hidden]');
  });
});

describe('scrub', () => {
  it.each([
    ['to 13812345678 failed', 'to [mobile] failed'],
    ['id 11010519491231002X.', 'id [id-number].'],
    ['user oABCDEFGHIJKLMNOPQRSTUVWXYZ0 left', 'user [openid] left'],
    ['/x?access_token=abc&page=2', '/x?access_token=[hidden]&page=2'],
    ['Authorization: Bearer ab.cd', 'Authorization: Bearer [hidden]'],
    ['campaign 13812345678901 of 2026', 'campaign 13812345678901 of 2026'],
  ])('%s → %s', (text, expected) => expect(scrub(text)).toBe(expected));

  it('leaves no mobile number in any text', () => {
    const mobile = fc.tuple(fc.constantFrom('3', '5', '8', '9'), fc.stringMatching(/^\d{9}$/)).map(([second, rest]) => `1${second}${rest}`);
    fc.assert(
      fc.property(mobile, fc.constantFrom(' ', '，', '"', ':', '/'), (number, edge) => !scrub(`${edge}${number}${edge}`).includes(number)),
    );
  });
});
