import type { Exchange, Router } from '../http/router';
import type { OfficialState } from '../wechat-official/official-emulator';
import { follow, tap, unfollow } from '../wechat-official/phone';
import { tapWecomMenu } from '../wecom/menu';
import { entryOf, type MenuEntry } from '../world/menus';
import type { Persona } from '../world/people';
import type { Emulators } from './action-routes';
import { bodyOf, DeskProblem, desk, onlyFields } from './desk-reply';
import { followerOf, officialOpenidOf } from './followers';
import { personaOf } from './people-routes';

/** Whose menu: the account it belongs to, and what a tap on it does. */
interface MenuOwner {
  readonly account: string;
  readonly tap: (entry: MenuEntry) => void;
}

/** What a person does with an account's chat besides writing: follow it, stop, tap its menu. */
export function chatRoutes(router: Router, emulators: Emulators, prefix: string): void {
  const { official, wechat } = emulators;
  const act = (path: string, take: (persona: Persona, body: Record<string, unknown>) => object): void => {
    router.on(
      'POST',
      `${prefix}/personas/:id/${path}`,
      desk((exchange) => take(personaOf(wechat, exchange), bodyOf(exchange))),
    );
  };
  act('follow', (persona, body) => changeFollowing(official, persona, body, true));
  act('unfollow', (persona, body) => changeFollowing(official, persona, body, false));
  act('menu', (persona, body) => tapMenu(emulators, persona, body));
  router.on(
    'GET',
    `${prefix}/menu`,
    desk((exchange) => showMenu(emulators, exchange)),
  );
}

function changeFollowing(state: OfficialState, persona: Persona, body: Record<string, unknown>, follows: boolean): object {
  onlyFields(body, ['platform', 'scene']);
  if (body.platform !== 'wechat-official') throw new DeskProblem(400, 'INVALID_FIELD', 'platform 应为 wechat-official');
  const openid = officialOpenidOf(persona);
  const scene = typeof body.scene === 'string' ? body.scene : '';
  if (!(follows ? follow(state, openid, scene) : unfollow(state, openid)))
    throw new DeskProblem(409, follows ? 'ALREADY_FOLLOWING' : 'NOT_FOLLOWING', follows ? '已经关注了' : '还没有关注');
  return { follows };
}

/** By `key`, or by place: `index` is `[top]` or `[top, below]`. */
function tapMenu(emulators: Emulators, persona: Persona, body: Record<string, unknown>): object {
  onlyFields(body, ['platform', 'key', 'index']);
  const owner = ownerOf(emulators, persona, body.platform);
  const entry = entryOf(emulators.wechat.world.menus.of(body.platform === 'wecom' ? 'wecom' : 'wechat-official', owner.account), body);
  if (!entry) throw new DeskProblem(404, 'UNKNOWN_ENTRY', '菜单里没有这一项');
  owner.tap(entry);
  return { tapped: entry };
}

function ownerOf({ official, wecom }: Emulators, persona: Persona, platform: unknown): MenuOwner {
  if (platform === 'wechat-official') {
    const openid = followerOf(official, persona);
    return { account: official.world.accountName, tap: (entry) => tap(official, openid, entry) };
  }
  if (platform === 'wecom') {
    if (!persona.wecom) throw new DeskProblem(409, 'NO_CHAT', `${persona.name} 没有企业微信身份`);
    return { account: persona.wecom.corpId, tap: (entry) => tapWecomMenu(wecom, persona, entry) };
  }
  throw new DeskProblem(400, 'INVALID_FIELD', 'platform 应为 wechat-official 或 wecom');
}

/** `?platform=wechat-official`, or `wecom` with `corpId` (the city's corp unless given). */
function showMenu({ wechat }: Emulators, exchange: Exchange): object {
  const { world } = wechat;
  const platform = exchange.query.get('platform');
  if (platform === 'wechat-official') return { items: world.menus.of(platform, world.accountName) };
  if (platform === 'wecom') return { items: world.menus.of(platform, exchange.query.get('corpId') ?? world.accounts.wecom.corpId) };
  throw new DeskProblem(400, 'INVALID_FIELD', 'platform 应为 wechat-official 或 wecom');
}
