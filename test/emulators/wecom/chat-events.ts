import { MessageCrypt } from '../push/message-crypt';
import { readPassive } from '../push/passive-reply';
import { buildWecomPush } from '../push/wecom-push';
import type { XmlValue } from '../push/xml';
import { attemptKeyOf } from '../world/attempt-key';
import { hashOf } from '../world/observation';
import type { Persona } from '../world/people';
import type { Action } from '../world/request-log';
import { pushAccountOf } from './answer-card';
import type { WecomState } from './wecom-emulator';

type Event = { readonly [name: string]: XmlValue };

/** Somebody writes to the application. */
export function sayInWecom(state: WecomState, persona: Persona, text: string): void {
  const msgId = String(state.world.clock.ms() * 1000 + Math.floor(Math.random() * 1000));
  tell(state, persona, 'push.text', { MsgType: 'text', Content: text, MsgId: msgId });
}

/** Somebody opens the application. */
export function enterWecom(state: WecomState, persona: Persona): void {
  tell(state, persona, 'push.event', { MsgType: 'event', Event: 'enter_agent', EventKey: '' });
}

/** A menu entry was tapped: `click` by its key, `view` by its address. */
export function tellWecomTap(state: WecomState, persona: Persona, event: 'click' | 'view', key: string): void {
  tell(state, persona, 'push.event', { MsgType: 'event', Event: event, EventKey: key });
}

/** The push, and what the server's answer to it shows on the phone. A broken answer shows nothing: WeCom has no excuse of its own. */
function tell(state: WecomState, persona: Persona, action: Action, event: Event): void {
  const { wecom } = persona;
  if (!wecom) return;
  const { world } = state;
  const account = pushAccountOf(state, wecom.corpId);
  const whole = {
    ToUserName: account.corpId,
    FromUserName: wecom.userId,
    CreateTime: world.clock.sec(),
    ...event,
    AgentID: account.agentId,
  };
  world.pushes.enqueue({
    platform: 'wecom',
    action,
    subject: wecom.userId,
    build: () => buildWecomPush(account, whole, world.clock.sec()),
    onAnswer: (body) => showReply(state, account.corpId, wecom.userId, body),
  });
}

function showReply(state: WecomState, corpId: string, userId: string, raw: string): void {
  const { world } = state;
  const { token, encodingAesKey } = world.accounts.wecom;
  const reply = readPassive(raw, new MessageCrypt(token, encodingAesKey, corpId), { from: corpId, to: userId });
  if (reply === 'none') return;
  if (reply === 'broken') {
    world.requests.add({
      platform: 'wecom',
      action: 'push.reply',
      subject: userId,
      count: 1,
      outcome: 'push-failed',
      code: '',
      detail: ['应答无法识别，没有显示', 'the answer made no sense, nothing was shown'],
      tookMs: 0,
    });
    return;
  }
  const { kind, title, body, link } = reply;
  world.observation.record({
    platform: 'wecom',
    account: world.accountName,
    corpId,
    recipient: userId,
    kind,
    title,
    body,
    link,
    buttonText: null,
    attemptKey: attemptKeyOf(link, body),
    requestHash: hashOf(Buffer.from(raw)),
    messageId: world.newId('wr'),
    deduped: false,
    dropped: false,
    templateId: null,
    fields: [],
    card: null,
  });
}
