import type { Exchange } from '../http/router';
import { refusal, success } from '../world/errcode';
import { parseJson } from '../world/json-values';
import { type MenuEntry, type MenuRules, parseMenu } from '../world/menus';
import { chatKeysOf, type Persona } from '../world/people';
import type { Answer } from '../world/platform-call';
import type { WecomCorp } from '../world/world';
import { tellWecomTap } from './chat-events';
import { isAnswer } from './corp-tokens';
import type { WecomState } from './wecom-emulator';

/** @see https://developer.work.weixin.qq.com/document/path/90231 (read 2026-11) */
const rules: MenuRules = {
  topBytes: 16,
  belowBytes: 40,
  types: { click: 'click', view: 'view', view_miniprogram: 'miniprogram' },
  codes: {
    shape: 40058,
    count: 40016,
    label: 40018,
    belowCount: 40023,
    belowLabel: 40025,
    type: 40017,
    key: 40019,
    url: 40020,
    page: 40020,
  },
};

/** A corp's menu is kept under its corp id: every corp has one app here. */
export function createMenu(state: WecomState, exchange: Exchange): Answer {
  const app = appOf(state, exchange);
  if (isAnswer(app)) return app;
  const button = parseJson(exchange.raw)?.button;
  const entries = parseMenu(button, rules);
  if (typeof entries === 'number') return refusal(entries, 'button');
  state.world.menus.set('wecom', app.corpId, entries, button);
  return success({}, { subject: app.corpId, count: entries.length });
}

export function getMenu(state: WecomState, exchange: Exchange): Answer {
  const app = appOf(state, exchange);
  if (isAnswer(app)) return app;
  const button = state.world.menus.buttonOf('wecom', app.corpId);
  return button === undefined ? refusal(46003, '', { subject: app.corpId }) : success({ button }, { subject: app.corpId });
}

export function deleteMenu(state: WecomState, exchange: Exchange): Answer {
  const app = appOf(state, exchange);
  if (isAnswer(app)) return app;
  state.world.menus.remove('wecom', app.corpId);
  return success({}, { subject: app.corpId });
}

function appOf(state: WecomState, exchange: Exchange): WecomCorp | Answer {
  const app = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(app)) return app;
  const agentId = exchange.query.get('agentid');
  if (!agentId) return refusal(41011);
  return agentId === String(app.agentId) ? app : refusal(40056);
}

/** A tap on an entry that calls the server: a `click` by its key, a `view` by its address. The chat shows what was tapped. */
export function tapWecomMenu(state: WecomState, persona: Persona, entry: MenuEntry): void {
  const key = chatKeysOf(persona).wecom;
  if (key) state.world.observation.addOwn(key, `〔菜单〕${entry.label}`);
  if (entry.type === 'click' || entry.type === 'view') tellWecomTap(state, persona, entry.type, entry.key ?? entry.url ?? '');
}
