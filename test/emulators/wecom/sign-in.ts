import type { Exchange, Reply } from '../http/router';
import { refusal, success } from '../world/errcode';
import type { Answer } from '../world/platform-call';
import { isAnswer } from './corp-tokens';
import type { WecomState } from './wecom-emulator';

/** `GET /cgi-bin/auth/getuserinfo`: who is behind a code. */
export function getUserInfo(state: WecomState, exchange: Exchange): Answer {
  const app = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(app)) return app;
  const code = exchange.query.get('code');
  if (!code) return refusal(41008);
  const userId = state.loginCodes.use(app.corpId, code);
  return userId === undefined ? refusal(40029) : success({ userid: userId, user_ticket: '' }, { subject: userId });
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/**
 * The page a browser inside WeCom is sent to. The real one knows who is looking and goes straight back; here `persona` says so, else
 * the page asks.
 */
export function authorizePage(state: WecomState, exchange: Exchange): Reply {
  const { query } = exchange;
  const corp = state.corps.find(({ corpId }) => corpId === query.get('appid'));
  const redirect = query.get('redirect_uri') ?? '';
  if (!corp || !/^https?:\/\//.test(redirect) || query.get('response_type') !== 'code') {
    return { status: 400, headers: HTML, body: page('参数不对', '<p>appid、redirect_uri 或 response_type 不对</p>') };
  }
  const persona = query.get('persona');
  if (persona !== null) {
    const member = state.world.people.find(persona)?.wecom;
    if (member?.corpId !== corp.corpId) return { status: 400, headers: HTML, body: page('不是成员', '<p>此人不是这家企业的成员</p>') };
    const back = new URL(redirect);
    back.searchParams.set('code', state.loginCodes.issue(corp.corpId, member.userId));
    back.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, headers: { location: back.href }, body: null };
  }
  const links = state.world.people.membersOf(corp.corpId).map((userId) => {
    const address = `wecom:${corp.corpId}/${userId}`;
    const target = new URLSearchParams(query);
    target.set('persona', address);
    return `<li><a href="?${escaped(target.toString())}">${escaped(state.world.people.find(address)?.name ?? userId)}（${escaped(userId)}）</a></li>`;
  });
  return { status: 200, headers: HTML, body: page('以谁的身份登录', `<ul>${links.join('')}</ul>`) };
}

const page = (title: string, body: string): string =>
  `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1>${body}</html>`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
