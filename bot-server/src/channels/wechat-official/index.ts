import type { Clock } from '@suiban/shared/time';
import type { WechatOfficialAccount } from '../../config/accounts';
import type { Outbound } from '../../kernel/outbound/outbound';
import type { AccessTokens } from '../access-tokens';
import type { Channel, ChannelLimits, MessageTemplate } from '../channel';
import type { Chat } from '../chat';
import { buttonsOf } from '../chat-menu';
import { messageCrypt } from '../message-crypt';
import { allRefused } from '../platform-answer';
import { sendResultsOf, type WechatApp, type WechatClient, wechatClient } from '../wechat-client';
import { fieldsOf } from '../wechat-fields';
import { verifyWechatPush } from '../wechat-push';
import { check } from './check';
import { decode } from './decode';
import { encodeCall, encodeSaid } from './encode';
import { explain, goneCodes } from './errors';
import { dedupeWindowSec, menuLimits, ruleOf, wechatOfficialLimits } from './limits';
import { massSender } from './mass';
import { publisher } from './publish';
import { authorizeUrl, signIn } from './sign-in';

/**
 * WeChat Official Account (服务号): template messages to followers, chats with passive answers and customer messages, the menu, mass
 * messages, publishing, OAuth. The platform knows a repeated template message by `client_msg_id` for ten minutes; a customer message never.
 */
export function wechatOfficialChannel(
  account: WechatOfficialAccount,
  deps: { outbound: Outbound; tokens: AccessTokens; clock: Clock },
  options: { name?: string; limits?: Partial<ChannelLimits> } = {},
): Channel {
  const name = options.name ?? 'default';
  const app: WechatApp = { platform: 'wechat-official', appId: account.appId, secret: account.secret, explain };
  const client = wechatClient(app, deps.outbound.platform(account.baseUrl), deps.tokens);
  return {
    kind: 'wechat-official',
    account: name,
    limits: { ...wechatOfficialLimits, ...options.limits },
    receipts: true,
    dedupe: { by: 'key', windowSec: dedupeWindowSec },
    goneCodes,
    check,
    explain,
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall(call, signal) {
      if (call.recipients[0]?.address.type !== 'openid') return allRefused(call.recipients, { class: 'permanent', code: '40003' });
      const answer = await client.call({ path: '/cgi-bin/message/template/send', body: encodeCall(call, account.miniAppId), signal });
      return sendResultsOf(app, call.recipients, answer);
    },
    receiver: { source: 'wechat-official', account: name, receive: receive(account, deps.clock) },
    chat: chatOf(client, account.miniAppId),
    templates: () => listTemplates(client),
    signIn: (code) => signIn(client, code),
    authorizeUrl: (redirectUri, state) => authorizeUrl(account, redirectUri, state),
    massSend: massSender(client),
    publish: publisher(client),
  };
}

function receive(account: WechatOfficialAccount, clock: Clock): NonNullable<Channel['receiver']>['receive'] {
  const { appId, callbackToken: token, encodingAesKey } = account;
  const verified = verifyWechatPush({ token, encodingAesKey, appId }, clock);
  const crypt = messageCrypt(encodingAesKey, [appId]);
  const answering = {
    seal: { token, encrypt: (xml: string) => crypt.encrypt(xml) },
    nowSec: () => Math.floor(clock.now().getTime() / 1000),
  };
  return async (push) => {
    const message = verified(push);
    return push.method === 'GET' ? { kind: 'echo', answer: message.text } : decode(message, answering);
  };
}

function chatOf(client: WechatClient, miniAppId: string): Chat {
  const { top, below, labelCharacters } = menuLimits;
  const rules = { ...menuLimits, platform: 'wechat-official', miniAppId: miniAppId || null };
  return {
    menuLimits: { top, below, labelCharacters },
    async say(peer, reply) {
      await client.demand({ path: '/cgi-bin/message/custom/send', body: encodeSaid(peer.userId, reply, miniAppId) });
    },
    async setMenu(items) {
      await client.demand({ path: '/cgi-bin/menu/create', body: JSON.stringify({ button: buttonsOf(items, rules) }) });
    },
  };
}

/** Its templates have no credits: every follower can get them, as often as the account's daily cap allows. */
async function listTemplates(client: WechatClient): Promise<readonly MessageTemplate[]> {
  const { template_list: list } = await client.demand({ path: '/cgi-bin/template/get_all_private_template' });
  return (Array.isArray(list) ? (list as Record<string, unknown>[]) : []).map((item) => ({
    templateId: String(item.template_id ?? ''),
    title: String(item.title ?? ''),
    isLongTerm: true,
    fields: fieldsOf(String(item.content ?? ''), ruleOf),
  }));
}
