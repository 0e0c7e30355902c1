import type { Exchange } from '../http/router';
import { brokenKey, fieldValue } from '../wechat/keyword-fields';
import { attemptKeyOf } from '../world/attempt-key';
import { refusal, success } from '../world/errcode';
import { asText, isObject, parseJson } from '../world/json-values';
import { hashOf } from '../world/observation';
import type { Answer } from '../world/platform-call';
import { chatMessage, pushReport } from './events';
import { isFollower, type OfficialState, officialTemplateOf } from './official-emulator';

/** `POST /cgi-bin/message/template/send`: token → person → template → fields → follower → known `client_msg_id` → quota → phone. */
export function sendTemplateMessage(state: OfficialState, exchange: Exchange): Answer {
  const body = parseJson(exchange.raw);
  const openid = asText(body?.touser);
  const facts = { subject: openid };
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return { ...denied, ...facts };
  if (!body) return refusal(47001, '', facts);
  if (!state.world.people.officialOpenidExists(openid)) return refusal(40003, '', facts);
  const template = officialTemplateOf(state, asText(body.template_id));
  if (!template) return refusal(40037, '', facts);
  const fields = isObject(body.data) ? body.data : {};
  const broken = brokenKey(template.keywords, fields);
  if (broken) return refusal(47003, `data.${broken}.value invalid`, facts);
  const link = linkOf(state, body);
  if (typeof link === 'number') return refusal(link, '', facts);
  if (!isFollower(state, openid)) return refusal(43004, '', facts);
  const key = asText(body.client_msg_id);
  const known = key === '' ? undefined : state.sentKeys.find(`${openid} ${key}`);
  if (known === undefined && !state.world.script.takeQuota('wechat-official', 1)) return refusal(45009, '', facts);
  const id = known ?? state.ids.fresh();
  if (key !== '' && known === undefined) state.sentKeys.remember(`${openid} ${key}`, id);
  const rows = template.keywords.map(({ key: name, name: label }) => ({ name: label, value: fieldValue(fields, name) }));
  state.world.observation.record(
    chatMessage(state, openid, {
      kind: 'template',
      title: template.title,
      body: rows.map((row) => `${row.name}：${row.value}`).join('\n'),
      link,
      attemptKey: attemptKeyOf(link, key, ...rows.map((row) => row.value)),
      requestHash: hashOf(exchange.raw),
      messageId: String(id),
      deduped: known !== undefined,
      templateId: template.id,
      fields: rows,
    }),
  );
  if (known === undefined) pushReport(state, openid, { Event: 'TEMPLATESENDJOBFINISH', MsgID: id, Status: 'success' });
  return numbered({ msgid: id }, facts);
}

/** `{errcode, errmsg, …ids}` with the ids as bare numbers of 19 digits. */
export function numbered(ids: Readonly<Record<string, bigint>>, facts: Pick<Answer, 'subject' | 'count'>): Answer {
  const numbers = Object.entries(ids).map(([name, id]) => `,"${name}":${id}`);
  const body = Buffer.from(`{"errcode":0,"errmsg":"ok"${numbers.join('')}}`);
  return { ...success({}, facts), body, headers: { 'content-type': 'application/json; charset=utf-8' } };
}

/** The mini-program's page wins over the address; only a linked mini-program may be named. */
function linkOf(state: OfficialState, body: Record<string, unknown>): string | null | number {
  if (body.miniprogram === undefined) return asText(body.url) || null;
  const { appid, pagepath } = isObject(body.miniprogram) ? body.miniprogram : {};
  if (appid !== state.world.accounts.wechatMini.appId) return 40013;
  if (pagepath !== undefined && (typeof pagepath !== 'string' || pagepath.startsWith('/'))) return 40165;
  return asText(pagepath) || 'pages/index/index';
}

/** `GET /cgi-bin/template/get_all_private_template` */
export function listTemplates(state: OfficialState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const template_list = state.world.accounts.wechatOfficial.templates.map((template) => ({
    template_id: template.id,
    title: template.title,
    primary_industry: '',
    deputy_industry: '',
    content: template.keywords.map(({ key, name }) => `${name}:{{${key}.DATA}}`).join('\n'),
    example: template.keywords.map(({ name }) => `${name}:`).join('\n'),
  }));
  return { ...success({}), body: { template_list } };
}
