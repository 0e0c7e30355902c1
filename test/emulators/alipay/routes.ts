import type { Router } from '../http/router';
import type { World } from '../world/world';
import { type AlipayState, alipayState } from './alipay-emulator';
import { codePicture, createCode } from './code-images';
import { gateway, type Method, type Request } from './gateway';
import type { Outcome } from './gateway-answers';
import { answerFollower, sendToAll, sendToFollower } from './life-account';
import { oauthToken } from './oauth';
import { querySubscriptions, sendTemplateMessage } from './template-message';
import { closeTrade, createTrade, queryRefund, queryTrade, refundTrade } from './trades';

/** What the emulator answers under `/alipay`. */
export function alipayRoutes(router: Router, world: World): AlipayState {
  const state = alipayState(world);
  const method = (action: Method['action'], take: (of: AlipayState, request: Request) => Outcome, isSend = false): Method => ({
    action,
    isSend,
    take: (request) => take(state, request),
  });
  const methods: Readonly<Record<string, Method>> = {
    'alipay.system.oauth.token': method('alipay.login', oauthToken),
    'alipay.open.app.mini.templatemessage.send': method('alipay.send', sendTemplateMessage, true),
    'alipay.open.app.messagetemplate.subscribe.query': method('alipay.subscriptions', querySubscriptions),
    'alipay.open.public.message.single.send': method('alipay.life', sendToFollower, true),
    'alipay.open.public.message.total.send': method('alipay.life', sendToAll, true),
    'alipay.open.public.message.custom.send': method('alipay.life', answerFollower, true),
    'alipay.open.app.qrcode.create': method('alipay.code', createCode),
    'alipay.trade.create': method('alipay.trade', createTrade, true),
    'alipay.trade.query': method('alipay.trade', queryTrade),
    'alipay.trade.close': method('alipay.trade', closeTrade),
    'alipay.trade.refund': method('alipay.trade', refundTrade, true),
    'alipay.trade.fastpay.refund.query': method('alipay.trade', queryRefund),
  };
  router
    .on('POST', '/alipay/gateway.do', gateway(state, methods))
    .on('GET', '/alipay/codes/:id', ({ params }) => codePicture(state, params.id ?? ''));
  return state;
}
