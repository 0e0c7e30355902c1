import { describe, expect, it } from '@jest/globals';
import { answersOf, isCancel } from './subscription-answer';

describe('what Alipay answers to the prompt', () => {
  it('says it by template', () => {
    const answer = { behavior: 'subscribe', a: 'accept', b: 'reject', result: { subscribedEntityIds: ['a', 'b'] } };
    expect(answersOf(['a', 'b', 'c'], answer)).toEqual({ a: 'accept', b: 'reject', c: 'reject' });
  });

  it('or in lists, of which this prompt’s counts', () => {
    expect(answersOf(['a', 'b'], { result: { subscribedEntityIds: ['a', 'b'], currentSubscribedEntityIds: ['b'] } })).toEqual({
      a: 'reject',
      b: 'accept',
    });
    expect(answersOf(['a', 'b'], { result: { subscribedEntityIds: ['a'] } })).toEqual({ a: 'accept', b: 'reject' });
  });

  it('or nothing that can be read', () => {
    for (const answer of [undefined, null, 'x', {}]) expect(answersOf(['a'], answer)).toEqual({ a: 'reject' });
  });

  it('tells a cancel from a failure', () => {
    expect([isCancel({ error: 11 }), isCancel({ error: '11' }), isCancel({ error: 106002 }), isCancel(undefined), isCancel('x')]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
