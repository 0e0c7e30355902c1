import Taro from '@tarojs/taro';

/** Small JSON values on this device. Reading never throws: what cannot be read is as if it were not there. */
export interface Storage {
  read(key: string): unknown;
  write(key: string, value: unknown): void;
  remove(key: string): void;
}

export const deviceStorage: Storage = {
  read(key) {
    try {
      const text: unknown = Taro.getStorageSync(`suiban.${key}`);
      return typeof text === 'string' && text !== '' ? JSON.parse(text) : undefined;
    } catch {
      return undefined;
    }
  },
  write(key, value) {
    try {
      Taro.setStorageSync(`suiban.${key}`, JSON.stringify(value));
    } catch {
      // A full or forbidden storage only costs the copy on this device: the server still gets every answer.
    }
  },
  remove(key) {
    try {
      Taro.removeStorageSync(`suiban.${key}`);
    } catch {
      // As above.
    }
  },
};

/** Removes everything of ours on this device but the keys named. */
export function clearDeviceStorage(keep: readonly string[]): void {
  for (const key of Taro.getStorageInfoSync().keys) {
    if (key.startsWith('suiban.') && !keep.includes(key.slice('suiban.'.length))) deviceStorage.remove(key.slice('suiban.'.length));
  }
}
