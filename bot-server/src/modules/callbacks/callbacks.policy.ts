import { DomainError } from '@suiban/shared/errors';
import type { Channel } from '../../channels/channel';

export const permissions = {} as const;

type Receiver = Channel & { readonly receive: NonNullable<Channel['receive']> };

/** Only accounts that are configured and receive pushes; of others nothing is told. @throws DomainError kernel:not-found */
export function mustReceive(channel: Channel | undefined): Receiver {
  if (!channel?.receive) throw new DomainError('kernel:not-found');
  return channel as Receiver;
}
