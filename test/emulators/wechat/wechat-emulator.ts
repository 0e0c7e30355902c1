import type { World } from '../world/world';
import { AppTokens } from './app-tokens';
import { Codes } from './codes';
import { Credits } from './credits';

export interface WechatState {
  readonly world: World;
  readonly tokens: AppTokens;
  readonly credits: Credits;
  readonly loginCodes: Codes;
  readonly phoneCodes: Codes;
  /** People a send is under way to: a second one meanwhile is refused (43108). */
  readonly sendingTo: Set<string>;
  /** When each person last opened the mini-program: the content check wants it inside two hours. */
  readonly openedAtMs: Map<string, number>;
  /** Login calls a minute per person. */
  readonly logins: Map<string, number[]>;
}

export function wechatState(world: World): WechatState {
  const state: WechatState = {
    world,
    tokens: new AppTokens(world),
    credits: new Credits(),
    loginCodes: new Codes(world),
    phoneCodes: new Codes(world),
    sendingTo: new Set(),
    openedAtMs: new Map(),
    logins: new Map(),
  };
  world.whenReset(() => {
    for (const part of [state.credits, state.loginCodes, state.phoneCodes, state.openedAtMs, state.logins]) part.clear();
  });
  return state;
}

export const templateOf = (state: WechatState, templateId: string) =>
  state.world.accounts.wechatMini.templates.find((template) => template.id === templateId);
