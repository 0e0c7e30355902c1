import type { ChannelBody, ChannelKind } from '../../bot-server/src/channels/channel';
import { sandboxAccounts } from '../../shared/src/sandbox';
import { canaries } from './canaries';

export type SendingKind = Extract<ChannelKind, 'wecom' | 'wechat-mini' | 'sms'>;

const [cloudVisit] = sandboxAccounts.wechatMini.templates;
export const templateId = cloudVisit?.id ?? '';
export const openidOf = (n: number): string => `${canaries.openid}${String(n).padStart(10, '0')}`;
export const mobileOf = (n: number): string => `${canaries.mobile}${String(n).padStart(7, '0')}1`;

export const bodies: Readonly<Record<SendingKind, ChannelBody>> = {
  wecom: {
    channel: 'wecom',
    form: 'textcard',
    title: `${canaries.text}餐饮服务问卷`,
    description: '8 题，约 3 分钟，11月27日前',
    buttonText: '去填写',
  },
  'wechat-mini': {
    channel: 'wechat-mini',
    templateId,
    page: 'packages/surveys/pages/answer/index',
    data: { thing1: `${canaries.text}餐饮服务问卷`, thing2: '市经济信息化委', time3: '2026年11月27日 18:00', thing4: '8 题，约 3 分钟' },
  },
  sms: { channel: 'sms', signName: '随办', text: `请填写${canaries.text}餐饮服务问卷（8 题，约 3 分钟）：{link} 退订回TD` },
};
