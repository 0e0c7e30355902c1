import { createHmac, randomBytes } from 'node:crypto';
import type { Exchange } from '../http/router';
import { refusal, success } from '../world/errcode';
import { asText, parseJson } from '../world/json-values';
import type { Answer } from '../world/platform-call';
import { appOf, bare, isAnswer } from './app-access';
import type { WechatState } from './wechat-emulator';

const LOGINS_PER_MINUTE = 100;

/** `GET /sns/jscode2session`: no access token, and no allow-list of addresses. */
export function codeToSession(state: WechatState, exchange: Exchange): Answer {
  const [appId = '', secret = '', code = ''] = ['appid', 'secret', 'js_code'].map((name) => exchange.query.get(name) ?? '');
  const app = appOf(state.world, [state.apps[0]], appId, secret);
  if (isAnswer(app)) return app;
  if (!code) return refusal(41008);
  if (exchange.query.get('grant_type') !== 'authorization_code') return refusal(40002);
  const used = state.loginCodes.use(code);
  if (used === 'unknown') return refusal(40029);
  if (used === 'used') return refusal(40163);
  const openid = used.subject;
  const nowMs = state.world.clock.ms();
  const recent = (state.logins.get(openid) ?? []).filter((at) => at > nowMs - 60_000);
  state.logins.set(openid, [...recent, nowMs]);
  if (recent.length >= LOGINS_PER_MINUTE) return refusal(45011, '', { subject: openid });
  state.openedAtMs.set(openid, nowMs);
  const sessionKey = randomBytes(16).toString('base64');
  state.sessionKeys.set(openid, sessionKey);
  return bare({ openid, session_key: sessionKey, unionid: state.world.people.unionidOf(openid) }, openid);
}

/** `GET /wxa/checksession`: the newest session key of a person signs the empty text. */
export function checkSession(state: WechatState, exchange: Exchange): Answer {
  const { query } = exchange;
  const denied = state.tokens.check(query.get('access_token'));
  if (denied) return denied;
  const openid = query.get('openid') ?? '';
  const key = state.sessionKeys.get(openid);
  if (query.get('sig_method') !== 'hmac_sha256') return refusal(40035, 'sig_method', { subject: openid });
  const signature = key && createHmac('sha256', Buffer.from(key, 'base64')).update('').digest('hex');
  return signature === query.get('signature') ? success({}, { subject: openid }) : refusal(87009, '', { subject: openid });
}

/** `POST /wxa/business/getuserphonenumber` */
export function phoneNumber(state: WechatState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const code = asText(parseJson(exchange.raw)?.code);
  const used = state.phoneCodes.use(code);
  if (used === 'unknown' || used === 'used') return refusal(40029);
  const watermark = { timestamp: state.world.clock.sec(), appid: state.world.accounts.wechatMini.appId };
  const phone_info = { phoneNumber: used.subject, purePhoneNumber: used.subject, countryCode: '86', watermark };
  return success({ phone_info });
}
