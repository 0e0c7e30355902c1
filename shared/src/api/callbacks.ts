import { z } from 'zod';
import { operation } from './define';

const account = z.strictObject({ account: z.string().regex(/^[a-z0-9-]{1,40}$/) });
/** Platforms add parameters of their own (openid, encrypt_type): verified by the channel, not by the contract. */
const anyQuery = z.record(z.string().max(64), z.string().max(2048));
const byPlatform = { auth: 'platform', permission: 'public', rate: 'callback', params: account, query: anyQuery } as const;

const check = (id: string, source: string, summary: string) =>
  operation({ ...byPlatform, id, method: 'get', path: `/callbacks/${source}/:account`, summary, problems: ['kernel:forged-callback'] });
const receive = (id: string, source: string, summary: string) =>
  operation({
    ...byPlatform,
    id,
    method: 'post',
    path: `/callbacks/${source}/:account`,
    summary,
    problems: ['kernel:forged-callback', 'kernel:unavailable'],
  });

export const callbacksApi = {
  checkWechatMiniUrl: check('checkWechatMiniUrl', 'wechat-mini', '小程序消息推送：校验地址'),
  receiveWechatMini: receive('receiveWechatMini', 'wechat-mini', '小程序消息推送'),
  checkWechatOfficialUrl: check('checkWechatOfficialUrl', 'wechat-official', '服务号消息推送：校验地址'),
  receiveWechatOfficial: receive('receiveWechatOfficial', 'wechat-official', '服务号消息推送'),
  checkWecomUrl: check('checkWecomUrl', 'wecom', '企业微信回调：校验地址'),
  receiveWecom: receive('receiveWecom', 'wecom', '企业微信回调'),
  receiveAlipay: receive('receiveAlipay', 'alipay', '支付宝异步通知'),
  receiveWechatPay: receive('receiveWechatPay', 'wechat-pay', '微信支付通知'),
  receiveSms: receive('receiveSms', 'sms', '短信状态报告'),
};
