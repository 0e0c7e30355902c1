import Taro from '@tarojs/taro';
import { attempt } from '../mini/attempt';
import { followMiniNetwork } from '../mini/network';
import { openMiniFile } from '../mini/open-file';
import { randomHexId } from '../mini/random';
import type { Platform } from '../port';

type Ask = Parameters<typeof Taro.requestSubscribeMessage>[0];
interface Answer {
  result?: { subscribedEntityIds?: readonly string[] };
}
/** Alipay's own size setting: 16 is standard. @see opendocs.alipay.com/mini/api/system-info (read 2026-11) */
interface SystemInfo {
  fontSizeSetting?: number;
  theme?: string;
}

export const alipay: Platform = {
  kind: 'alipay',
  apiBaseUrl: API_BASE_URL,
  async askToSubscribe(templateIds) {
    // Alipay answers a cancel as a failure.
    const answer = (await Taro.requestSubscribeMessage({ entityIds: [...templateIds] } as Ask).catch(() => ({}))) as Answer;
    const accepted = answer.result?.subscribedEntityIds ?? [];
    return Object.fromEntries(templateIds.map((each) => [each, accepted.includes(each) ? 'accept' : 'reject'] as const));
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
