import type { Myself, PersonSession } from '@suiban/shared/api/identity';
import { send } from './client';

export type { Myself, PersonIdentity, PersonSession } from '@suiban/shared/api/identity';

export const requestPhoneCode = (mobile: string) =>
  send<{ resendAfterSec: number; expiresInSec: number }>({ method: 'POST', path: '/api/m/phone-codes', body: { mobile } });

export const signInByPhone = (mobile: string, code: string) =>
  send<PersonSession>({ method: 'POST', path: '/api/m/sessions/phone', body: { mobile, code } });

export const signInByPlatform = (platform: string, code: string) =>
  send<PersonSession>({ method: 'POST', path: '/api/m/sessions', body: { platform, code } });

/** Back from the app's own page: the state shows that it was sent away from here. */
export const signInByBrowser = (platform: string, code: string, state: string) =>
  send<PersonSession>({ method: 'POST', path: '/api/m/sessions', body: { platform, code, state } });

export const signInByLink = (token: string) => send<PersonSession>({ method: 'POST', path: '/api/m/sessions/link', body: { token } });

export const getMyself = (token: string) => send<Myself>({ method: 'GET', path: '/api/m/me', token });

export const bindMobile = (token: string, mobile: string, code: string) =>
  send<Myself>({ method: 'PUT', path: '/api/m/me/mobile', token, body: { mobile, code } });

/** With the code of WeChat's button, which is not the code of the login. */
export const bindMobileOfWechat = (token: string, code: string) =>
  send<Myself>({ method: 'POST', path: '/api/m/me/mobile/wechat', token, body: { code } });

export const signOut = (token: string) => send<void>({ method: 'DELETE', path: '/api/m/sessions/current', token });
