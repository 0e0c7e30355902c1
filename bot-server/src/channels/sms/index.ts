import type { Clock } from '@suiban/shared/time';
import type { SmsAccount } from '../../config/accounts';
import type { Outbound } from '../../kernel/outbound/outbound';
import type { Channel, ChannelLimits, ErrorClass, Recipient, SendResult } from '../channel';
import { allRefused, allUnknown, type PlatformAnswer } from '../platform-answer';
import { check } from './check';
import { smsClient } from './client';
import { decode } from './decode';
import { encodeCall } from './encode';
import { explain, smsErrors } from './errors';
import { smsLimits } from './limits';
import { verify } from './verify';

/** SMS through an HTTP gateway. The gateway recognises no repeat, but its receipts carry our reference. */
export function smsChannel(
  account: SmsAccount,
  deps: { outbound: Outbound; clock: Clock },
  options: { name?: string; limits?: Partial<ChannelLimits> } = {},
): Channel {
  const client = smsClient(account, deps.outbound.platform(account.gatewayUrl));
  const verified = verify(account.gatewayKey, deps.clock);
  return {
    kind: 'sms',
    account: options.name ?? 'default',
    limits: { ...smsLimits, ...options.limits },
    receipts: true,
    dedupe: 'none',
    check,
    explain,
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall(call, signal) {
      if (call.recipients[0]?.address.type !== 'mobile') return allRefused(call.recipients, { class: 'permanent', code: 'INVALID_NUMBER' });
      return resultsOf(call.recipients, await client.send(encodeCall(call), signal));
    },
    receiver: { source: 'sms', account: options.name ?? 'default', receive: async (push) => decode(verified(push)) },
  };
}

function resultsOf(recipients: readonly Recipient[], answer: PlatformAnswer): readonly SendResult[] {
  if (answer.kind === 'not-sent') return allRefused(recipients, { class: 'transient', code: answer.code });
  if (answer.kind === 'unclear') return allUnknown(recipients, answer.code);
  const { messageId, code } = answer.body;
  if (answer.status < 300) {
    // A success without an id is no answer of this gateway: it may have been sent.
    if (typeof messageId !== 'string') return allUnknown(recipients, 'not-json');
    return recipients.map(({ ref }) => ({ ref, outcome: 'accepted', platformId: messageId }));
  }
  const known = typeof code === 'string' && code in smsErrors ? explain(code).class : undefined;
  if (known === undefined && answer.status >= 500) return allUnknown(recipients, `http-${answer.status}`);
  const errorClass = known === undefined || known === 'unknown' ? classOfStatus(answer.status) : known;
  const retryAfterMs = answer.retryAfterMs ?? (errorClass === 'quota' ? 60_000 : undefined);
  const said = typeof code === 'string' && code in smsErrors ? code : `http-${answer.status}`;
  return allRefused(recipients, { class: errorClass, code: said, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

function classOfStatus(status: number): Exclude<ErrorClass, 'unknown'> {
  if (status === 401 || status === 403) return 'auth';
  return status === 429 ? 'quota' : 'permanent';
}
