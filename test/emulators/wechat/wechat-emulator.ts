import type { World } from '../world/world';
import type { WechatApp } from './app-access';
import { AppTokens } from './app-tokens';
import { Codes } from './codes';
import { Credits } from './credits';

export interface WechatState {
  readonly world: World;
  /** Who may ask for tokens: the mini-program first. */
  readonly apps: [WechatApp, ...WechatApp[]];
  /** Of the mini-program. */
  readonly tokens: AppTokens;
  readonly credits: Credits;
  readonly loginCodes: Codes;
  readonly phoneCodes: Codes;
  /** People a send is under way to: a second one meanwhile is refused (43108). */
  readonly sendingTo: Set<string>;
  /** When each person last opened the mini-program: the content check wants it inside two hours. */
  readonly openedAtMs: Map<string, number>;
  /** Newest session key of each person. */
  readonly sessionKeys: Map<string, string>;
  /** Login calls a minute per person. */
  readonly logins: Map<string, number[]>;
}

export function wechatState(world: World): WechatState {
  const tokens = new AppTokens(world);
  const { appId, secret } = world.accounts.wechatMini;
  const state: WechatState = {
    world,
    apps: [{ platform: 'wechat', appId, secret, tokens }],
    tokens,
    credits: new Credits(),
    loginCodes: new Codes(world),
    phoneCodes: new Codes(world),
    sendingTo: new Set(),
    openedAtMs: new Map(),
    sessionKeys: new Map(),
    logins: new Map(),
  };
  world.whenReset(() => {
    for (const part of [state.credits, state.loginCodes, state.phoneCodes, state.openedAtMs, state.sessionKeys, state.logins]) part.clear();
  });
  return state;
}

export const templateOf = (state: WechatState, templateId: string) =>
  state.world.accounts.wechatMini.templates.find((template) => template.id === templateId);
