import type { Exchange, Handler, Reply, Router } from '../http/router';
import { platformSignature } from '../push/wechat-pay-push';
import { type Answer, type CallKind, platformCall } from '../world/platform-call';
import type { World } from '../world/world';
import { listCertificates } from './certificates';
import { payPushAccount, refundNotice, sendNotice } from './notices';
import { closeOrder, placeOrder, queryOrder } from './orders';
import { PayRefusal, refused } from './pay-answers';
import { type PayState, payState } from './pay-emulator';
import { placeRefund, queryRefund, settleRefund } from './refunds';
import { requireSigned } from './request-signature';

const MOUNT = '/wechat-pay';

type Take = (state: PayState, exchange: Exchange) => Answer;

/** WeChat Pay v3 under `/wechat-pay`: only signed requests, only signed answers. */
export function wechatPayRoutes(router: Router, world: World): PayState {
  const state = payState(world);
  const on = (method: 'GET' | 'POST', path: string, action: CallKind['action'], isSend: boolean, take: Take): void => {
    const kind: CallKind = {
      platform: 'wechat-pay',
      action,
      isSend,
      refuse: (code, httpStatus) => refused(code, '系统异常，请稍后重试', { httpStatus }),
    };
    router.on(method, `${MOUNT}${path}`, signed(state, platformCall(world, kind, guarded(state, take))));
  };
  on('POST', '/v3/pay/transactions/jsapi', 'pay.order', true, placeOrder);
  on('GET', '/v3/pay/transactions/out-trade-no/:outTradeNo', 'pay.query', false, queryOrder);
  on('GET', '/v3/pay/transactions/id/:transactionId', 'pay.query', false, queryOrder);
  on('POST', '/v3/pay/transactions/out-trade-no/:outTradeNo/close', 'pay.close', true, closeOrder);
  on('POST', '/v3/refund/domestic/refunds', 'pay.refund', true, refund);
  on('GET', '/v3/refund/domestic/refunds/:outRefundNo', 'pay.query', false, queryRefund);
  on('GET', '/v3/certificates', 'pay.certificates', false, listCertificates);
  return state;
}

function guarded(state: PayState, take: Take): (exchange: Exchange) => Answer {
  return (exchange) => {
    try {
      requireSigned(state, MOUNT, exchange);
      return take(state, exchange);
    } catch (error) {
      if (error instanceof PayRefusal) return refused(error.code, error.message, { detail: error.detail });
      throw error;
    }
  };
}

/** Settled at once unless the script holds refunds for the desk; the caller hears "processing" either way. */
function refund(state: PayState, exchange: Exchange): Answer {
  const { answer, fresh } = placeRefund(state, exchange);
  const { payRefund } = state.world.script.push;
  if (fresh && payRefund !== 'hold') {
    settleRefund(state, fresh.order, fresh.refund, payRefund);
    sendNotice(state, refundNotice(state, fresh.order, fresh.refund), fresh.order.outTradeNo);
  }
  return answer;
}

/** With the public key when the caller names its id, else with the certificate. Who could not be recognised gets no signature. */
function signed(state: PayState, handle: Handler): Handler {
  return async (exchange): Promise<Reply> => {
    const reply = await handle(exchange);
    const body = reply.status === 204 ? '' : JSON.stringify(reply.body);
    const account = payPushAccount(state);
    const signer = exchange.headers['wechatpay-serial'] === account.publicKeyId ? 'public-key' : 'cert';
    const proof = reply.status === 401 ? {} : platformSignature(account, signer, String(state.world.clock.sec()), body);
    const headers = {
      ...reply.headers,
      ...proof,
      'content-type': 'application/json; charset=utf-8',
      'request-id': state.world.newId('08'),
    };
    return { ...reply, body, headers };
  };
}
