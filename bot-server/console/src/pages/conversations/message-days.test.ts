import { describe, expect, it } from '@jest/globals';
import type { ConversationMessage } from '@suiban/shared/api/conversations';
import { daysOfMessages, isFollowing } from './message-days';

const said = (id: string, at: string): ConversationMessage => ({
  id,
  at,
  direction: 'in',
  by: 'person',
  operatorName: null,
  form: 'text',
  text: id,
  state: 'received',
  failure: null,
});

describe('the days of a thread', () => {
  it('puts the oldest first and cuts at the midnight of the city, not of UTC', () => {
    const newestFirst = [
      said('c', '2026-11-25T16:30:00.000Z'),
      said('b', '2026-11-25T15:59:00.000Z'),
      said('a', '2026-11-25T01:00:00.000Z'),
    ];
    expect(daysOfMessages(newestFirst, 'Asia/Shanghai').map(({ on, messages }) => [on, messages.map(({ id }) => id)])).toEqual([
      ['2026-11-25', ['a', 'b']],
      ['2026-11-26', ['c']],
    ]);
  });

  it('shows a message that two pages hold once', () => {
    const twice = [said('b', '2026-11-25T02:00:00.000Z'), said('a', '2026-11-25T01:00:00.000Z'), said('a', '2026-11-25T01:00:00.000Z')];
    expect(daysOfMessages(twice, 'UTC').flatMap(({ messages }) => messages.map(({ id }) => id))).toEqual(['a', 'b']);
  });

  it('has no day without messages', () => {
    expect(daysOfMessages([], 'UTC')).toEqual([]);
  });
});

describe('a message that follows', () => {
  const first = said('a', '2026-11-25T01:00:00.000Z');
  const soon = said('b', '2026-11-25T01:02:59.000Z');
  it('comes from the same side within three minutes', () => {
    expect(isFollowing(soon, first)).toBe(true);
    expect(isFollowing(said('b', '2026-11-25T01:03:00.000Z'), first)).toBe(false);
    expect(isFollowing({ ...soon, by: 'automatic' }, first)).toBe(false);
    expect(isFollowing({ ...soon, by: 'operator', operatorName: '乙' }, { ...first, by: 'operator', operatorName: '甲' })).toBe(false);
  });
  it('is not the first one, nor what comes behind something done', () => {
    expect(isFollowing(first, undefined)).toBe(false);
    expect(isFollowing(soon, { ...first, form: 'event' })).toBe(false);
  });
});
