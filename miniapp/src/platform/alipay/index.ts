import Taro from '@tarojs/taro';
import { attempt } from '../mini/attempt';
import { followMiniNetwork } from '../mini/network';
import { openMiniFile } from '../mini/open-file';
import { randomHexId } from '../mini/random';
import type { Platform } from '../port';
import { answersOf, isCancel, templatesAtOnce } from './subscription-answer';

type Ask = Parameters<typeof Taro.requestSubscribeMessage>[0];
/** Alipay's own size setting: 16 is standard. @see opendocs.alipay.com/mini/api/system-info (read 2026-11) */
interface SystemInfo {
  fontSizeSetting?: number;
  theme?: string;
}

export const alipay: Platform = {
  kind: 'alipay',
  apiBaseUrl: API_BASE_URL,
  signIn: {
    platform: 'alipay-mini',
    async code() {
      // Taro asks `my.getAuthCode` for `auth_base`: silent, the identity alone.
      return (await Taro.login()).code;
    },
  },
  async askToSubscribe(templateIds) {
    const entityIds = templateIds.slice(0, templatesAtOnce);
    try {
      return answersOf(entityIds, await Taro.requestSubscribeMessage({ entityIds } as Ask));
    } catch (reason) {
      if (isCancel(reason)) return answersOf(entityIds, undefined);
      throw reason;
    }
  },
  appearance() {
    const info: SystemInfo = Taro.getSystemInfoSync();
    return { isDark: info.theme === 'dark', fontScale: (info.fontSizeSetting ?? 16) / 16 };
  },
  onAppearanceChange: () => undefined,
  paint({ variables }) {
    attempt(() => Taro.setBackgroundColor({ backgroundColor: variables['--ground'] ?? '#ffffff' }));
  },
  followNetwork: followMiniNetwork,
  openFile: openMiniFile,
  randomId: randomHexId,
};
