import type { ChatEntry, PhoneView, Platform } from './desk-client';

/** The apps of a phone, in the order of their tabs. */
export const apps = ['wechat', 'wecom', 'alipay', 'sms', 'mail'] as const;
export type App = (typeof apps)[number];

export type ThreadId = 'services' | 'official' | 'assistant' | 'contact' | 'notices' | 'sms' | 'mail';

/** One chat of one app. */
export interface Thread {
  readonly id: ThreadId;
  readonly app: App;
  readonly entries: readonly ChatEntry[];
}

const places: readonly (Pick<Thread, 'id' | 'app'> & { readonly platform: Platform })[] = [
  { id: 'services', app: 'wechat', platform: 'wechat' },
  { id: 'official', app: 'wechat', platform: 'wechat-official' },
  { id: 'assistant', app: 'wecom', platform: 'wecom' },
  { id: 'notices', app: 'alipay', platform: 'alipay' },
  { id: 'sms', app: 'sms', platform: 'sms' },
  { id: 'mail', app: 'mail', platform: 'email' },
];

/** A customer of our staff has no WeCom: what was sent to them arrives in WeChat. */
const CUSTOMER = /^w[mo]/;

/** Every chat this person can have, whether something is in it or not. */
export const threadsOf = (view: PhoneView): readonly Thread[] =>
  places.flatMap(({ id, app, platform }) => {
    const entries = view.chats[platform];
    if (!entries) return [];
    const isCustomer = id === 'assistant' && CUSTOMER.test(view.persona.wecom?.userId ?? '');
    return [isCustomer ? { id: 'contact', app: 'wechat', entries } : { id, app, entries }];
  });

/** Apps without a list of chats are always in their only one. */
export const soleThreadOf = (app: App): ThreadId | null =>
  app === 'alipay' ? 'notices' : app === 'sms' ? 'sms' : app === 'mail' ? 'mail' : null;
