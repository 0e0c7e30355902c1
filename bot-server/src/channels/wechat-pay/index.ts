import type { Clock } from '@suiban/shared/time';
import type { WechatPayAccount } from '../../config/accounts';
import type { Logger } from '../../kernel/log/logger';
import type { Outbound } from '../../kernel/outbound/outbound';
import type { PushReceiver } from '../channel';
import { payClient } from './client';
import { decode } from './decode';
import { platformKeys } from './platform-keys';
import { verify } from './verify';

/** WeChat Pay v3: notices of payments and refunds. @throws Error when a configured key is none */
export function wechatPayNotices(
  account: WechatPayAccount,
  deps: { outbound: Outbound; clock: Clock; log: Logger },
  options: { name?: string } = {},
): PushReceiver {
  if (Buffer.byteLength(account.apiV3Key) !== 32) throw new Error('an APIv3 key has 32 bytes');
  const client = payClient(account, deps.outbound.platform(account.baseUrl), deps.clock);
  const verified = verify(platformKeys(account, client, deps), deps);
  const decoded = decode(account, deps.log);
  return {
    source: 'wechat-pay',
    account: options.name ?? 'default',
    receive: async (push) => decoded(await verified(push)),
  };
}
