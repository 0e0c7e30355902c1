import { callbacksApi } from '@suiban/shared/api/callbacks';
import type { ChannelKind } from '../../channels/channel';
import { type Input, type Route, rawRoute } from '../../kernel/http/route';
import type { Inbox } from '../../kernel/inbox/inbox';
import type { Deps } from '../module';
import { receivePush } from './receive-push';

type Received = Pick<Input<typeof callbacksApi.receiveWecom>, 'params' | 'query' | 'request'>;

export const callbackRoutes = (deps: Deps, inbox: Inbox): readonly Route[] => {
  const take = (kind: ChannelKind, method: 'GET' | 'POST', { params, query, request }: Received) =>
    receivePush(deps, inbox, { kind, account: params.account, method, headers: request.headers, query, body: request.rawBody });
  return [
    rawRoute(callbacksApi.checkWechatMiniUrl, (_actor, input) => take('wechat-mini', 'GET', input)),
    rawRoute(callbacksApi.receiveWechatMini, (_actor, input) => take('wechat-mini', 'POST', input)),
    rawRoute(callbacksApi.checkWecomUrl, (_actor, input) => take('wecom', 'GET', input)),
    rawRoute(callbacksApi.receiveWecom, (_actor, input) => take('wecom', 'POST', input)),
    rawRoute(callbacksApi.receiveSms, (_actor, input) => take('sms', 'POST', input)),
  ];
};
