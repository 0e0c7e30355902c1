import type { AlipayState } from '../alipay/alipay-emulator';
import type { Exchange, Router } from '../http/router';
import type { SmsState } from '../sms/routes';
import { answerPrompt, turnOff } from '../wechat/subscription-events';
import { templateOf, type WechatState } from '../wechat/wechat-emulator';
import type { OfficialState } from '../wechat-official/official-emulator';
import { say as sayToOfficial } from '../wechat-official/phone';
import type { PayState } from '../wechat-pay/pay-emulator';
import { answerCard } from '../wecom/answer-card';
import { sayInWecom } from '../wecom/chat-events';
import type { WecomState } from '../wecom/wecom-emulator';
import { isObject } from '../world/json-values';
import type { ObservedMessage, Platform } from '../world/observation';
import { chatKeysOf, type Persona } from '../world/people';
import { bodyOf, DeskProblem, desk, onlyFields } from './desk-reply';
import { followerOf } from './followers';
import { personaOf } from './people-routes';

export interface Emulators {
  readonly wecom: WecomState;
  readonly wechat: WechatState;
  readonly official: OfficialState;
  readonly alipay: AlipayState;
  readonly wechatPay: PayState;
  readonly sms: SmsState;
}

/** What a person does with their phone. */
export function actionRoutes(router: Router, emulators: Emulators, prefix: string): void {
  const act = (path: string, take: (persona: Persona, exchange: Exchange) => object): void => {
    router.on(
      'POST',
      `${prefix}/personas/:id/${path}`,
      desk((exchange) => take(personaOf(emulators.wechat, exchange), exchange)),
    );
  };
  act('wechat-login', (persona) => login(emulators.wechat, persona));
  act('wechat-phone', (persona) => sharePhone(emulators.wechat, persona));
  act('subscribe', (persona, exchange) => subscribe(emulators.wechat, persona, exchange));
  act('unsubscribe', (persona, exchange) => unsubscribe(emulators.wechat, persona, exchange));
  act('cards/:seq', (persona, exchange) => answer(emulators, persona, exchange));
  act('open/:seq', (persona, exchange) => open(emulators, persona, exchange));
  act('say', (persona, exchange) => say(emulators, persona, exchange));
}

function openidOf(persona: Persona): string {
  if (!persona.openid) throw new DeskProblem(409, 'NO_WECHAT', `${persona.name} 没有微信身份`);
  return persona.openid;
}

function login(wechat: WechatState, persona: Persona): object {
  const openid = openidOf(persona);
  return { code: wechat.loginCodes.issue(openid), openid };
}

function sharePhone(wechat: WechatState, persona: Persona): object {
  if (!persona.mobile) throw new DeskProblem(409, 'NO_MOBILE', `${persona.name} 没有手机号码`);
  openidOf(persona);
  return { code: wechat.phoneCodes.issue(persona.mobile) };
}

/** `{templateIds, accept}` for all alike, or `{answers: [{templateId, accepted}]}`. */
function subscribe(wechat: WechatState, persona: Persona, exchange: Exchange): object {
  const openid = openidOf(persona);
  const body = bodyOf(exchange);
  onlyFields(body, ['templateIds', 'accept', 'answers']);
  const answers = Array.isArray(body.answers)
    ? body.answers.map((entry) => ({
        templateId: String(isObject(entry) ? entry.templateId : ''),
        accepted: isObject(entry) && entry.accepted === true,
      }))
    : (Array.isArray(body.templateIds) ? body.templateIds : []).map((id) => ({ templateId: String(id), accepted: body.accept !== false }));
  if (answers.length === 0 || answers.length > 5) throw new DeskProblem(400, 'INVALID_FIELD', '一次授权 1 到 5 个模板（20003）');
  const templates = answers.map(({ templateId }) => templateOf(wechat, templateId));
  if (templates.some((template) => !template)) throw new DeskProblem(400, 'INVALID_FIELD', '没有这个模板（20001）');
  if (new Set(templates.map((template) => template?.type)).size > 1)
    throw new DeskProblem(400, 'INVALID_FIELD', '一次性与长期模板不能一起授权（20002）');
  return { result: answerPrompt(wechat, openid, answers) };
}

function unsubscribe(wechat: WechatState, persona: Persona, exchange: Exchange): object {
  const templateId = bodyOf(exchange).templateId;
  if (typeof templateId !== 'string' || !templateOf(wechat, templateId)) throw new DeskProblem(400, 'INVALID_FIELD', '没有这个模板');
  turnOff(wechat, openidOf(persona), templateId);
  return { turnedOff: templateId };
}

/** `:seq` is a message's number, or `latest` for the newest card still open. */
function answer(emulators: Emulators, persona: Persona, exchange: Exchange): object {
  const message = messageOf(emulators, persona, exchange, (candidate) => candidate.cardState?.state === 'open');
  const body = bodyOf(exchange);
  onlyFields(body, ['selected', 'buttonKey']);
  const selected = (Array.isArray(body.selected) ? body.selected : []).filter(isObject).map((entry) => ({
    key: String(entry.key ?? ''),
    optionIds: (Array.isArray(entry.optionIds) ? entry.optionIds : []).map(String),
  }));
  const problem = answerCard(emulators.wecom, message, {
    selected,
    ...(typeof body.buttonKey === 'string' ? { buttonKey: body.buttonKey } : {}),
  });
  if (problem) throw new DeskProblem(409, 'CARD_REFUSED', problem);
  return { message };
}

function open(emulators: Emulators, persona: Persona, exchange: Exchange): object {
  const message = messageOf(emulators, persona, exchange, (candidate) => candidate.link !== null);
  if (message.link === null) throw new DeskProblem(409, 'NO_LINK', '这条消息没有链接');
  return { link: message.link, kind: message.kind };
}

function messageOf(
  emulators: Emulators,
  persona: Persona,
  exchange: Exchange,
  fits: (message: ObservedMessage) => boolean,
): ObservedMessage {
  const { observation } = emulators.wechat.world;
  const chats = Object.values(chatKeysOf(persona)).flatMap((key) => observation.chat(key));
  const messages = chats.filter((entry): entry is ObservedMessage => !('own' in entry));
  const wanted = exchange.params.seq;
  const found =
    wanted === 'latest' ? messages.filter(fits).sort((a, b) => b.seq - a.seq)[0] : messages.find(({ seq }) => String(seq) === wanted);
  if (!found) throw new DeskProblem(404, 'UNKNOWN_MESSAGE', `${persona.name} 的手机上没有这条消息`);
  return found;
}

function say(emulators: Emulators, persona: Persona, exchange: Exchange): object {
  const { platform, text } = bodyOf(exchange);
  if (typeof text !== 'string' || text.trim() === '' || text.length > 600)
    throw new DeskProblem(400, 'INVALID_FIELD', 'text 应为 1 到 600 字');
  if (platform === 'wechat-official') {
    sayToOfficial(emulators.official, followerOf(emulators.official, persona), text.trim());
    return { said: text.trim() };
  }
  const key = chatKeysOf(persona)[platform as Platform];
  if (!key || (platform !== 'wecom' && platform !== 'sms')) throw new DeskProblem(409, 'NO_CHAT', '只能在企业微信和短信里回复');
  emulators.wechat.world.observation.addOwn(key, text.trim());
  if (platform === 'wecom') sayInWecom(emulators.wecom, persona, text.trim());
  else if (/^\s*(TD|T|退订)\s*$/i.test(text) && persona.mobile) emulators.sms.unsubscribed.add(persona.mobile);
  return { said: text.trim() };
}
