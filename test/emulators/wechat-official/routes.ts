import type { Exchange, Router } from '../http/router';
import type { WechatState } from '../wechat/wechat-emulator';
import { scripted } from '../world/errcode';
import { type Answer, type CallKind, platformCall } from '../world/platform-call';
import type { Action } from '../world/request-log';
import { sendCityNotice } from './city-notice';
import { sendCustomerMessage } from './customer-message';
import { enterMassSend, findMassMessage, sendMassMessage, sendMassToList } from './mass-send';
import { createMenu, deleteMenu, getMenu } from './menu';
import { type OfficialState, officialState } from './official-emulator';
import { findPublication, submitPublication } from './publish';
import { listTemplates, sendTemplateMessage } from './template-message';
import { authorize, codeToOpenid, userInfo } from './web-login';

/** What the emulator answers under `/wechat` for the Official Account; tokens come from the endpoints of the mini-program's side. */
export function officialRoutes(router: Router, wechat: WechatState): OfficialState {
  const { world } = wechat;
  const state = officialState(world);
  const { appId, secret } = world.accounts.wechatOfficial;
  const app = { platform: 'wechat-official', appId, secret, tokens: state.tokens } as const;
  wechat.apps.push(app);
  const on = (
    method: 'GET' | 'POST',
    path: string,
    action: Action,
    take: (state: OfficialState, exchange: Exchange) => Answer,
    more: Partial<CallKind> = {},
  ): void => {
    const kind = { platform: 'wechat-official', action, isSend: false, refuse: scripted, ...more } as const;
    router.on(
      method,
      `/wechat${path}`,
      platformCall(world, kind, (exchange) => take(state, exchange)),
    );
  };
  on('POST', '/cgi-bin/message/template/send', 'official.send', sendTemplateMessage, { isSend: true });
  on('POST', '/cgi-bin/message/custom/send', 'official.say', sendCustomerMessage, { isSend: true });
  const massSend = { isSend: true, enter: (exchange: Exchange) => enterMassSend(state, exchange) };
  on('POST', '/cgi-bin/message/mass/sendall', 'official.mass', sendMassMessage, massSend);
  on('POST', '/cgi-bin/message/mass/send', 'official.mass', sendMassToList, massSend);
  on('POST', '/cgi-bin/message/mass/get', 'official.mass', findMassMessage);
  on('POST', '/cgi-bin/freepublish/submit', 'official.publish', submitPublication, { isSend: true });
  on('POST', '/cgi-bin/freepublish/get', 'official.publish', findPublication);
  on('POST', '/cityservice/sendmsgdata', 'official.city', sendCityNotice, { isSend: true });
  on('GET', '/cgi-bin/template/get_all_private_template', 'official.templates', listTemplates);
  on('POST', '/cgi-bin/menu/create', 'official.menu', createMenu);
  on('GET', '/cgi-bin/menu/get', 'official.menu', getMenu);
  on('GET', '/cgi-bin/menu/delete', 'official.menu', deleteMenu);
  on('GET', '/cgi-bin/user/info', 'official.user', userInfo);
  on('GET', '/sns/oauth2/access_token', 'official.login', (_state, exchange) => codeToOpenid(state, app, exchange));
  router.on('GET', '/wechat/connect/oauth2/authorize', (exchange) => authorize(state, exchange));
  return state;
}
