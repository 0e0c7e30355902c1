import { type AlipayState, alipayTemplateOf } from '../alipay/alipay-emulator';
import { yuanOf } from '../alipay/amounts';
import { refundedFen, type Trade } from '../alipay/trade';
import { atCashier } from '../alipay/trades';
import type { Exchange, Router } from '../http/router';
import { isObject } from '../world/json-values';
import type { Persona } from '../world/people';
import { bodyOf, DeskProblem, desk, onlyFields } from './desk-reply';

/** What a person does in Alipay. The platform pushes nothing about subscriptions: the page is told, and tells the server. */
export function alipayDeskRoutes(router: Router, alipay: AlipayState, prefix: string): void {
  const act = (path: string, take: (persona: Persona, openId: string, exchange: Exchange) => object): void => {
    router.on(
      'POST',
      `${prefix}/personas/:id/${path}`,
      desk((exchange) => {
        const persona = alipay.world.people.find(exchange.params.id ?? '');
        if (!persona) throw new DeskProblem(404, 'UNKNOWN_PERSONA', `没有这个人：${exchange.params.id ?? ''}`);
        if (!persona.alipayOpenId) throw new DeskProblem(409, 'NO_ALIPAY', `${persona.name} 没有支付宝身份`);
        return take(persona, persona.alipayOpenId, exchange);
      }),
    );
  };
  act('alipay-login', (_persona, openId) => ({ authCode: alipay.authCodes.issue(openId), openId }));
  act('alipay-subscribe', (_persona, openId, exchange) => subscribe(alipay, openId, exchange));
  act('alipay-unsubscribe', (_persona, openId, exchange) => unsubscribe(alipay, openId, exchange));
  act('alipay-pay', (_persona, openId, exchange) => pay(alipay, openId, exchange));
}

/** What `my.requestSubscribeMessage` gives the page: a refusal is a success of the call, a cancel its failure 11. */
function subscribe(alipay: AlipayState, openId: string, exchange: Exchange): object {
  const body = bodyOf(exchange);
  onlyFields(body, ['templateIds', 'accept', 'answers', 'cancel']);
  const answers = Array.isArray(body.answers)
    ? body.answers.filter(isObject).map((entry) => ({ id: String(entry.templateId), accepted: entry.accepted === true }))
    : (Array.isArray(body.templateIds) ? body.templateIds : []).map((id) => ({ id: String(id), accepted: body.accept !== false }));
  if (answers.length === 0 || answers.length > 3) throw new DeskProblem(400, 'INVALID_FIELD', '一次订阅 1 到 3 个模板（203）');
  const templates = answers.map(({ id }) => alipayTemplateOf(alipay, id));
  if (templates.some((template) => !template)) throw new DeskProblem(400, 'INVALID_FIELD', '没有这个模板（106008）');
  if (new Set(templates.map((template) => template?.type)).size > 1)
    throw new DeskProblem(400, 'INVALID_FIELD', '一次性与长期模板不能一起订阅（106002）');
  if (body.cancel === true) return { error: 11, errorMessage: '用户取消订阅' };
  for (const { id, accepted } of answers) if (accepted) alipay.subscriptions.grant(openId, id, 1, alipayTemplateOf(alipay, id)?.type === 3);
  const idsOf = (wanted: boolean): string[] => answers.filter(({ accepted }) => accepted === wanted).map(({ id }) => id);
  const lists = {
    subscribeEntityIds: answers.map(({ id }) => id),
    subscribedEntityIds: idsOf(true),
    unsubscribedEntityIds: idsOf(false),
    currentSubscribedEntityIds: idsOf(true),
  };
  const each = Object.fromEntries(answers.map(({ id, accepted }) => [id, accepted ? 'accept' : 'reject']));
  return { result: { behavior: 'subscribe', show: true, keep: false, refuse: idsOf(true).length === 0, result: lists, ...each } };
}

function unsubscribe(alipay: AlipayState, openId: string, exchange: Exchange): object {
  const { templateId } = bodyOf(exchange);
  if (typeof templateId !== 'string' || !alipayTemplateOf(alipay, templateId)) throw new DeskProblem(400, 'INVALID_FIELD', '没有这个模板');
  alipay.subscriptions.refuse(openId, templateId);
  return { turnedOff: templateId };
}

const OUTCOMES = ['open', 'pay', 'cancel'] as const;

/** `{tradeNo?, outcome}`: what `my.tradePay` gives the page. Another's trade cannot be paid. */
function pay(alipay: AlipayState, openId: string, exchange: Exchange): object {
  const body = bodyOf(exchange);
  onlyFields(body, ['tradeNo', 'outcome']);
  const outcome = OUTCOMES.find((candidate) => candidate === (body.outcome ?? 'pay'));
  if (!outcome) throw new DeskProblem(400, 'INVALID_FIELD', `outcome 应为 ${OUTCOMES.join('、')}`);
  const own = tradesOf(alipay, openId);
  const wanted = body.tradeNo ?? 'latest';
  const trade =
    wanted === 'latest'
      ? own.findLast(({ state }) => state === 'UNOPENED' || state === 'WAIT_BUYER_PAY')
      : own.find(({ tradeNo }) => tradeNo === wanted);
  if (!trade) throw new DeskProblem(404, 'UNKNOWN_TRADE', '没有可以支付的交易');
  const { outTradeNo, tradeNo } = trade;
  return { resultCode: atCashier(alipay, trade, outcome), tradeNo, outTradeNo };
}

const tradesOf = (alipay: AlipayState, openId: string): readonly Trade[] =>
  [...alipay.trades.values()].filter(({ buyer }) => buyer === openId);

/** For `GET /personas/:id`. */
export function alipayOf(alipay: AlipayState, { alipayOpenId }: Persona): object | null {
  if (!alipayOpenId) return null;
  return {
    templates: alipay.world.accounts.alipay.templates.map(({ id, title, type }) => ({
      id,
      title,
      type,
      left: alipay.subscriptions.of(alipayOpenId, id)?.left ?? 0,
    })),
    trades: tradesOf(alipay, alipayOpenId).map((trade) => ({
      tradeNo: trade.tradeNo,
      outTradeNo: trade.outTradeNo,
      subject: trade.subject,
      amount: yuanOf(trade.totalFen),
      state: trade.state,
      refunded: yuanOf(refundedFen(trade)),
    })),
  };
}
