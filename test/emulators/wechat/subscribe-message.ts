import type { Exchange } from '../http/router';
import { attemptKeyOf } from '../world/attempt-key';
import { refusal, success } from '../world/errcode';
import { asText, isObject, parseJson } from '../world/json-values';
import { hashOf } from '../world/observation';
import type { Answer } from '../world/platform-call';
import { brokenKey, fieldValue } from './keyword-fields';
import { pushDelivered } from './subscription-events';
import { templateOf, type WechatState } from './wechat-emulator';

const STATES = new Set(['developer', 'trial', 'formal']);
const LANGUAGES = new Set(['zh_CN', 'en_US', 'zh_HK', 'zh_TW']);

/** From arrival to answer a person is being sent to; a second send meanwhile is refused. */
export function enterSend(state: WechatState, exchange: Exchange): Answer | (() => void) {
  const openid = asText(parseJson(exchange.raw)?.touser);
  if (!openid) return () => undefined;
  if (state.sendingTo.has(openid)) return refusal(43108, '', { subject: openid });
  state.sendingTo.add(openid);
  return () => state.sendingTo.delete(openid);
}

/** `POST /cgi-bin/message/subscribe/send`: token → person → template → fields → quota → credit → phone. */
export function sendSubscribeMessage(state: WechatState, exchange: Exchange): Answer {
  const body = parseJson(exchange.raw);
  const openid = asText(body?.touser);
  const facts = { subject: openid };
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return { ...denied, ...facts };
  if (!body) return refusal(47001, '', facts);
  if (!state.world.people.openidExists(openid)) return refusal(40003, '', facts);
  const template = templateOf(state, asText(body.template_id));
  if (!template) return refusal(40037, '', facts);
  const fields = isObject(body.data) ? body.data : {};
  const broken = brokenKey(template.keywords, fields);
  if (broken) return refusal(47003, `data.${broken}.value invalid`, facts);
  if (body.page !== undefined && (typeof body.page !== 'string' || body.page.startsWith('/') || body.page.length > 1024))
    return refusal(41030, '', facts);
  if (body.miniprogram_state !== undefined && !STATES.has(asText(body.miniprogram_state)))
    return refusal(47003, 'miniprogram_state invalid', facts);
  if (body.lang !== undefined && !LANGUAGES.has(asText(body.lang))) return refusal(47003, 'lang invalid', facts);
  if (!state.world.script.takeQuota('wechat', 1)) return refusal(45009, '', facts);
  if (!state.credits.consume(openid, template.id)) return refusal(43101, '', facts);
  const messageId = state.world.newId('wx');
  const page = asText(body.page);
  const rows = template.keywords.map(({ key, name }) => ({ name, value: fieldValue(fields, key) }));
  state.world.observation.record({
    platform: 'wechat',
    account: state.world.accountName,
    corpId: null,
    recipient: openid,
    kind: 'subscribe-message',
    title: template.title,
    body: rows.map((row) => `${row.name}：${row.value}`).join('\n'),
    link: page || null,
    buttonText: null,
    attemptKey: attemptKeyOf(page, ...rows.map((row) => row.value)),
    requestHash: hashOf(exchange.raw),
    messageId,
    deduped: false,
    dropped: false,
    templateId: template.id,
    fields: rows,
    card: null,
  });
  pushDelivered(state, openid, template.id, messageId);
  return success({}, facts);
}
