import Taro from '@tarojs/taro';
import { attempt } from '../mini/attempt';
import { followMiniNetwork } from '../mini/network';
import { openMiniFile } from '../mini/open-file';
import { randomHexId } from '../mini/random';
import type { Platform } from '../port';

type Ask = Parameters<typeof Taro.requestSubscribeMessage>[0];

/** `fontSizeScaleFactor` since base library 3.3; before it, `fontSizeSetting` where 17 is standard. */
interface BaseInfo {
  theme?: string;
  fontSizeScaleFactor?: number;
  fontSizeSetting?: number;
}

export const weapp: Platform = {
  kind: 'weapp',
  apiBaseUrl: API_BASE_URL,
  signIn: {
    platform: 'wechat-mini',
    async code() {
      return (await Taro.login()).code;
    },
  },
  async askToSubscribe(templateIds) {
    const tmplIds = templateIds.slice(0, 5);
    const answer: Record<string, unknown> = { ...(await Taro.requestSubscribeMessage({ tmplIds } as Ask)) };
    return Object.fromEntries(tmplIds.map((each) => [each, answer[each] === 'accept' ? 'accept' : 'reject'] as const));
  },
  appearance() {
    const info: BaseInfo = attempt(() => Taro.getAppBaseInfo()) ?? {};
    return { isDark: info.theme === 'dark', fontScale: info.fontSizeScaleFactor ?? (info.fontSizeSetting ?? 17) / 17 };
  },
  onAppearanceChange: (listener) => attempt(() => Taro.onThemeChange(listener)),
  paint({ variables }) {
    const ground = variables['--ground'] ?? '#ffffff';
    attempt(() => Taro.setBackgroundColor({ backgroundColor: ground, backgroundColorTop: ground, backgroundColorBottom: ground }));
  },
  followNetwork: followMiniNetwork,
  openFile: openMiniFile,
  randomId: randomHexId,
};
