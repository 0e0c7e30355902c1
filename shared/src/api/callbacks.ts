import { z } from 'zod';
import { operation } from './define';

const account = z.strictObject({ account: z.string().regex(/^[a-z0-9-]{1,40}$/) });
/** Platforms add parameters of their own (openid, encrypt_type): verified by the channel, not by the contract. */
const anyQuery = z.record(z.string().max(64), z.string().max(2048));
const byPlatform = { auth: 'platform', permission: 'public', rate: 'callback', params: account, query: anyQuery } as const;

export const callbacksApi = {
  checkWechatMiniUrl: operation({
    ...byPlatform,
    id: 'checkWechatMiniUrl',
    method: 'get',
    path: '/callbacks/wechat-mini/:account',
    summary: '小程序消息推送：校验地址',
    problems: ['kernel:forged-callback'],
  }),
  receiveWechatMini: operation({
    ...byPlatform,
    id: 'receiveWechatMini',
    method: 'post',
    path: '/callbacks/wechat-mini/:account',
    summary: '小程序消息推送',
    problems: ['kernel:forged-callback', 'kernel:unavailable'],
  }),
  checkWecomUrl: operation({
    ...byPlatform,
    id: 'checkWecomUrl',
    method: 'get',
    path: '/callbacks/wecom/:account',
    summary: '企业微信回调：校验地址',
    problems: ['kernel:forged-callback'],
  }),
  receiveWecom: operation({
    ...byPlatform,
    id: 'receiveWecom',
    method: 'post',
    path: '/callbacks/wecom/:account',
    summary: '企业微信回调',
    problems: ['kernel:forged-callback', 'kernel:unavailable'],
  }),
  receiveSms: operation({
    ...byPlatform,
    id: 'receiveSms',
    method: 'post',
    path: '/callbacks/sms/:account',
    summary: '短信状态报告',
    problems: ['kernel:forged-callback', 'kernel:unavailable'],
  }),
};
