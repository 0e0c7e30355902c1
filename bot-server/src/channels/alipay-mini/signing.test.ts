import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { objectText, signContent } from './signing';

describe('what is signed', () => {
  it('sorts names, keeps values as they are, and leaves out what is named', () => {
    expect(signContent({ b: '2&3=4', a: '%20 中', sign: 'x', sign_type: 'RSA2' }, ['sign'])).toBe('a=%20 中&b=2&3=4&sign_type=RSA2');
  });

  it('takes the object as it was sent: blanks, escapes, braces in texts', () => {
    const object = String.raw`{"code":"10000", "url":"http:\/\/a.test\/","text":"}\"{\\","inner":{"sign":"x"}}`;
    expect(objectText(`{ "x_response"\n : ${object},\n "sign" : "y" }`, 'x_response')).toBe(object);
    expect(objectText(`{"sign":"y","x_response":${object}}`, 'x_response')).toBe(object);
  });

  it('finds it at the top alone, and nothing where it is no object', () => {
    expect(objectText('{"a":{"x_response":{"code":"1"}},"sign":"y"}', 'x_response')).toBeUndefined();
    expect(objectText(String.raw`{"a":"\"x_response\":{}","sign":"y"}`, 'x_response')).toBeUndefined();
    expect(objectText('{"x_response":"text"}', 'x_response')).toBeUndefined();
    expect(objectText('{"b":"x_response"}', 'x_response')).toBeUndefined();
  });

  it('gives back any object of any answer', () => {
    const names = fc.string({ unit: 'binary', maxLength: 12 }).filter((name) => !['sign', 'x_response', '__proto__'].includes(name));
    fc.assert(
      fc.property(
        fc.dictionary(names, fc.jsonValue({ maxDepth: 3 })),
        fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })),
        (inner, beside) => {
          const raw = JSON.stringify({ ...beside, x_response: inner, sign: 'y' });
          expect(objectText(raw, 'x_response')).toBe(JSON.stringify(inner));
        },
      ),
    );
  });
});
