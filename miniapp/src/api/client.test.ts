import { beforeEach, describe, expect, it, jest } from '@jest/globals';

type Options = { url: string; method: string; header: Record<string, string>; data?: string };
let asked: Options[] = [];
let reply: () => unknown = () => ({ statusCode: 200, data: {} });
jest.unstable_mockModule('@tarojs/taro', () => ({
  default: {
    request: async (options: Options) => {
      asked.push(options);
      return reply();
    },
  },
}));
const { ApiProblem, asProblem, send } = await import('./client');

beforeEach(() => {
  asked = [];
});
const problem = { type: 'urn:problem:surveys:closed', title: '本次问卷已经截止', status: 409, detail: '本次问卷已于 11月27日 截止' };
const failing = () =>
  send({ method: 'GET', path: '/api/m/me' }).then(
    () => undefined,
    (reason: unknown) => reason,
  );

describe('a call of the server', () => {
  it('carries query, token, key and a JSON text', async () => {
    reply = () => ({ statusCode: 200, data: { ok: true } });
    const query = { enterpriseId: '1 & 2', cursor: undefined };
    expect(await send({ method: 'POST', path: '/api/m/x', query, token: 't', idempotencyKey: 'k', body: { a: '甲' } })).toEqual({
      ok: true,
    });
    expect(asked[0]).toMatchObject({ url: '/api/m/x?enterpriseId=1%20%26%202', method: 'POST', data: '{"a":"甲"}' });
    expect(asked[0]?.header).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: 'Bearer t',
      'idempotency-key': 'k',
    });
  });

  it('sends no body and no content type where there is nothing to send', async () => {
    await send({ method: 'GET', path: '/api/m/me' });
    expect(asked[0]).not.toHaveProperty('data');
    expect(asked[0]?.header).toEqual({ accept: 'application/json' });
  });

  it.each([
    ['parsed', () => ({ statusCode: 409, data: problem })],
    ['as text, where the platform does not parse problem+json', () => ({ statusCode: 409, data: JSON.stringify(problem) })],
    ['as the failure that Alipay makes of it', () => Promise.reject({ error: 19, status: 409, data: problem })],
  ])('tells a problem by its type: %s', async (_, given) => {
    reply = given;
    expect(await failing()).toMatchObject({ type: 'surveys:closed', detail: problem.detail });
  });

  it('keeps the fields and the delay of a problem', async () => {
    reply = () => ({
      statusCode: 400,
      data: {
        type: 'urn:problem:kernel:invalid-request',
        title: '请求内容不符合要求',
        errors: [{ pointer: '/body/mobile', detail: '手机号有误' }],
        retry_after_ms: 900,
      },
    });
    expect(await failing()).toMatchObject({
      detail: '请求内容不符合要求',
      errors: [{ pointer: '/body/mobile', detail: '手机号有误' }],
      retryAfterMs: 900,
    });
  });

  it.each([
    ['offline', () => Promise.reject({ errMsg: 'request:fail timeout' })],
    ['kernel:unavailable', () => ({ statusCode: 502, data: '<html>Bad gateway</html>' })],
    ['unknown', () => ({ statusCode: 404, data: '<html>' })],
  ])('says %s where no answer of ours came', async (type, given) => {
    reply = given;
    const found = await failing();
    expect(found).toBeInstanceOf(ApiProblem);
    expect(found).toMatchObject({ type, detail: '' });
  });

  it('turns anything thrown into a problem', () => {
    const own = new ApiProblem('offline', '');
    expect(asProblem(own)).toBe(own);
    expect(asProblem(new TypeError('x')).type).toBe('unknown');
  });
});
