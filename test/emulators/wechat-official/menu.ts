import type { Exchange } from '../http/router';
import { refusal, success } from '../world/errcode';
import { parseJson } from '../world/json-values';
import { type MenuRules, parseMenu } from '../world/menus';
import type { Answer } from '../world/platform-call';
import type { OfficialState } from './official-emulator';

const RULES: MenuRules = {
  topBytes: 16,
  belowBytes: 60,
  types: { click: 'click', view: 'view', miniprogram: 'miniprogram' },
  codes: {
    shape: 47001,
    count: 40016,
    label: 40018,
    belowCount: 40023,
    belowLabel: 40025,
    type: 40017,
    key: 40019,
    url: 40020,
    page: 40165,
  },
};

/** `POST /cgi-bin/menu/create` replaces the menu. */
export function createMenu(state: OfficialState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const button = parseJson(exchange.raw)?.button;
  const entries = parseMenu(button, RULES);
  if (typeof entries === 'number') return refusal(entries);
  state.world.menus.set('wechat-official', state.world.accountName, entries, button);
  state.world.observation.touched();
  return success({});
}

/** `GET /cgi-bin/menu/get` */
export function getMenu(state: OfficialState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const button = state.world.menus.buttonOf('wechat-official', state.world.accountName);
  return button === undefined ? refusal(46003) : { ...success({}), body: { menu: { button } } };
}

/** `GET /cgi-bin/menu/delete` */
export function deleteMenu(state: OfficialState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  state.world.menus.remove('wechat-official', state.world.accountName);
  return success({});
}
