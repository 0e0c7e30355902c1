import { MessageCrypt } from '../push/message-crypt';
import { type PassiveReply, readPassive } from '../push/passive-reply';
import { buildWechatPush, type WechatPushAccount } from '../push/wechat-push';
import type { XmlValue } from '../push/xml';
import { attemptKeyOf } from '../world/attempt-key';
import { hashOf, type NewMessage } from '../world/observation';
import type { Action } from '../world/request-log';
import type { OfficialState } from './official-emulator';

/** What WeChat shows when the server's answer makes no sense or none came. */
const FAULT = '该公众号提供的服务出现故障，请稍后再试';

export function officialPushAccount(state: OfficialState): WechatPushAccount {
  const { appId, userName, token, encodingAesKey } = state.world.accounts.wechatOfficial;
  return { source: 'wechat-official', name: state.world.accountName, appId, userName, token, encodingAesKey };
}

/** Something in a chat: the account may answer inside the response, and the person sees it, or sees that there was none. */
export function pushChat(state: OfficialState, openid: string, action: Action, fields: { readonly [name: string]: XmlValue }): void {
  push(state, openid, action, fields, {
    onAnswer: (body) => showAnswer(state, openid, body),
    onSilence: () => showFault(state, openid),
  });
}

/** Something the platform reports: nobody sees an answer. */
export function pushReport(state: OfficialState, openid: string, fields: { readonly [name: string]: XmlValue }): void {
  if (state.world.script.push.target) push(state, openid, 'push.sent', { MsgType: 'event', ...fields }, {});
}

function push(
  state: OfficialState,
  openid: string,
  action: Action,
  fields: { readonly [name: string]: XmlValue },
  heard: { readonly onAnswer?: (body: string) => void; readonly onSilence?: () => void },
): void {
  const { world } = state;
  const account = officialPushAccount(state);
  const event = { ToUserName: account.userName ?? '', FromUserName: openid, CreateTime: world.clock.sec(), ...fields };
  const build = () => buildWechatPush(account, event, 'xml', world.clock.sec());
  world.pushes.enqueue({ platform: 'wechat-official', action, subject: openid, build, ...heard });
}

function showAnswer(state: OfficialState, openid: string, body: string): void {
  const { token, encodingAesKey, appId, userName } = state.world.accounts.wechatOfficial;
  const reply = readPassive(body, new MessageCrypt(token, encodingAesKey, appId), { from: userName, to: openid });
  if (reply === 'broken') showFault(state, openid);
  else if (reply !== 'none') show(state, openid, reply, body);
}

/** Without a server to ask the account has no service at all: the platform is as silent. */
function showFault(state: OfficialState, openid: string): void {
  if (state.world.script.push.target) show(state, openid, { kind: 'fault', title: '', body: FAULT, link: null }, '');
}

function show(
  state: OfficialState,
  openid: string,
  shown: Omit<PassiveReply, 'kind'> & { readonly kind: PassiveReply['kind'] | 'fault' },
  source: string,
): void {
  state.world.observation.record(chatMessage(state, openid, { ...shown, requestHash: hashOf(Buffer.from(source)) }));
}

/** A message in the chat with the account, whichever way it came. */
export function chatMessage(
  state: OfficialState,
  openid: string,
  shown: Pick<NewMessage, 'kind' | 'title' | 'body' | 'link' | 'requestHash'> & Partial<NewMessage>,
): NewMessage {
  return {
    platform: 'wechat-official',
    account: state.world.accountName,
    corpId: null,
    recipient: openid,
    buttonText: null,
    attemptKey: attemptKeyOf(shown.link, shown.body),
    messageId: state.world.newId('oa'),
    deduped: false,
    dropped: false,
    templateId: null,
    fields: [],
    card: null,
    ...shown,
  };
}
