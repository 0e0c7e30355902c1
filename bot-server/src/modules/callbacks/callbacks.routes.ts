import { callbacksApi } from '@suiban/shared/api/callbacks';
import type { PushSource } from '../../channels/channel';
import { type Input, type Route, rawRoute } from '../../kernel/http/route';
import type { Deps } from '../module';
import { type Desk, receivePush } from './receive-push';

type Received = Pick<Input<typeof callbacksApi.receiveWecom>, 'params' | 'query' | 'request'>;

export const callbackRoutes = (deps: Deps, desk: Desk): readonly Route[] => {
  const take = (source: PushSource, method: 'GET' | 'POST', { params, query, request }: Received) =>
    receivePush(deps, desk, { source, account: params.account, method, headers: request.headers, query, body: request.rawBody });
  return [
    rawRoute(callbacksApi.checkWechatMiniUrl, (_actor, input) => take('wechat-mini', 'GET', input)),
    rawRoute(callbacksApi.receiveWechatMini, (_actor, input) => take('wechat-mini', 'POST', input)),
    rawRoute(callbacksApi.checkWechatOfficialUrl, (_actor, input) => take('wechat-official', 'GET', input)),
    rawRoute(callbacksApi.receiveWechatOfficial, (_actor, input) => take('wechat-official', 'POST', input)),
    rawRoute(callbacksApi.checkWecomUrl, (_actor, input) => take('wecom', 'GET', input)),
    rawRoute(callbacksApi.receiveWecom, (_actor, input) => take('wecom', 'POST', input)),
    rawRoute(callbacksApi.receiveAlipay, (_actor, input) => take('alipay', 'POST', input)),
    rawRoute(callbacksApi.receiveWechatPay, (_actor, input) => take('wechat-pay', 'POST', input)),
    rawRoute(callbacksApi.receiveSms, (_actor, input) => take('sms', 'POST', input)),
  ];
};
