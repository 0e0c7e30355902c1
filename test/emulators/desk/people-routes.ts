import type { Exchange, Router } from '../http/router';
import { templateOf, type WechatState } from '../wechat/wechat-emulator';
import { isObject } from '../world/json-values';
import { chatKeysOf, type NewPersona, type Persona } from '../world/people';
import { bodyOf, DeskProblem, desk, numberOf, onlyFields, queryNumber } from './desk-reply';

const FIELDS = ['id', 'name', 'role', 'firm', 'mobile', 'openid', 'officialOpenid', 'unionid', 'alipayOpenId', 'wecom', 'credits'];

/** Who has a phone, and what is on it. */
export function peopleRoutes(router: Router, wechat: WechatState, prefix: string, moreOf: (persona: Persona) => object = () => ({})): void {
  router
    .on(
      'GET',
      `${prefix}/personas`,
      desk((exchange) => search(wechat, exchange)),
    )
    .on(
      'POST',
      `${prefix}/personas`,
      desk((exchange) => register(wechat, exchange)),
    )
    .on(
      'GET',
      `${prefix}/personas/:id`,
      desk((exchange) => show(wechat, exchange, moreOf)),
    );
}

export function personaOf(wechat: WechatState, exchange: Exchange): Persona {
  const id = exchange.params.id ?? '';
  const persona = wechat.world.people.find(id);
  if (!persona)
    throw new DeskProblem(
      404,
      'UNKNOWN_PERSONA',
      `没有这个人：${id}。可用 GET /personas?q= 查找，或用地址 wechat:<openid>、wechat-official:<openid>、wecom:<企业>/<userid>、alipay:<open id>、sms:<手机号>`,
    );
  return persona;
}

function search(wechat: WechatState, exchange: Exchange): object {
  const query = exchange.query.get('q') ?? '';
  const limit = queryNumber(exchange, 'limit', 20, 500);
  const { people, observation } = wechat.world;
  const personas = people.search(query, limit);
  const known = new Set(personas.map((persona) => persona.id));
  const strangers = query.length < 2 ? [] : observation.recentChatKeys(query.toLowerCase(), limit);
  for (const key of strangers) {
    const persona = people.find(key);
    if (!persona || known.has(persona.id) || personas.length >= limit) continue;
    known.add(persona.id);
    personas.push(persona);
  }
  return { personas, total: people.size };
}

/** One persona, or `{personas: […]}`. All are checked before the first is added. */
function register(wechat: WechatState, exchange: Exchange): object {
  const body = bodyOf(exchange);
  const list: unknown[] = Array.isArray(body.personas) ? body.personas : [body];
  const checked = list.map((entry, index) => checkPersona(wechat, entry, list.length > 1 ? `personas[${index}].` : ''));
  const personas = checked.map(({ persona, credits }) => {
    const added = wechat.world.people.add(persona);
    for (const [templateId, count] of credits)
      if (added.openid) wechat.credits.grant(added.openid, templateId, count, templateOf(wechat, templateId)?.type === 3);
    return added;
  });
  return personas.length > 50 ? { registered: personas.length } : { registered: personas.length, personas };
}

function checkPersona(wechat: WechatState, entry: unknown, at: string): { persona: NewPersona; credits: [string, number][] } {
  if (!isObject(entry)) throw new DeskProblem(400, 'INVALID_BODY', `${at || '请求体'} 应为对象`);
  onlyFields(entry, FIELDS);
  const text = (field: string): string | undefined => {
    const value = entry[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' || value.length > 128)
      throw new DeskProblem(400, 'INVALID_FIELD', `${at}${field} 应为不超过 128 字的文字`);
    return value;
  };
  const [mobile, openid, alipayOpenId, officialOpenid] = ['mobile', 'openid', 'alipayOpenId', 'officialOpenid'].map(text);
  if (mobile !== undefined && !/^1[3-9]\d{9}$/.test(mobile)) throw new DeskProblem(400, 'INVALID_FIELD', `${at}mobile 不是手机号码`);
  const wecom = wecomOf(entry.wecom, at);
  if (!mobile && !openid && !officialOpenid && !alipayOpenId && !wecom)
    throw new DeskProblem(400, 'INVALID_FIELD', `${at}mobile、openid、officialOpenid、alipayOpenId、wecom 至少要有一个`);
  const role = entry.role === 'resident' ? 'resident' : 'agent';
  const credits = Object.entries(isObject(entry.credits) ? entry.credits : {}).map(([templateId, count]): [string, number] => {
    if (!templateOf(wechat, templateId)) throw new DeskProblem(400, 'INVALID_FIELD', `${at}credits 里没有模板 ${templateId}`);
    return [templateId, numberOf(count, `${at}credits`, 0, 1000)];
  });
  const addresses = { mobile, openid, officialOpenid, unionid: text('unionid'), alipayOpenId, wecom };
  return { persona: { id: text('id'), name: text('name'), firm: text('firm'), role, ...addresses }, credits };
}

function wecomOf(value: unknown, at: string): { corpId: string; userId: string } | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value) || typeof value.corpId !== 'string' || typeof value.userId !== 'string')
    throw new DeskProblem(400, 'INVALID_FIELD', `${at}wecom 应为 {corpId, userId}`);
  return { corpId: value.corpId, userId: value.userId };
}

/** A persona with their chats, newest 200 entries each, and what they allowed. */
function show(wechat: WechatState, exchange: Exchange, moreOf: (persona: Persona) => object): object {
  const persona = personaOf(wechat, exchange);
  const { observation, accounts } = wechat.world;
  const chats = Object.fromEntries(Object.entries(chatKeysOf(persona)).map(([platform, key]) => [platform, observation.chat(key)]));
  const templates = accounts.wechatMini.templates.map((template) => ({
    id: template.id,
    title: template.title,
    type: template.type,
    left: (persona.openid ? wechat.credits.of(persona.openid, template.id)?.left : 0) ?? 0,
  }));
  return { persona, chats, templates, ...moreOf(persona) };
}
