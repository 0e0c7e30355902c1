import { DomainError } from '@suiban/shared/errors';
import type { Clock } from '@suiban/shared/time';
import type { WechatMiniAccount, WechatOfficialAccount } from '../../config/accounts';
import type { Outbound } from '../../kernel/outbound/outbound';
import type { AccessTokens } from '../access-tokens';
import type { Channel, ChannelLimits, MessageTemplate } from '../channel';
import { codeOf } from '../errcode-answer';
import { allRefused } from '../platform-answer';
import { sendResultsOf, type WechatApp, type WechatClient, wechatClient } from '../wechat-client';
import { fieldsOf } from '../wechat-fields';
import { verifyWechatPush } from '../wechat-push';
import { check } from './check';
import { cityNotices } from './city-notice';
import { codeImage } from './code-image';
import { decode } from './decode';
import { encodeCall } from './encode';
import { explain, noCreditCode } from './errors';
import { ruleOf, wechatMiniLimits } from './limits';
import { phoneNumber } from './phone-number';
import { checkText } from './text-check';

/**
 * WeChat mini-program: subscription messages, one credit each for one-time templates. It recognises no repeat: nothing is sent twice.
 * `cityServiceBy`: the linked Official Account, under whose token notices of the city services go out.
 */
export function wechatMiniChannel(
  account: WechatMiniAccount,
  deps: { outbound: Outbound; tokens: AccessTokens; clock: Clock },
  options: { name?: string; limits?: Partial<ChannelLimits>; cityServiceBy?: WechatOfficialAccount } = {},
): Channel {
  const name = options.name ?? 'default';
  const app: WechatApp = { platform: 'wechat-mini', appId: account.appId, secret: account.secret, explain };
  const client = wechatClient(app, deps.outbound.platform(account.baseUrl), deps.tokens);
  const keys = { token: account.callbackToken, encodingAesKey: account.encodingAesKey, appId: account.appId };
  const verified = verifyWechatPush(keys, deps.clock);
  return {
    kind: 'wechat-mini',
    account: name,
    limits: { ...wechatMiniLimits, ...options.limits },
    receipts: true,
    dedupe: 'none',
    usesCredits: true,
    noCreditCode,
    goneCodes: ['40003'],
    check,
    explain,
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall(call, signal) {
      if (call.recipients[0]?.address.type !== 'openid') return allRefused(call.recipients, { class: 'permanent', code: '40003' });
      const answer = await client.call({ path: '/cgi-bin/message/subscribe/send', body: encodeCall(call), signal });
      return sendResultsOf(app, call.recipients, answer);
    },
    receiver: {
      source: 'wechat-mini',
      account: name,
      async receive(push) {
        const message = verified(push);
        return push.method === 'GET' ? { kind: 'echo', answer: message.text } : decode(message);
      },
    },
    templates: () => listTemplates(client),
    signIn: (code) => signIn(client, code),
    phoneNumber: (code) => phoneNumber(client, account.appId, code),
    codeImage: (request) => codeImage(client, request),
    checkText: (text, openid) => checkText(client, text, openid),
    ...(options.cityServiceBy ? { cityNotice: cityNotices(officialClient(options.cityServiceBy, deps)) } : {}),
  };
}

/** Its token is the one the channel of that account uses, too. */
function officialClient(account: WechatOfficialAccount, deps: { outbound: Outbound; tokens: AccessTokens }): WechatClient {
  const app: WechatApp = { platform: 'wechat-official', appId: account.appId, secret: account.secret, explain };
  return wechatClient(app, deps.outbound.platform(account.baseUrl), deps.tokens);
}

async function listTemplates(client: WechatClient): Promise<readonly MessageTemplate[]> {
  const { data } = await client.demand({ path: '/wxaapi/newtmpl/gettemplate' });
  return (Array.isArray(data) ? (data as Record<string, unknown>[]) : []).map((item) => ({
    templateId: String(item.priTmplId ?? ''),
    title: String(item.title ?? ''),
    isLongTerm: item.type === 3,
    fields: fieldsOf(String(item.content ?? ''), ruleOf),
  }));
}

async function signIn(client: WechatClient, code: string): Promise<{ subject: string; unionId?: string }> {
  const answer = await client.exchange('/sns/jscode2session', { js_code: code, grant_type: 'authorization_code' });
  if (answer.kind !== 'answer' || answer.status !== 200) throw new DomainError('kernel:upstream');
  const { openid, unionid } = answer.body;
  if (typeof openid === 'string' && openid !== '') return { subject: openid, ...(typeof unionid === 'string' ? { unionId: unionid } : {}) };
  const errcode = codeOf(answer.body);
  // 40029 bad, 40163 used, 40226 a user WeChat blocks as risky: signing in again is the way on.
  if (['40029', '40163', '40226'].includes(errcode))
    throw new DomainError('identity:platform-code-refused', '微信登录没有完成，请重新登录');
  throw new DomainError('kernel:upstream');
}
