import type { Exchange } from '../http/router';
import { refusal } from '../world/errcode';
import { asText, parseJson } from '../world/json-values';
import type { Answer } from '../world/platform-call';
import { appOf, bare, isAnswer } from './app-access';
import type { WechatState } from './wechat-emulator';

/** `GET /cgi-bin/token` */
export function plainToken(state: WechatState, exchange: Exchange): Answer {
  const { query } = exchange;
  if (query.get('grant_type') !== 'client_credential') return refusal(40002);
  const app = appOf(state.world, state.apps, query.get('appid') ?? '', query.get('secret') ?? '', exchange.ip);
  return isAnswer(app) ? app : bare({ access_token: app.tokens.fetchPlain().token, expires_in: 7200 });
}

/** `POST /cgi-bin/stable_token` */
export function stableToken(state: WechatState, exchange: Exchange): Answer {
  const body = parseJson(exchange.raw);
  if (!body) return refusal(47001);
  if (body.grant_type !== 'client_credential') return refusal(40002);
  const app = appOf(state.world, state.apps, asText(body.appid), asText(body.secret), exchange.ip);
  if (isAnswer(app)) return app;
  const grant = app.tokens.fetchStable(body.force_refresh === true);
  if (isAnswer(grant)) return grant;
  return bare({ access_token: grant.token, expires_in: Math.ceil((grant.expiresAtMs - state.world.clock.ms()) / 1000) });
}
