import { DomainError } from '@suiban/shared/errors';
import { codeOf } from '../errcode-answer';
import type { WecomApp, WecomClient } from './client';

/** 40029: bad, used or outlived, and what a code of another corp gets. */
const badCode = '40029';

/**
 * Who is behind an OAuth code. It does not say whose corp's: `<corpId>:<code>` asks that corp's app, a bare code the own one and then
 * the joined ones; one that cannot answer keeps nobody else from it. Only members sign in so: a visitor from outside has no userid.
 * @see https://developer.work.weixin.qq.com/document/path/91023 (read 2026-11)
 * @throws DomainError kernel:not-signed-in, kernel:upstream
 */
export async function signIn(client: WecomClient, apps: readonly WecomApp[], code: string): Promise<{ subject: string; corpId: string }> {
  const named = apps.find(({ corpId }) => code.startsWith(`${corpId}:`));
  const bare = named ? code.slice(named.corpId.length + 1) : code;
  let isAnswered = true;
  for (const app of named ? [named] : apps) {
    const answer = await client.call(app, { path: '/cgi-bin/auth/getuserinfo', query: { code: bare } });
    const errcode = answer.kind === 'answer' && answer.status === 200 ? codeOf(answer.body) : undefined;
    if (answer.kind === 'answer' && errcode === '0') return memberOf(answer.body, app.corpId);
    if (errcode !== badCode) isAnswered = false;
  }
  throw isAnswered ? new DomainError('kernel:not-signed-in', '企业微信登录没有完成，请重新登录') : new DomainError('kernel:upstream');
}

function memberOf({ userid }: Readonly<Record<string, unknown>>, corpId: string): { subject: string; corpId: string } {
  if (typeof userid === 'string' && userid !== '') return { subject: userid, corpId };
  throw new DomainError('kernel:not-signed-in', '只有企业微信的成员可以这样登录');
}

/** Where a browser inside WeCom is sent to sign in: it comes back with `code` and `state`. */
export function authorizeUrl(page: string, app: WecomApp, redirectUri: string, state: string): string {
  const query = new URLSearchParams({
    appid: app.corpId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: String(app.agentId),
  });
  return `${page}?${query}#wechat_redirect`;
}
