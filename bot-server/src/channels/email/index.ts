import type { Clock } from '@suiban/shared/time';
import type { EmailAccount } from '../../config/accounts';
import type { Channel, ChannelLimits, SendResult } from '../channel';
import { allRefused, allUnknown } from '../platform-answer';
import { check } from './check';
import { domainOf, type SmtpAnswer, sendMail, smtpServerOf } from './connection';
import { encodeCall } from './encode';
import { classOfReply, explain } from './errors';
import { connectionsAtOnce, emailLimits } from './limits';
import { turnstile } from './turnstile';

const isAddress = (email: string): boolean => /^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,190}$/.test(email);

/**
 * Mail through the city's SMTP server. A server recognises no repeat and tells nothing after it took the mail; the Message-ID is
 * the same for the same attempt, so that a mailbox that got it twice can show it once.
 */
export function emailChannel(
  account: EmailAccount,
  deps: { clock: Clock },
  options: { name?: string; limits?: Partial<ChannelLimits>; timeoutMs?: number } = {},
): Channel {
  const server = smtpServerOf(account.smtpUrl, options.timeoutMs);
  const inTurn = turnstile(connectionsAtOnce);
  return {
    kind: 'email',
    account: options.name ?? 'default',
    limits: { ...emailLimits, ...options.limits },
    receipts: false,
    dedupe: 'none',
    check,
    explain,
    plan: (recipients, content) => recipients.map((recipient) => ({ recipients: [recipient], content })),
    async sendCall(call, signal) {
      const address = call.recipients[0]?.address;
      if (address?.type !== 'email' || !isAddress(address.email)) return allRefused(call.recipients, { class: 'permanent', code: '553' });
      const mail = encodeCall(call, domainOf(account.from));
      const answer = await inTurn(() => sendMail(server, account.from, deps.clock.now(), mail, signal));
      return call.recipients.flatMap((recipient) => resultsOf([recipient], answer, mail.messageId));
    },
  };
}

function resultsOf(recipients: Parameters<typeof allUnknown>[0], answer: SmtpAnswer, messageId: string): readonly SendResult[] {
  if (answer.kind === 'taken') return recipients.map(({ ref }) => ({ ref, outcome: 'accepted', platformId: messageId }));
  if (answer.kind === 'reply') {
    const known = classOfReply(answer.code);
    return allRefused(recipients, { class: known, code: String(answer.code), ...(known === 'quota' ? { retryAfterMs: 60_000 } : {}) });
  }
  if (answer.mayHaveArrived) return allUnknown(recipients, answer.why);
  return allRefused(recipients, answer.why === 'tls' ? { class: 'auth', code: 'tls' } : { class: 'transient', code: 'no-connection' });
}
