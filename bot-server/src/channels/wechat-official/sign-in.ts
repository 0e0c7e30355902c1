import { DomainError } from '@suiban/shared/errors';
import type { WechatOfficialAccount } from '../../config/accounts';
import { codeOf } from '../errcode-answer';
import type { WechatClient } from '../wechat-client';

/**
 * Where WeChat's browser is sent: silently, for nothing but the openid is asked for.
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html (read 2026-11)
 */
export function authorizeUrl(account: WechatOfficialAccount, redirectUri: string, state: string): string {
  const query = new URLSearchParams({
    appid: account.appId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
  });
  return `${account.authorizeUrl}?${query}#wechat_redirect`;
}

/**
 * Who is behind an OAuth code, good once for five minutes. The silent scope tells no unionid; of a follower the account may ask it.
 * @throws DomainError identity:platform-code-refused, kernel:upstream
 */
export async function signIn(client: WechatClient, code: string): Promise<{ subject: string; unionId?: string }> {
  const answer = await client.exchange('/sns/oauth2/access_token', { code, grant_type: 'authorization_code' });
  if (answer.kind !== 'answer' || answer.status !== 200) throw new DomainError('kernel:upstream');
  const { openid, unionid } = answer.body;
  if (typeof openid === 'string' && openid !== '') {
    const unionId = typeof unionid === 'string' && unionid !== '' ? unionid : await unionIdOf(client, openid);
    return { subject: openid, ...(unionId === undefined ? {} : { unionId }) };
  }
  // 40029 bad, 40163 used: signing in again is the way on.
  if (['40029', '40163'].includes(codeOf(answer.body))) {
    throw new DomainError('identity:platform-code-refused', '微信登录没有完成，请重新登录');
  }
  throw new DomainError('kernel:upstream');
}

/** undefined: no follower, no open-platform account, or no answer: the person signs in all the same. */
async function unionIdOf(client: WechatClient, openid: string): Promise<string | undefined> {
  const answer = await client.call({ path: '/cgi-bin/user/info', query: { openid, lang: 'zh_CN' } });
  const unionid = answer.kind === 'answer' ? answer.body.unionid : undefined;
  return typeof unionid === 'string' && unionid !== '' ? unionid : undefined;
}
