import type { Exchange, Handler, Router } from '../http/router';
import { refusal, scripted, success } from '../world/errcode';
import { asText, parseJson } from '../world/json-values';
import { type Answer, type CallKind, platformCall } from '../world/platform-call';
import type { Action } from '../world/request-log';
import { updateCard } from './card-updates';
import { isAnswer } from './corp-tokens';
import { addMsgTemplate, getGroupMsgSendResult, getGroupMsgTask } from './external-contacts';
import { createMenu, deleteMenu, getMenu } from './menu';
import { sayInGroup } from './robot';
import { sendMessage } from './send-message';
import { authorizePage, getUserInfo } from './sign-in';
import { type WecomState, wecomState } from './wecom-emulator';

/** What the emulator answers under `/wecom`; the adapter's base URL points there. */
export function wecomRoutes(router: Router, world: WecomState['world']): WecomState {
  const state = wecomState(world);
  const call = (action: Action, take: (exchange: Exchange) => Answer, isSend = false) =>
    platformCall(world, { platform: 'wecom', action, isSend, refuse: scripted } satisfies CallKind, take);
  router
    .on(
      'GET',
      '/wecom/cgi-bin/gettoken',
      call('wecom.token', (exchange) => getToken(state, exchange)),
    )
    .on(
      'POST',
      '/wecom/cgi-bin/corpgroup/corp/gettoken',
      call('wecom.token', (exchange) => getJoinedToken(state, exchange)),
    )
    .on(
      'POST',
      '/wecom/cgi-bin/message/send',
      call('wecom.send', (exchange) => sendMessage(state, exchange), true),
    )
    .on(
      'POST',
      '/wecom/cgi-bin/message/update_template_card',
      call('wecom.update', (exchange) => updateCard(state, exchange)),
    )
    .on(
      'POST',
      '/wecom/cgi-bin/message/recall',
      call('wecom.recall', (exchange) => recall(state, exchange)),
    )
    .on(
      'GET',
      '/wecom/cgi-bin/user/get',
      call('wecom.user', (exchange) => getUser(state, exchange)),
    );
  furtherRoutes(router, state, call);
  return state;
}

type Call = (action: Action, take: (exchange: Exchange) => Answer, isSend?: boolean) => Handler;

/** Conversation, sign-in, customers. */
function furtherRoutes(router: Router, state: WecomState, call: Call): void {
  const on = (
    method: string,
    path: string,
    action: Action,
    take: (state: WecomState, exchange: Exchange) => Answer,
    isSend = false,
  ): void => {
    router.on(
      method,
      `/wecom/cgi-bin/${path}`,
      call(action, (exchange) => take(state, exchange), isSend),
    );
  };
  on('POST', 'menu/create', 'wecom.menu', createMenu);
  on('GET', 'menu/get', 'wecom.menu', getMenu);
  on('GET', 'menu/delete', 'wecom.menu', deleteMenu);
  on('GET', 'auth/getuserinfo', 'wecom.login', getUserInfo);
  on('POST', 'webhook/send', 'wecom.robot', sayInGroup, true);
  on('POST', 'externalcontact/add_msg_template', 'wecom.contact', addMsgTemplate, true);
  on('POST', 'externalcontact/get_groupmsg_task', 'wecom.task', getGroupMsgTask);
  on('POST', 'externalcontact/get_groupmsg_send_result', 'wecom.task', getGroupMsgSendResult);
  router.on('GET', '/wecom/connect/oauth2/authorize', (exchange) => authorizePage(state, exchange));
}

const tokenBody = (grant: { token: string; expiresInSec: number }): object => ({
  access_token: grant.token,
  expires_in: grant.expiresInSec,
});

function getToken(state: WecomState, exchange: Exchange): Answer {
  const [corpId, secret] = [exchange.query.get('corpid'), exchange.query.get('corpsecret')];
  if (!corpId) return refusal(41002, 'corpid missing');
  if (!secret) return refusal(41004, 'corpsecret missing');
  const corp = state.corps.find((candidate) => candidate.corpId === corpId && candidate.secret === secret);
  if (!corp) return refusal(40001, '', { subject: corpId });
  const allowed = state.world.script.platforms.wecom.allowedIps;
  if (allowed && !allowed.includes(exchange.ip)) return refusal(60020, exchange.ip, { subject: corpId });
  return success(tokenBody(state.tokens.grant(corp)), { subject: corpId });
}

/** The token of a joined corp, asked for with the token of the city's corp. */
function getJoinedToken(state: WecomState, exchange: Exchange): Answer {
  const app = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(app)) return app;
  const body = parseJson(exchange.raw);
  const corp = state.world.accounts.wecom.linkedCorps.find((linked) => linked.corpId === body?.corpid && linked.agentId === body.agentid);
  if (!corp || app.corpId !== state.world.accounts.wecom.corpId) return refusal(60011, 'corpid', { subject: asText(body?.corpid) });
  return success(tokenBody(state.tokens.grant(corp)), { subject: corp.corpId });
}

function recall(state: WecomState, exchange: Exchange): Answer {
  const app = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(app)) return app;
  const messageId = asText(parseJson(exchange.raw)?.msgid);
  if (!messageId) return refusal(40058, 'msgid');
  const count = state.world.observation.recall('wecom', messageId);
  return count === 0 ? refusal(40058, 'msgid', { subject: messageId }) : success({}, { subject: messageId, count });
}

function getUser(state: WecomState, exchange: Exchange): Answer {
  const app = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(app)) return app;
  const userId = exchange.query.get('userid') ?? '';
  if (!state.world.people.memberExists(app.corpId, userId)) return refusal(60111, '', { subject: userId });
  const person = state.world.people.find(`wecom:${app.corpId}/${userId}`);
  return success({ userid: userId, name: person?.name ?? userId, status: 1 }, { subject: userId });
}
