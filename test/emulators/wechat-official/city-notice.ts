import type { Exchange } from '../http/router';
import { fieldValue } from '../wechat/keyword-fields';
import { refusal, success } from '../world/errcode';
import { asText, isObject, parseJson } from '../world/json-values';
import { hashOf } from '../world/observation';
import type { Answer } from '../world/platform-call';
import { chatMessage } from './events';
import { isFollower, type OfficialState } from './official-emulator';

/**
 * `POST /cityservice/sendmsgdata`, under the token of the Official Account also for people of the mini-program linked to it:
 * token → permission → arguments → service → address → order number → follower, or the limits of others → phone.
 */
export function sendCityNotice(state: OfficialState, exchange: Exchange): Answer {
  const body = parseJson(exchange.raw);
  const openid = asText(body?.openid);
  const facts = { subject: openid };
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return { ...denied, ...facts };
  if (!body) return refusal(47001, '', facts);
  const { city } = state;
  if (!city.isGranted) return refusal(48001, '', facts);
  const [whose, template, orderNo] = [whoseOpenid(state, openid), templateOf(state, body), asText(body.order_no)];
  if (!whose) return refusal(40097, 'openid', facts);
  if (!template) return refusal(40097, 'biz_template_id or data', facts);
  if (orderNo === '') return refusal(40097, 'order_no', facts);
  if (body.result_page_style_id !== undefined && body.url === undefined) return refusal(40097, 'url', facts);
  if (!city.isOnline) return refusal(82026, '', facts);
  if (body.url !== undefined && !isWebAddress(asText(body.url))) return refusal(82025, '', facts);
  if (!city.takeOrder(orderNo, openid)) return refusal(82024, '', facts);
  const refused = whose.isFollower ? undefined : city.refusalFor(openid);
  if (refused) return refusal(refused, '', facts);
  state.world.observation.record(
    chatMessage(state, openid, {
      platform: whose.platform,
      kind: 'city-notice',
      title: template.title,
      body: template.rows.map((row) => `${row.name}：${row.value}`).join('\n'),
      link: asText(body.url) || null,
      requestHash: hashOf(exchange.raw),
      templateId: template.id,
      fields: template.rows,
    }),
  );
  const query = new URLSearchParams({ openid, biz_template_id: template.id });
  const page = `https://city.weixin.qq.com/static/resultpagenew.html?${query}`;
  return success({ result_page_url: body.result_page_style_id === undefined ? '' : page }, facts);
}

/** Undefined: no such template, or a field of it has no value. */
function templateOf(state: OfficialState, body: Record<string, unknown>) {
  const template = state.world.accounts.wechatOfficial.cityTemplates.find(({ id }) => id === body.biz_template_id);
  const fields = isObject(body.data) ? body.data : {};
  const rows = template?.keywords.map(({ key, name }) => ({ name, value: fieldValue(fields, key) })) ?? [];
  return template && rows.every(({ value }) => value !== '') ? { id: template.id, title: template.title, rows } : undefined;
}

/** Registered people of the account first; anybody else is of the mini-program, and follows when the same person does. */
function whoseOpenid(state: OfficialState, openid: string): { platform: 'wechat' | 'wechat-official'; isFollower: boolean } | undefined {
  const { people } = state.world;
  if (people.officialOpenids().includes(openid)) return { platform: 'wechat-official', isFollower: isFollower(state, openid) };
  if (!people.openidExists(openid)) return undefined;
  const other = people.find(`wechat:${openid}`)?.officialOpenid ?? null;
  return { platform: 'wechat', isFollower: other !== null && isFollower(state, other) };
}

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
