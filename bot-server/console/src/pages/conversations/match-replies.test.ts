import { describe, expect, it } from '@jest/globals';
import type { CannedReply } from '@suiban/shared/api/conversations';
import { matchingReplies, wordsAfterSlash } from './match-replies';

const reply = (title: string, text: string): CannedReply => ({ id: title, title, text, position: 0, revision: 1 });
const replies = [reply('结束语', '感谢您的反馈。'), reply('问候', '您好，请问有什么可以帮您？'), reply('电话反馈', '请拨打 12345。')];

describe('words behind a slash', () => {
  it.each([
    ['/', ''],
    ['/问', '问'],
    ['／电话', '电话'],
    ['、问候', '问候'],
  ])('%s asks for “%s”', (text, words) => expect(wordsAfterSlash(text)).toBe(words));
  it.each(['', '您好', '3/4 的企业', '/a\nb', ` /`])('%j asks for nothing', (text) => expect(wordsAfterSlash(text)).toBeNull());
});

describe('canned replies that match', () => {
  it('are all of them, in their order, while nothing is asked for', () => {
    expect(matchingReplies(replies, '')).toEqual(replies);
  });
  it('come with the title first, then those that only mention it', () => {
    expect(matchingReplies(replies, '反馈').map(({ title }) => title)).toEqual(['电话反馈', '结束语']);
  });
  it('forgive width, case and spaces', () => {
    expect(matchingReplies([reply('ABC', 'x')], 'ａ b').map(({ title }) => title)).toEqual(['ABC']);
    expect(matchingReplies(replies, '没有')).toEqual([]);
  });
});
