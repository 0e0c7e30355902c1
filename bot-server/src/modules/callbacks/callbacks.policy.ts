import { DomainError } from '@suiban/shared/errors';
import type { PushReceiver } from '../../channels/channel';

export const permissions = {} as const;

/** Only accounts that are configured and receive pushes; of others nothing is told. @throws DomainError kernel:not-found */
export function mustReceive(receiver: PushReceiver | undefined): PushReceiver {
  if (!receiver) throw new DomainError('kernel:not-found');
  return receiver;
}
