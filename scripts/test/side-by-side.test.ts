import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { inGroups, sideBySide } from './side-by-side';

describe('inGroups', () => {
  it('keeps the order, and puts together neighbours only', () => {
    const list = [{ n: 1 }, { n: 2, group: 'a' }, { n: 3, group: 'a' }, { n: 4 }, { n: 5, group: 'a' }, { n: 6, group: 'b' }, { n: 7 }];
    expect(inGroups(list).map((group) => group.map(({ n }) => n))).toEqual([[1], [2, 3], [4], [5], [6], [7]]);
  });
});

describe('sideBySide', () => {
  it('has no more at work than it may, and answers in order', async () => {
    let running = 0;
    let most = 0;
    const results = await sideBySide([30, 5, 20, 1, 10], 2, async (ms) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(ms);
      running -= 1;
      return ms * 2;
    });
    expect(results).toEqual([60, 10, 40, 2, 20]);
    expect(most).toBe(2);
  });

  it('lets the others end before it throws', async () => {
    const ended: number[] = [];
    const work = async (ms: number) => {
      await sleep(ms);
      if (ms === 1) throw new Error('broken');
      ended.push(ms);
    };
    await expect(sideBySide([1, 20], 2, work)).rejects.toThrow('broken');
    expect(ended).toEqual([20]);
  });
});
