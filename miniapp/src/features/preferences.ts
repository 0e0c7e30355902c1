import type { Lang } from '@suiban/shared/text';
import { deviceStorage } from '@/platform/storage';
import { createStore, useStore } from './store';

/** How the person wants to see the app, kept on this device. */
export interface Preferences {
  isCare: boolean;
  language: Lang;
}

const key = 'preferences';
const store = createStore<Preferences>({ isCare: false, language: 'zh' });

/** Called once, before the first page is drawn. */
export function restorePreferences(): void {
  const kept = deviceStorage.read(key) as Partial<Preferences> | undefined;
  store.set({ isCare: kept?.isCare === true, language: kept?.language === 'en' ? 'en' : 'zh' });
}

export function changePreferences(change: Partial<Preferences>): void {
  const next = { ...store.get(), ...change };
  store.set(next);
  deviceStorage.write(key, next);
}

export const usePreferences = (): Preferences => useStore(store);
export const preferencesStore = store;
