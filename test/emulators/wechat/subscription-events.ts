import { buildWechatPush, ORIGINAL_ID, type WechatPushAccount } from '../push/wechat-push';
import type { XmlValue } from '../push/xml';
import type { Action } from '../world/request-log';
import { templateOf, type WechatState } from './wechat-emulator';

export interface PromptAnswer {
  readonly templateId: string;
  readonly accepted: boolean;
}

export function wechatPushAccount(state: WechatState): WechatPushAccount {
  const { appId, token, encodingAesKey } = state.world.accounts.wechatMini;
  return { name: state.world.accountName, appId, token, encodingAesKey };
}

/**
 * A person answered the prompt: the ledger grows by one per accepted template and the server is told.
 * @returns what `wx.requestSubscribeMessage` gives the page
 */
export function answerPrompt(state: WechatState, openid: string, answers: readonly PromptAnswer[]): Record<string, 'accept' | 'reject'> {
  for (const { templateId, accepted } of answers)
    if (accepted) state.credits.grant(openid, templateId, 1, templateOf(state, templateId)?.type === 3);
  const list = answers.map(({ templateId, accepted }) => ({
    TemplateId: templateId,
    SubscribeStatusString: accepted ? 'accept' : 'reject',
    PopupScene: '0',
  }));
  pushEvent(state, 'push.subscription', openid, 'subscribe_msg_popup_event', 'SubscribeMsgPopupEvent', list);
  return Object.fromEntries(answers.map(({ templateId, accepted }) => [templateId, accepted ? 'accept' : 'reject']));
}

/** A person switched a template off in the mini-program's settings. Only refusals are pushed. */
export function turnOff(state: WechatState, openid: string, templateId: string): void {
  state.credits.refuse(openid, templateId);
  pushEvent(state, 'push.subscription', openid, 'subscribe_msg_change_event', 'SubscribeMsgChangeEvent', [
    { TemplateId: templateId, SubscribeStatusString: 'reject' },
  ]);
}

export function pushDelivered(state: WechatState, openid: string, templateId: string, messageId: string): void {
  if (!state.world.script.push.target) return;
  pushEvent(state, 'push.sent', openid, 'subscribe_msg_sent_event', 'SubscribeMsgSentEvent', [
    { TemplateId: templateId, MsgID: messageId, ErrorCode: 0, ErrorStatus: 'success' },
  ]);
}

/** JSON: `List` is an object for one entry and an array for several. XML: entries lie in an element named after the event. */
export function subscriptionEvent(
  openid: string,
  event: string,
  xmlName: string,
  list: readonly { readonly [name: string]: XmlValue }[],
  format: 'json' | 'xml',
  nowSec: number,
): { readonly [name: string]: XmlValue } {
  const head = { ToUserName: ORIGINAL_ID, FromUserName: openid, CreateTime: nowSec, MsgType: 'event', Event: event };
  const [only] = list;
  if (format === 'xml') return { ...head, [xmlName]: { List: [...list] } };
  return { ...head, List: list.length === 1 && only ? only : [...list] };
}

function pushEvent(
  state: WechatState,
  action: Action,
  openid: string,
  event: string,
  xmlName: string,
  list: readonly { readonly [name: string]: XmlValue }[],
): void {
  const { world } = state;
  const happenedAtSec = world.clock.sec();
  world.pushes.enqueue({
    platform: 'wechat',
    action,
    subject: openid,
    build: () => {
      const format = world.script.push.wechatFormat;
      const body = subscriptionEvent(openid, event, xmlName, list, format, happenedAtSec);
      return buildWechatPush(wechatPushAccount(state), body, format, world.clock.sec());
    },
  });
}
