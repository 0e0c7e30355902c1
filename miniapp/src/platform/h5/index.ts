import type { Platform } from '../port';
import { browserSignInOf } from './browser-sign-in';

const darkScheme = () => window.matchMedia('(prefers-color-scheme: dark)');

/** As it is when the page is loaded; the router changes the address later. Unit tests have neither. */
const entrance = { userAgent: globalThis.navigator?.userAgent ?? '', search: globalThis.location?.search ?? '' };

export const h5: Platform = {
  kind: 'h5',
  apiBaseUrl: '',
  browserSignIn: browserSignInOf(entrance, (address) => location.assign(address)),
  appearance: () => ({ isDark: darkScheme().matches, fontScale: 1 }),
  onAppearanceChange: (listener) => darkScheme().addEventListener('change', listener),
  paint({ variables, isDark, language }) {
    const root = document.documentElement;
    for (const [name, value] of Object.entries(variables)) root.style.setProperty(name, value);
    root.style.colorScheme = isDark ? 'dark' : 'light';
    root.lang = language === 'en' ? 'en' : 'zh-CN';
  },
  async openFile({ path, token, fileName }) {
    const answer = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`download: ${answer.status}`);
    const address = URL.createObjectURL(await answer.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = fileName;
    link.click();
    // The browser needs the address until it has read it.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  },
  followNetwork(listener) {
    const on = () => listener(true);
    const off = () => listener(false);
    window.addEventListener('online', on);
    window.addEventListener('offline', off);
    listener(navigator.onLine);
    return () => {
      window.removeEventListener('online', on);
      window.removeEventListener('offline', off);
    };
  },
  randomId: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
};
