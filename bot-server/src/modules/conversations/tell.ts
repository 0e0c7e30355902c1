import type { ChatReply } from '../../channels/chat';
import type { Tx } from '../../kernel/db/database';
import type { Deps } from '../module';
import { sealBody } from './bodies';
import { insertOutbound, type MessageRow } from './messages.repo';

/** Something the person hears without having said anything, as soon as the say task looks. */
export function tell(
  tx: Tx,
  { sealer, clock }: Pick<Deps, 'sealer' | 'clock'>,
  conversationId: string,
  reply: ChatReply,
): Promise<MessageRow> {
  const now = clock.now();
  return insertOutbound(tx, {
    conversationId,
    author: 'automatic',
    operatorId: null,
    form: reply.form,
    bodySealed: sealBody(sealer, reply),
    turn: null,
    now,
    nextAt: now,
  });
}
