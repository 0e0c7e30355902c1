import Taro from '@tarojs/taro';
import { urlOf } from '@/features/routes';

/** The result takes the place of everything before it: going back from it must not lead into a form that is submitted. */
export const showResult = (campaignId: string, enterpriseId: string): void =>
  void Taro.reLaunch({ url: urlOf('surveys/result', { campaignId, enterpriseId }) });
