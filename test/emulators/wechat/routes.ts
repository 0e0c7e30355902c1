import { createHash, randomBytes } from 'node:crypto';
import type { Exchange, Router } from '../http/router';
import { asText, parseJson, refusal, scripted, success } from '../world/errcode';
import { type Answer, type CallKind, platformCall } from '../world/platform-call';
import type { Action } from '../world/request-log';
import { checkContent } from './content-check';
import { enterSend, sendSubscribeMessage } from './subscribe-message';
import { type WechatState, wechatState } from './wechat-emulator';

const LOGINS_PER_MINUTE = 100;

/** What the emulator answers under `/wechat`. */
export function wechatRoutes(router: Router, world: WechatState['world']): WechatState {
  const state = wechatState(world);
  const call = (action: Action, take: (exchange: Exchange) => Answer, more: Partial<CallKind> = {}) =>
    platformCall(world, { platform: 'wechat', action, isSend: false, refuse: scripted, ...more }, take);
  const send = call('wechat.send', (exchange) => sendSubscribeMessage(state, exchange), {
    isSend: true,
    enter: (exchange) => enterSend(state, exchange),
  });
  router
    .on(
      'GET',
      '/wechat/sns/jscode2session',
      call('wechat.login', (exchange) => codeToSession(state, exchange)),
    )
    .on(
      'GET',
      '/wechat/cgi-bin/token',
      call('wechat.token', (exchange) => plainToken(state, exchange)),
    )
    .on(
      'POST',
      '/wechat/cgi-bin/stable_token',
      call('wechat.token', (exchange) => stableToken(state, exchange)),
    )
    .on(
      'GET',
      '/wechat/cgi-bin/stable_token',
      call('wechat.token', () => refusal(43002)),
    )
    .on(
      'POST',
      '/wechat/wxa/business/getuserphonenumber',
      call('wechat.phone', (exchange) => phoneNumber(state, exchange)),
    )
    .on('POST', '/wechat/cgi-bin/message/subscribe/send', send)
    .on(
      'POST',
      '/wechat/wxa/msg_sec_check',
      call('wechat.check', (exchange) => checkContent(state, exchange)),
    )
    .on(
      'GET',
      '/wechat/wxaapi/newtmpl/gettemplate',
      call('wechat.templates', (exchange) => listTemplates(state, exchange)),
    );
  return state;
}

function checkApp(state: WechatState, appId: string, secret: string, ip: string): Answer | null {
  const { wechatMini } = state.world.accounts;
  if (!appId) return refusal(41002);
  if (!secret) return refusal(41004);
  if (appId !== wechatMini.appId) return refusal(40013, '', { subject: appId });
  if (secret !== wechatMini.secret) return refusal(40125);
  const allowed = state.world.script.platforms.wechat.allowedIps;
  return allowed && !allowed.includes(ip) ? refusal(40164, ip) : null;
}

/** Success carries no errcode. */
const bare = (body: object, subject = ''): Answer => ({ body, code: '0', isRefusal: false, subject });

function codeToSession(state: WechatState, exchange: Exchange): Answer {
  const [appId = '', secret = '', code = ''] = ['appid', 'secret', 'js_code'].map((name) => exchange.query.get(name) ?? '');
  const denied = checkApp(state, appId, secret, '');
  if (denied && denied.code !== '40164') return denied;
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
  const unionid = `u${createHash('sha256').update(openid).digest('base64url').slice(0, 27)}`;
  return bare({ openid, session_key: randomBytes(16).toString('base64'), unionid }, openid);
}

function plainToken(state: WechatState, exchange: Exchange): Answer {
  const { query } = exchange;
  if (query.get('grant_type') !== 'client_credential') return refusal(40002);
  const denied = checkApp(state, query.get('appid') ?? '', query.get('secret') ?? '', exchange.ip);
  if (denied) return denied;
  return bare({ access_token: state.tokens.fetchPlain().token, expires_in: 7200 });
}

function stableToken(state: WechatState, exchange: Exchange): Answer {
  const body = parseJson(exchange.raw);
  if (!body) return refusal(47001);
  if (body.grant_type !== 'client_credential') return refusal(40002);
  const denied = checkApp(state, asText(body.appid), asText(body.secret), exchange.ip);
  if (denied) return denied;
  const grant = state.tokens.fetchStable(body.force_refresh === true);
  if ('isRefusal' in grant) return grant;
  return bare({ access_token: grant.token, expires_in: Math.ceil((grant.expiresAtMs - state.world.clock.ms()) / 1000) });
}

function phoneNumber(state: WechatState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const code = asText(parseJson(exchange.raw)?.code);
  const used = state.phoneCodes.use(code);
  if (used === 'unknown' || used === 'used') return refusal(40029);
  const watermark = { timestamp: state.world.clock.sec(), appid: state.world.accounts.wechatMini.appId };
  const phone_info = { phoneNumber: used.subject, purePhoneNumber: used.subject, countryCode: '86', watermark };
  return success({ phone_info });
}

function listTemplates(state: WechatState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const data = state.world.accounts.wechatMini.templates.map((template) => ({
    priTmplId: template.id,
    title: template.title,
    content: template.keywords.map(({ key, name }) => `${name}:{{${key}.DATA}}`).join('\n'),
    example: template.keywords.map(({ name }) => `${name}:`).join('\n'),
    type: template.type,
    keywordEnumValueList: [],
  }));
  return success({ data });
}
