import { beforeEach, describe, expect, it, jest } from '@jest/globals';

const calls: [string, unknown][] = [];
let pages = 1;
const noted = (name: string) => (options?: unknown) => {
  calls.push([name, options]);
  return Promise.resolve();
};
jest.unstable_mockModule('@tarojs/taro', () => ({
  default: {
    navigateTo: noted('navigateTo'),
    redirectTo: noted('redirectTo'),
    switchTab: noted('switchTab'),
    navigateBack: noted('navigateBack'),
    getCurrentPages: () => Array.from({ length: pages }),
  },
}));
const { goBack, goTo, openLink, urlOf } = await import('./routes');

beforeEach(() => {
  calls.length = 0;
  pages = 1;
});

describe('routes', () => {
  it('name a page of a sub-package, with encoded parameters and none that is missing', () => {
    expect(urlOf('surveys/title', { campaignId: '7', enterpriseId: '1001' })).toBe(
      '/packages/surveys/pages/title/index?campaignId=7&enterpriseId=1001',
    );
    expect(urlOf('appeals/detail', { id: 'a&b' })).toBe('/packages/appeals/pages/detail/index?id=a%26b');
    expect(urlOf('appeals/list', {})).toBe('/packages/appeals/pages/list/index');
    goTo('account/legal', { document: 'terms' });
    expect(calls).toEqual([['navigateTo', { url: '/packages/account/pages/legal/index?document=terms' }]]);
  });

  it('go back, or home where nothing is behind', () => {
    goBack();
    pages = 2;
    goBack();
    expect(calls).toEqual([
      ['switchTab', { url: '/pages/home/index' }],
      ['navigateBack', undefined],
    ]);
  });

  it('open links inside the mini-program and nothing else', () => {
    openLink('/packages/surveys/pages/answer/index?campaignId=7&enterpriseId=1001');
    openLink('/pages/messages/index?group=todo');
    for (const other of [
      'https://example.com/packages/x/index',
      '//example.com',
      'javascript:alert(1)',
      '/packages/../../x',
      '/api/m/me',
      '',
    ])
      openLink(other);
    expect(calls).toEqual([
      ['navigateTo', { url: '/packages/surveys/pages/answer/index?campaignId=7&enterpriseId=1001' }],
      ['switchTab', { url: '/pages/messages/index' }],
    ]);
  });
});
