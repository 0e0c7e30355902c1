import { refusal } from '../world/errcode';
import type { Platform } from '../world/observation';
import type { Answer } from '../world/platform-call';
import type { World } from '../world/world';
import type { AppTokens } from './app-tokens';

/** An account at api.weixin.qq.com: the mini-program, the Official Account. A token of one is none of the other's. */
export interface WechatApp {
  readonly platform: Platform;
  readonly appId: string;
  readonly secret: string;
  readonly tokens: AppTokens;
}

/** The app that asks with its secret, or why not. `ip` empty: the address is not asked for at this endpoint. */
export function appOf(world: World, apps: readonly WechatApp[], appId: string, secret: string, ip = ''): WechatApp | Answer {
  if (!appId) return refusal(41002);
  if (!secret) return refusal(41004);
  const app = apps.find((candidate) => candidate.appId === appId);
  if (!app) return refusal(40013, '', { subject: appId });
  if (secret !== app.secret) return refusal(40125);
  const allowed = world.script.platforms[app.platform].allowedIps;
  return ip !== '' && allowed && !allowed.includes(ip) ? refusal(40164, ip) : app;
}

export const isAnswer = (value: object): value is Answer => 'isRefusal' in value;

/** Success without errcode, as login and token endpoints answer. */
export const bare = (body: object, subject = ''): Answer => ({ body, code: '0', isRefusal: false, subject });
