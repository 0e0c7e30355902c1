import { DomainError } from '@suiban/shared/errors';
import type { Clock } from '@suiban/shared/time';
import type { AlipayAccount } from '../../config/accounts';
import type { Outbound } from '../../kernel/outbound/outbound';
import type { Channel, ChannelLimits, MessageTemplate, Recipient, SendResult } from '../channel';
import { allRefused, allUnknown } from '../platform-answer';
import { check } from './check';
import { type GatewayAnswer, type GatewayClient, gatewayClient } from './client';
import { createCode } from './code-image';
import { encodeCall } from './encode';
import { explain, noCreditCode } from './errors';
import { platformKeyOf } from './keys';
import { lifeAccount } from './life-account';
import { alipayMiniLimits, valueCharacters } from './limits';
import { receiveNotice } from './notice';

/** Alipay mini-program: template messages with a credit each for one-time templates, login, codes, payment notices. It recognises no repeat. */
export function alipayMiniChannel(
  account: AlipayAccount,
  deps: { outbound: Outbound; clock: Clock },
  options: { name?: string; limits?: Partial<ChannelLimits> } = {},
): Channel {
  const client = gatewayClient(account, deps.outbound.platform(account.baseUrl), deps.clock);
  const name = options.name ?? 'default';
  return {
    kind: 'alipay-mini',
    account: name,
    limits: { ...alipayMiniLimits, ...options.limits },
    receipts: false,
    dedupe: 'none',
    usesCredits: true,
    noCreditCode,
    goneCodes: ['USER_ID_INVALID'],
    check: check(account.templates),
    explain,
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall(call, signal) {
      if (call.recipients[0]?.address.type !== 'openid')
        return allRefused(call.recipients, { class: 'permanent', code: 'USER_ID_INVALID' });
      const answer = await client.call({ method: 'alipay.open.app.mini.templatemessage.send', biz: encodeCall(call), signal });
      return resultsOf(call.recipients, answer);
    },
    receiver: { source: 'alipay', account: name, receive: receiveNotice(account, platformKeyOf(account)) },
    templates: async () => account.templates.map(templateOf),
    signIn: (code) => signIn(client, code),
    lifeAccount: lifeAccount(client),
    codeImage: (request) => createCode(account, { client, outbound: deps.outbound }, request),
  };
}

function resultsOf(recipients: readonly Recipient[], answer: GatewayAnswer): readonly SendResult[] {
  if (answer.kind === 'not-sent') return allRefused(recipients, { class: 'transient', code: answer.code });
  if (answer.kind === 'unclear') return allUnknown(recipients, answer.code);
  // The answer names no message: nothing could be asked about it later.
  if (answer.kind === 'answer') return recipients.map(({ ref }) => ({ ref, outcome: 'accepted', platformId: '' }));
  const known = answer.code === 'http-429' ? 'quota' : answer.code.startsWith('http-') ? 'auth' : explain(answer.code).class;
  if (known === 'unknown') return allUnknown(recipients, answer.code);
  return allRefused(recipients, { class: known, code: answer.code, ...(known === 'quota' ? { retryAfterMs: 60_000 } : {}) });
}

const templateOf = ({ id, title, type, keywords }: AlipayAccount['templates'][number]): MessageTemplate => ({
  templateId: id,
  title,
  isLongTerm: type === 3,
  fields: keywords.map(({ key, name }) => ({ key, name, rule: `${valueCharacters} 个字以内` })),
});

/** Apps from before open ids get a user id only. Success carries no code: the token tells it. @throws DomainError identity:platform-code-refused, kernel:upstream */
async function signIn(client: GatewayClient, code: string): Promise<{ subject: string; unionId?: string }> {
  const answer = await client.call({ method: 'alipay.system.oauth.token', params: { grant_type: 'authorization_code', code } });
  if (answer.kind === 'refused' && answer.code === 'isv.code-invalid') throw new DomainError('identity:platform-code-refused');
  if (answer.kind !== 'answer') throw new DomainError('kernel:upstream');
  const { access_token: token, open_id: openId, user_id: userId, union_id: unionId } = answer.body;
  const subject = [openId, userId].find((id): id is string => typeof id === 'string' && id !== '');
  if (typeof token !== 'string' || subject === undefined) throw new DomainError('kernel:upstream');
  return { subject, ...(typeof unionId === 'string' && unionId !== '' ? { unionId } : {}) };
}
