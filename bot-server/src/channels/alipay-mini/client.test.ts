import { describe, expect, it } from '@jest/globals';
import { gatewayTime, readAnswer } from './client';

const method = 'alipay.trade.query';
const read = (raw: string, isSigned: (text: string, signature: string) => boolean = () => true, status = 200) =>
  readAnswer(method, { status, body: Buffer.from(raw) }, isSigned);
const never = () => false;

describe('an answer of the gateway', () => {
  it('is checked over its own text, and read from it', () => {
    const checked: string[] = [];
    const answered = read('{"alipay_trade_query_response": {"code":"10000", "a":"\\/"},"sign":"s"}', (text, signature) => {
      checked.push(text, signature);
      return true;
    });
    expect(checked).toEqual(['{"code":"10000", "a":"\\/"}', 's']);
    expect(answered).toEqual({ kind: 'answer', body: { code: '10000', a: '/' } });
  });

  it('is a success without a code, as the login gives it', () => {
    expect(read('{"alipay_trade_query_response":{"access_token":"t"},"sign":"s"}')).toMatchObject({ kind: 'answer' });
  });

  it('cannot be trusted without its signature', () => {
    const body = '"alipay_trade_query_response":{"code":"10000"}';
    expect(read(`{${body},"sign":"s"}`, never)).toEqual({ kind: 'unclear', code: 'bad-signature' });
    expect(read(`{${body}}`)).toEqual({ kind: 'unclear', code: 'bad-signature' });
    expect(read('{"alipay_trade_query_response":{"code":"40004","sub_code":"X"},"sign":"s"}', never).kind).toBe('unclear');
  });

  it('that is signed decides, not an unsigned one of the same name behind it', () => {
    const raw = '{"alipay_trade_query_response":{"code":"40004","sub_code":"X"},"alipay_trade_query_response":{"code":"10000"},"sign":"s"}';
    expect(read(raw, (text) => text.includes('40004'))).toEqual({ kind: 'refused', code: 'X' });
  });

  it('tells the real error even where no signature could be made', () => {
    const error = '{"error_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-signature","sub_msg":"x"}}';
    expect(read(error, never)).toEqual({ kind: 'refused', code: 'isv.invalid-signature' });
    expect(read('{"error_response":{"code":"20000","sub_code":"isp.unknow-error"},"sign":"s"}', never).kind).toBe('unclear');
    expect(read('{"error_response":{"code":"20000"},"sign":"s"}')).toEqual({ kind: 'refused', code: '20000' });
  });

  it.each(['', '[]', 'null', '<html>', '{"other_response":{}}', '{"alipay_trade_query_response":7}'])('%j is none', (raw) => {
    expect(read(raw)).toEqual({ kind: 'unclear', code: 'not-json' });
  });

  it('with an error status tells whether anything can have happened', () => {
    expect(read('', never, 502)).toEqual({ kind: 'unclear', code: 'http-502' });
    expect(read('', never, 403)).toEqual({ kind: 'refused', code: 'http-403' });
  });

  it('is asked for in Beijing time, wherever the machine stands', () => {
    expect(gatewayTime(new Date('2026-12-31T16:00:01Z'))).toBe('2027-01-01 00:00:01');
  });
});
