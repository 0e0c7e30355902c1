import { describe, expect, it } from '@jest/globals';
import type { ChatMenuItem } from './chat';
import { buttonsOf, type MenuRules } from './chat-menu';

const rules: MenuRules = {
  platform: 'x',
  top: 3,
  below: 5,
  topBytes: 16,
  belowBytes: 60,
  keyBytes: 128,
  urlBytes: 1024,
  miniAppId: 'wx1',
};
const leaf: ChatMenuItem = { label: '帮助', key: 'help' };
const page: ChatMenuItem = { label: '首页', page: 'pages/index/index', url: 'https://x.test/m/' };

describe('buttons of a menu', () => {
  it('click, view, open a page, or hold others', () => {
    expect(
      buttonsOf(
        [
          { label: '办事', items: [leaf, page] },
          { label: '网页', url: 'https://x.test/' },
        ],
        rules,
      ),
    ).toEqual([
      {
        name: '办事',
        sub_button: [
          { type: 'click', name: '帮助', key: 'help' },
          { type: 'miniprogram', name: '首页', url: 'https://x.test/m/', appid: 'wx1', pagepath: 'pages/index/index' },
        ],
      },
      { type: 'view', name: '网页', url: 'https://x.test/' },
    ]);
  });

  it('open the address where there is no mini-program', () => {
    expect(buttonsOf([page], { ...rules, miniAppId: null })).toEqual([{ type: 'view', name: '首页', url: 'https://x.test/m/' }]);
  });

  it.each([
    ['40016', []],
    ['40016', [leaf, leaf, leaf, leaf]],
    ['40018', [{ ...leaf, label: '六个字的标题' }]],
    ['40018', [{ label: '', items: [leaf] }]],
    ['40019', [{ label: '一', key: 'k'.repeat(129) }]],
    ['40020', [{ label: '一' }]],
    ['40020', [{ label: '一', url: `https://x.test/${'a'.repeat(1024)}` }]],
    ['40023', [{ label: '一', items: Array(6).fill(leaf) }]],
    ['40025', [{ label: '一', items: [{ ...leaf, label: '长'.repeat(21) }] }]],
    ['40026', [{ label: '一', items: [{ label: '二', key: '' }] }]],
    ['40027', [{ label: '一', items: [{ label: '二', page: 'p' }] }]],
  ] as const)('are refused with %s before the platform does', (code, items) => {
    expect(() => buttonsOf(items as readonly ChatMenuItem[], rules)).toThrow(expect.objectContaining({ code, errorClass: 'permanent' }));
  });
});
