import { randomBytes } from 'node:crypto';
import { canaries } from '../../support/canaries';
import type { Exchange, Reply } from '../http/router';
import { appOf, bare, isAnswer, type WechatApp } from '../wechat/app-access';
import { refusal } from '../world/errcode';
import type { Persona } from '../world/people';
import type { Answer } from '../world/platform-call';
import { isFollower, type OfficialState } from './official-emulator';

const SCOPES = ['snsapi_base', 'snsapi_userinfo'];

/**
 * `GET /connect/oauth2/authorize`: the page WeChat's browser is sent to. In the sandbox `persona` says whose WeChat it is; without
 * it there is a page to choose, for no real page tells people apart by a parameter.
 */
export function authorize(state: OfficialState, exchange: Exchange): Reply {
  const { query } = exchange;
  const [appId, redirectUri, scope] = [query.get('appid'), query.get('redirect_uri') ?? '', query.get('scope') ?? ''];
  if (appId !== state.world.accounts.wechatOfficial.appId) return page(400, 'appid 参数错误');
  if (!/^https?:\/\//.test(redirectUri) || !URL.canParse(redirectUri)) return page(400, 'redirect_uri 参数错误');
  if (query.get('response_type') !== 'code') return page(400, 'response_type 参数错误');
  if (!SCOPES.includes(scope)) return page(400, 'scope 参数错误或没有 scope 权限');
  const persona = chosen(state, query.get('persona'));
  if (!persona?.officialOpenid) return choicePage(state, query);
  const target = new URL(redirectUri);
  target.searchParams.set('code', state.oauthCodes.issue(`${scope} ${persona.officialOpenid}`));
  target.searchParams.set('state', query.get('state') ?? '');
  return { status: 302, body: '', headers: { location: target.href } };
}

const withWechat = (state: OfficialState): Persona[] => state.world.people.search('', 200).filter(({ officialOpenid }) => officialOpenid);

function chosen(state: OfficialState, id: string | null): Persona | undefined {
  if (id) return state.world.people.find(id);
  const [only, ...more] = withWechat(state);
  return more.length === 0 ? only : undefined;
}

function choicePage(state: OfficialState, query: URLSearchParams): Reply {
  const links = withWechat(state).map((persona) => {
    const more = new URLSearchParams(query);
    more.set('persona', persona.id);
    return `<li><a href="?${escaped(more.toString())}">${escaped(persona.name)}</a> ${escaped(persona.firm)}</li>`;
  });
  return page(200, `<h1>以谁的微信登录</h1><ul>${links.join('')}</ul>`);
}

const page = (status: number, inner: string): Reply => ({
  status,
  body: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>微信登录（模拟）</title><body>${inner}</body></html>`,
  headers: { 'content-type': 'text/html; charset=utf-8' },
});

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** `GET /sns/oauth2/access_token`: the unionid comes with `snsapi_userinfo` alone. */
export function codeToOpenid(state: OfficialState, app: WechatApp, exchange: Exchange): Answer {
  const [appId = '', secret = '', code = ''] = ['appid', 'secret', 'code'].map((name) => exchange.query.get(name) ?? '');
  const asking = appOf(state.world, [app], appId, secret);
  if (isAnswer(asking)) return asking;
  if (!code) return refusal(41008);
  if (exchange.query.get('grant_type') !== 'authorization_code') return refusal(40002);
  const used = state.oauthCodes.use(code);
  if (used === 'unknown') return refusal(40029);
  if (used === 'used') return refusal(40163);
  const [scope = '', openid = ''] = used.subject.split(' ');
  const tokens = {
    access_token: `${canaries.token}${randomBytes(48).toString('base64url')}`,
    expires_in: 7200,
    refresh_token: `${canaries.token}${randomBytes(48).toString('base64url')}`,
  };
  const unionid = scope === 'snsapi_userinfo' ? { unionid: state.world.people.unionidOf(openid) } : {};
  return bare({ ...tokens, openid, scope, ...unionid }, openid);
}

/** `GET /cgi-bin/user/info`: of somebody who does not follow, hardly anything is told. */
export function userInfo(state: OfficialState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const openid = exchange.query.get('openid') ?? '';
  if (!state.world.people.officialOpenidExists(openid)) return refusal(40003, '', { subject: openid });
  if (!isFollower(state, openid)) return bare({ subscribe: 0, openid }, openid);
  const unionid = state.world.people.unionidOf(openid);
  return bare({ subscribe: 1, openid, language: 'zh_CN', unionid, remark: '', groupid: 0, tagid_list: [] }, openid);
}
