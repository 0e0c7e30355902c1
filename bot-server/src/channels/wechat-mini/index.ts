import { DomainError } from '@suiban/shared/errors';
import type { Clock } from '@suiban/shared/time';
import type { WechatMiniAccount } from '../../config/config';
import type { Outbound } from '../../kernel/outbound/outbound';
import type { AccessTokens } from '../access-tokens';
import type { Channel, ChannelLimits, MessageTemplate, Recipient, SendResult } from '../channel';
import { allRefused, allUnknown, type PlatformAnswer } from '../platform-answer';
import { PlatformError } from '../platform-error';
import { check } from './check';
import { codeOf, type MiniClient, miniClient } from './client';
import { decode } from './decode';
import { encodeCall } from './encode';
import { explain, noCreditCode } from './errors';
import { fieldRuleOf, wechatMiniLimits } from './limits';
import { verify } from './verify';

/** WeChat mini-program: subscription messages, one credit each for one-time templates. It recognises no repeat: nothing is sent twice. */
export function wechatMiniChannel(
  account: WechatMiniAccount,
  deps: { outbound: Outbound; tokens: AccessTokens; clock: Clock },
  options: { name?: string; limits?: Partial<ChannelLimits> } = {},
): Channel {
  const client = miniClient(account, deps.outbound.platform(account.baseUrl), deps.tokens);
  const verified = verify({ token: account.callbackToken, encodingAesKey: account.encodingAesKey, appId: account.appId }, deps.clock);
  return {
    kind: 'wechat-mini',
    account: options.name ?? 'default',
    limits: { ...wechatMiniLimits, ...options.limits },
    receipts: true,
    dedupe: 'none',
    usesCredits: true,
    noCreditCode,
    check,
    explain,
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall(call, signal) {
      if (call.recipients[0]?.address.type !== 'openid') return allRefused(call.recipients, { class: 'permanent', code: '40003' });
      const answer = await client.call({ method: 'POST', path: '/cgi-bin/message/subscribe/send', body: encodeCall(call), signal });
      return resultsOf(call.recipients, answer);
    },
    async receive(push) {
      const message = verified(push);
      return push.method === 'GET' ? { kind: 'echo', answer: message.text } : decode(message);
    },
    templates: () => listTemplates(client),
    signIn: (code) => signIn(client, code),
  };
}

function resultsOf(recipients: readonly Recipient[], answer: PlatformAnswer): readonly SendResult[] {
  if (answer.kind === 'not-sent') return allRefused(recipients, { class: 'transient', code: answer.code });
  if (answer.kind === 'unclear') return allUnknown(recipients, answer.code);
  if (answer.status !== 200)
    return allRefused(recipients, { class: answer.status === 429 ? 'quota' : 'auth', code: `http-${answer.status}` });
  const code = codeOf(answer.body);
  if (code === '0') {
    const id = answer.body.msgid;
    const platformId = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
    return recipients.map(({ ref }) => ({ ref, outcome: 'accepted', platformId }));
  }
  const known = explain(code).class;
  if (known === 'unknown') return allUnknown(recipients, code);
  return allRefused(recipients, { class: known, code, ...(known === 'quota' ? { retryAfterMs: 60_000 } : {}) });
}

async function listTemplates(client: MiniClient): Promise<readonly MessageTemplate[]> {
  const answer = await client.call({ method: 'GET', path: '/wxaapi/newtmpl/gettemplate' });
  if (answer.kind !== 'answer') throw new PlatformError('wechat-mini', answer.code, 'transient');
  const code = codeOf(answer.body);
  if (code !== '0') throw new PlatformError('wechat-mini', code, explain(code).class);
  const list = Array.isArray(answer.body.data) ? (answer.body.data as Record<string, unknown>[]) : [];
  return list.map((item) => ({
    templateId: String(item.priTmplId ?? ''),
    title: String(item.title ?? ''),
    isLongTerm: item.type === 3,
    fields: fieldsOf(String(item.content ?? '')),
  }));
}

/** `问卷名称:{{thing1.DATA}}` on each line. */
function fieldsOf(content: string): MessageTemplate['fields'] {
  return [...content.matchAll(/^\s*(.*?)[:：]?\s*\{\{(\w+)\.DATA\}\}/gm)].map(([, name = '', key = '']) => ({
    key,
    name,
    rule: fieldRuleOf(key)?.rule ?? '',
  }));
}

async function signIn(client: MiniClient, code: string): Promise<{ subject: string; unionId?: string }> {
  const answer = await client.codeToSession(code);
  if (answer.kind !== 'answer' || answer.status !== 200) throw new DomainError('kernel:upstream');
  const { openid, unionid } = answer.body;
  if (typeof openid === 'string' && openid !== '') return { subject: openid, ...(typeof unionid === 'string' ? { unionId: unionid } : {}) };
  const errcode = codeOf(answer.body);
  // 40029 bad, 40163 used, 40226 a user WeChat blocks as risky: signing in again is the way on.
  if (['40029', '40163', '40226'].includes(errcode)) throw new DomainError('kernel:not-signed-in', '微信登录没有完成，请重新登录');
  throw new DomainError('kernel:upstream');
}
