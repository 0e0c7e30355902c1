import { getCity, type PublicCity } from '@/api/city';
import { deviceStorage } from '@/platform/storage';
import { createStore, useStore } from './store';

const key = 'city';
export const cityStore = createStore<PublicCity | null>(null);

/** The city's names and colours: the ones of last time at once, the server's as soon as they come. */
export async function loadCity(): Promise<void> {
  const kept = deviceStorage.read(key) as PublicCity | undefined;
  if (kept?.productName) cityStore.set(kept);
  try {
    const city = await getCity();
    cityStore.set(city);
    deviceStorage.write(key, city);
  } catch {
    // Nothing depends on it but names and colours; the next start tries again.
  }
}

export const useCity = (): PublicCity | null => useStore(cityStore);
