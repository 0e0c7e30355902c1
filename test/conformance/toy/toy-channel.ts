import type { Call, Channel, ErrorClass, SendResult } from '../../../bot-server/src/channels/channel';
import {
  allRefused,
  allUnknown,
  ask,
  type ErrorTable,
  explainFrom,
  type PlatformAnswer,
} from '../../../bot-server/src/channels/platform-answer';
import type { SmsAccount } from '../../../bot-server/src/config/accounts';
import type { Outbound } from '../../../bot-server/src/kernel/outbound/outbound';

const row = (meaning: ErrorClass, zh: string) => [meaning, zh, zh, '', ''] as const;
const errors: ErrorTable = {
  BLACKLISTED: row('permanent', '对方拒收'),
  BUSY: row('transient', '网关繁忙'),
  QUOTA_EXHAUSTED: row('quota', '额度用完'),
  INVALID_KEY: row('auth', '密钥不对'),
};
const explain = explainFrom(errors);

/** The least a channel can be: it speaks to an SMS gateway, and knows four of its codes. */
export function toyChannel(account: SmsAccount, { outbound }: { outbound: Outbound }): Channel {
  const client = outbound.platform(account.gatewayUrl);
  return {
    kind: 'sms',
    account: 'default',
    limits: { recipientsPerCall: 1, recipientsPerSec: 1000, perPersonPerMin: 10 },
    receipts: false,
    dedupe: 'none',
    explain,
    check: (body) => (body.channel === 'sms' && body.text.length > 0 ? [] : [{ field: 'text', rule: 'required', detail: '短信没有内容' }]),
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall(call, signal) {
      const body = encode(call);
      if (!body) return allRefused(call.recipients, { class: 'permanent', code: 'no-mobile' });
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${account.gatewayKey}` };
      return resultsOf(call, await ask(client, { method: 'POST', path: '/messages', body, headers, signal }));
    },
  };
}

function encode({ recipients: [recipient], content: { body, attemptKey } }: Call): string | undefined {
  if (recipient?.address.type !== 'mobile' || body.channel !== 'sms') return undefined;
  const { mobile } = recipient.address;
  const text = body.text.replaceAll('{link}', recipient.link);
  return JSON.stringify({ to: mobile, signName: body.signName, text, reference: `${attemptKey}s${recipient.ref}` });
}

function resultsOf({ recipients }: Call, answer: PlatformAnswer): readonly SendResult[] {
  if (answer.kind === 'not-sent') return allRefused(recipients, { class: 'transient', code: answer.code });
  if (answer.kind === 'unclear') return allUnknown(recipients, answer.code);
  const { messageId, code } = answer.body;
  if (typeof messageId === 'string') return recipients.map(({ ref }) => ({ ref, outcome: 'accepted', platformId: messageId }));
  const known = explain(String(code)).class;
  if (known === 'unknown' || (answer.status >= 500 && known === 'permanent')) return allUnknown(recipients, `http-${answer.status}`);
  return allRefused(recipients, { class: known, code: String(code), ...(known === 'quota' ? { retryAfterMs: 60_000 } : {}) });
}
