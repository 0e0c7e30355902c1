import type { SmsAccount } from '../../config/accounts';
import type { OutboundClient } from '../../kernel/outbound/outbound';
import { ask, type PlatformAnswer } from '../platform-answer';

export interface SmsClient {
  /** Never throws. */
  send(body: string, signal: AbortSignal): Promise<PlatformAnswer>;
}

export const smsClient = (account: SmsAccount, client: OutboundClient): SmsClient => ({
  send: (body, signal) =>
    ask(client, {
      method: 'POST',
      path: '/messages',
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${account.gatewayKey}` },
      signal,
    }),
});
