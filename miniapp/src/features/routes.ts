import Taro from '@tarojs/taro';

const tabPages = { home: '/pages/home/index', messages: '/pages/messages/index', mine: '/pages/mine/index' } as const;

interface OfFirm {
  campaignId: string;
  enterpriseId: string;
}

/** Every page beyond the three main ones, with the parameters it takes. */
interface Routes {
  'surveys/title': OfFirm;
  /** Without `step` it is a link from outside, and leads to the title page first. */
  'surveys/answer': OfFirm & { step: 'go-on' | 'edit'; question?: string };
  'surveys/review': OfFirm;
  'surveys/result': OfFirm;
  'appeals/list': Record<never, never>;
  /** With the campaign it came from, so that a personal link may see it. */
  'appeals/detail': { id: string } & Partial<OfFirm>;
  'appeals/new': Record<never, never>;
  'account/sign-in': Record<never, never>;
  'account/settings': Record<never, never>;
  'account/legal': { document: 'privacy' | 'terms' };
  'account/bind': Record<never, never>;
}
export type Route = keyof Routes;

export function urlOf<R extends Route>(route: R, params: Routes[R]): string {
  const [pack, page] = route.split('/');
  const search = Object.entries(params)
    .flatMap(([key, value]) => (typeof value === 'string' ? [`${key}=${encodeURIComponent(value)}`] : []))
    .join('&');
  return `/packages/${pack}/pages/${page}/index${search ? `?${search}` : ''}`;
}

export const goTo = <R extends Route>(route: R, params: Routes[R]): void => void Taro.navigateTo({ url: urlOf(route, params) });
export const replaceBy = <R extends Route>(route: R, params: Routes[R]): void => void Taro.redirectTo({ url: urlOf(route, params) });
export const goTab = (tab: keyof typeof tabPages): void => void Taro.switchTab({ url: tabPages[tab] });

/** Back where there is a page to go back to (a link may have opened this one first), else home. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else goTab('home');
}

/** A link inside the mini-program, from a message. Anything else is left alone. */
export function openLink(link: string): void {
  if (!/^\/(packages|pages)\/[a-z/-]+\/index(\?|$)/.test(link)) return;
  const isTab = Object.values(tabPages).some((each) => link.startsWith(each));
  void (isTab ? Taro.switchTab({ url: link.split('?')[0] ?? link }) : Taro.navigateTo({ url: link }));
}
