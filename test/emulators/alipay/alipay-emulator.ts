import type { KeyObject } from 'node:crypto';
import { alipayAppPublicKey, alipayPlatformPrivateKey } from '../keys/platform-keys';
import { Codes } from '../wechat/codes';
import { Credits } from '../wechat/credits';
import type { World } from '../world/world';
import { privateKeyOf, publicKeyOf } from './signing';
import type { Trade } from './trade';

export interface AlipayState {
  readonly world: World;
  /** Verifies requests of the app. */
  readonly appKey: KeyObject;
  /** Signs answers and notices. */
  readonly platformKey: KeyObject;
  readonly authCodes: Codes;
  /** Refresh token → open id. */
  readonly refreshTokens: Map<string, string>;
  /** Consent per person and template. */
  readonly subscriptions: Credits;
  /** By `out_trade_no`. */
  readonly trades: Map<string, Trade>;
  /** Code images by id: what stands in them. */
  readonly codes: Map<string, string>;
}

export function alipayState(world: World): AlipayState {
  const state: AlipayState = {
    world,
    appKey: publicKeyOf(alipayAppPublicKey),
    platformKey: privateKeyOf(alipayPlatformPrivateKey),
    authCodes: new Codes(world),
    refreshTokens: new Map(),
    subscriptions: new Credits(),
    trades: new Map(),
    codes: new Map(),
  };
  world.whenReset(() => {
    for (const part of [state.authCodes, state.refreshTokens, state.subscriptions, state.trades]) part.clear();
  });
  return state;
}

export const alipayTemplateOf = (state: AlipayState, templateId: string) =>
  state.world.accounts.alipay.templates.find((template) => template.id === templateId);

/** `yyyy-MM-dd HH:mm:ss` of Beijing, as every time on this platform. */
export const beijingTime = (atMs: number): string => new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
