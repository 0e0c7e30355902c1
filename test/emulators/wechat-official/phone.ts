import type { MenuEntry } from '../world/menus';
import { pushChat } from './events';
import { isFollower, type OfficialState } from './official-emulator';

const chatOf = (openid: string): string => `wechat-official:${openid}`;

/** A person writes in the chat with the account. */
export function say(state: OfficialState, openid: string, text: string): void {
  state.world.observation.addOwn(chatOf(openid), text);
  state.windows.open(openid, 'message');
  pushChat(state, openid, 'push.text', { MsgType: 'text', Content: text, MsgId: state.ids.fresh() });
}

/** A menu entry is tapped: the server hears of every kind, and answers `click` alone. */
export function tap(state: OfficialState, openid: string, entry: MenuEntry): void {
  state.world.observation.addOwn(chatOf(openid), `〔菜单〕${entry.label}`);
  state.windows.open(openid, 'tap');
  const events = { click: ['CLICK', entry.key], view: ['VIEW', entry.url], miniprogram: ['view_miniprogram', entry.page], group: ['', ''] };
  const [name, key] = events[entry.type];
  pushChat(state, openid, 'push.event', { MsgType: 'event', Event: name ?? '', EventKey: key ?? '' });
}

/** `scene`: of the code with a parameter by which they came. @returns false when they follow already */
export function follow(state: OfficialState, openid: string, scene: string): boolean {
  if (isFollower(state, openid)) return false;
  state.unfollowed.delete(openid);
  state.world.observation.addOwn(chatOf(openid), '〔关注〕');
  state.windows.open(openid, 'tap');
  const key: Record<string, string> = scene === '' ? { EventKey: '' } : { EventKey: `qrscene_${scene}`, Ticket: `ticket-${scene}` };
  pushChat(state, openid, 'push.event', { MsgType: 'event', Event: 'subscribe', ...key });
  return true;
}

/** @returns false when they do not follow */
export function unfollow(state: OfficialState, openid: string): boolean {
  if (!isFollower(state, openid)) return false;
  state.unfollowed.add(openid);
  state.windows.close(openid);
  state.world.observation.addOwn(chatOf(openid), '〔取消关注〕');
  pushChat(state, openid, 'push.event', { MsgType: 'event', Event: 'unsubscribe', EventKey: '' });
  return true;
}
