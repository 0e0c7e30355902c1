import { describe, expect, it } from '@jest/globals';
import { templatesOf } from '.';

const item = (templateId: string, isLongTerm: boolean, isOn = false) => ({ templateId, title: templateId, credits: 0, isLongTerm, isOn });

describe('what one prompt asks for', () => {
  const items = [item('a', false), item('b', true), item('c', false, true), item('d', true, true)];

  it('is of one kind, and long-term templates only while they are off', () => {
    expect(templatesOf(items, 'one-time')).toEqual(['a', 'c']);
    expect(templatesOf(items, 'long-term')).toEqual(['b']);
  });

  it('is no more than a prompt takes', () => {
    const many = Array.from({ length: 9 }, (_, index) => item(`t${index}`, false));
    expect(templatesOf(many, 'one-time')).toHaveLength(5);
  });
});
