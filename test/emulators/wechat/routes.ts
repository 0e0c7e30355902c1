import type { Exchange, Router } from '../http/router';
import { refusal, scripted, success } from '../world/errcode';
import { type Answer, type CallKind, platformCall } from '../world/platform-call';
import type { Action } from '../world/request-log';
import { codeImage } from './code-image';
import { checkContent } from './content-check';
import { checkSession, codeToSession, phoneNumber } from './login-endpoints';
import { enterSend, sendSubscribeMessage } from './subscribe-message';
import { plainToken, stableToken } from './token-endpoints';
import { type WechatState, wechatState } from './wechat-emulator';

/** What the emulator answers under `/wechat` for the mini-program, and the tokens of every app there. */
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
    .on(
      'GET',
      '/wechat/wxa/checksession',
      call('wechat.session', (exchange) => checkSession(state, exchange)),
    )
    .on(
      'POST',
      '/wechat/wxa/getwxacodeunlimit',
      call('wechat.code', (exchange) => codeImage(state, exchange)),
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
