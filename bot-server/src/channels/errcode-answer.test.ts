import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccessTokens } from './access-tokens';
import { codeOf, demanded, failuresOf, tokenIn, underToken } from './errcode-answer';
import { explainFrom, type PlatformAnswer } from './platform-answer';
import { PlatformError } from './platform-error';

const of = {
  platform: 'x',
  explain: explainFrom({
    '40001': ['auth', '凭证', '', '', ''],
    '45009': ['quota', '额度', '', '', ''],
    '43004': ['permanent', '关注', '', '', ''],
    '-1': ['transient', '繁忙', '', '', ''],
    '999': ['unknown', '不明', '', '', ''],
  }),
};
const ok = (body: Record<string, unknown>, status = 200): PlatformAnswer => ({ kind: 'answer', status, body });
const key = { platform: 'x', account: 'a', name: 'n' };
const tokensOf = (get: () => string, renew = () => 'second'): AccessTokens => ({ get: async () => get(), renew: async () => renew() });
const obtainNew = () => Promise.reject(new Error('not asked'));
const recipients = [1, 2, 3].map(
  (n) => ({ ref: String(n), address: { type: 'openid', account: 'a', openid: `o${n}` }, link: '' }) as const,
);

describe('a call under a token', () => {
  const asked: string[] = [];
  const answers = (list: readonly PlatformAnswer[]) => {
    asked.length = 0;
    return async (token: string) => {
      asked.push(token);
      return list[asked.length - 1] ?? ok({});
    };
  };

  it.each([40001, 40014, 42001])('is tried once more with a new token after %d, and not a third time', async (errcode) => {
    const dead = ok({ errcode });
    expect(
      await underToken(
        tokensOf(() => 'first'),
        key,
        obtainNew,
        answers([dead, dead, ok({})]),
      ),
    ).toBe(dead);
    expect(asked).toEqual(['first', 'second']);
  });

  it('is made once when anything else comes back', async () => {
    const refused = ok({ errcode: 45009 });
    expect(
      await underToken(
        tokensOf(() => 'first'),
        key,
        obtainNew,
        answers([refused]),
      ),
    ).toBe(refused);
    expect(asked).toEqual(['first']);
  });

  it('was not made when there is no token: for now, or until somebody mends it', async () => {
    const fails = (error: Error) =>
      tokensOf(() => {
        throw error;
      });
    const call = (error: Error) => underToken(fails(error), key, obtainNew, answers([]));
    expect(await call(new PlatformError('x', '-1', 'transient'))).toEqual({ kind: 'not-sent', code: 'no-connection' });
    expect(await call(new PlatformError('x', '40164', 'auth'))).toEqual(ok({ errcode: '40164' }));
    await expect(call(new TypeError('a bug'))).rejects.toThrow('a bug');
    expect(asked).toEqual([]);
  });
});

describe('what an answer means', () => {
  it('a token comes with its life, or with the reason why not', () => {
    expect(tokenIn(of, ok({ access_token: 't', expires_in: 7200 }))).toEqual({ token: 't', expiresInSec: 7200 });
    const reason = (answer: PlatformAnswer) => {
      try {
        return tokenIn(of, answer);
      } catch (error) {
        return error;
      }
    };
    expect(reason(ok({ errcode: 43004 }))).toMatchObject({ errorClass: 'auth', code: '43004' });
    expect(reason(ok({ errcode: 45009 }))).toMatchObject({ errorClass: 'transient' });
    expect(reason(ok({}))).toMatchObject({ errorClass: 'transient', code: 'no-token' });
    expect(reason({ kind: 'unclear', code: 'timeout' })).toMatchObject({ errorClass: 'transient', code: 'timeout' });
  });

  it('success has no errcode or 0; what the platform may have done is unknown', () => {
    expect([codeOf({}), codeOf({ errcode: 0 }), codeOf({ errcode: '0' }), codeOf({ errcode: -1 })]).toEqual(['0', '0', '0', '-1']);
    expect(demanded(of, ok({ msgid: 'm' }))).toEqual({ msgid: 'm' });
    expect(() => demanded(of, { kind: 'unclear', code: 'timeout' })).toThrow(expect.objectContaining({ errorClass: 'unknown' }));
    expect(() => demanded(of, { kind: 'not-sent', code: 'no-connection' })).toThrow(expect.objectContaining({ errorClass: 'transient' }));
    expect(() => demanded(of, ok({}, 429))).toThrow(expect.objectContaining({ errorClass: 'quota', code: 'http-429' }));
    expect(() => demanded(of, ok({ errcode: 43004 }))).toThrow(expect.objectContaining({ errorClass: 'permanent' }));
  });

  it('a failed send has one result per recipient, in order, and is never taken for a success', () => {
    const answer = fc.oneof(
      fc.record({ kind: fc.constant('not-sent' as const), code: fc.constant('no-connection') }),
      fc.record({ kind: fc.constant('unclear' as const), code: fc.constant('timeout') }),
      fc.record({
        kind: fc.constant('answer' as const),
        status: fc.constantFrom(200, 401, 403, 429),
        body: fc.record({ errcode: fc.constantFrom(0, -1, 40001, 43004, 45009, 999, 123_456) }),
      }),
    );
    fc.assert(
      fc.property(answer, (given) => {
        const results = failuresOf(of, recipients, given);
        const isSuccess = given.kind === 'answer' && given.status === 200 && given.body.errcode === 0;
        expect(results === undefined).toBe(isSuccess);
        if (!results) return;
        expect(results.map(({ ref }) => ref)).toEqual(['1', '2', '3']);
        expect(results.every(({ outcome }) => outcome !== 'accepted')).toBe(true);
        if (given.kind === 'unclear') expect(results.every(({ outcome }) => outcome === 'unknown')).toBe(true);
      }),
    );
  });
});
