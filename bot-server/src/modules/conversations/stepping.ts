import type { ConversationStep } from '@suiban/shared/conversations';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor, SystemActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { mustStep } from './conversations.policy';
import { type ConversationRow, updateState } from './conversations.repo';

/** The person in the chat: known by an address of the platform, which is personal, so the trail says only where it came from. */
export const chatActor: SystemActor = { kind: 'system', id: 'chat' };

const actions: Readonly<Record<ConversationStep['step'], string>> = {
  ask: 'conversation.operator-asked',
  leave: 'conversation.operator-left',
  assign: 'conversation.operator-assigned',
  transfer: 'conversation.transferred',
  'hand-back': 'conversation.handed-back',
};

/** Does one step on a locked row, with its line in the audit trail. @throws DomainError conversations:wrong-state */
export async function step(
  tx: Tx,
  deps: Deps,
  actor: OfficialActor | SystemActor,
  row: ConversationRow,
  taken: ConversationStep,
  bureauId: string = row.bureauId,
): Promise<ConversationRow> {
  const next = mustStep(row, taken);
  const after = await updateState(tx, row.id, { ...next, bureauId, now: deps.clock.now() });
  const faceOf = ({ state, operatorId, bureauId: bureau }: ConversationRow) => ({ state, operatorId, bureauId: bureau });
  await deps.audit.record(tx, {
    aggregate: 'conversation',
    aggregateId: row.id,
    action: actions[taken.step],
    actor,
    before: faceOf(row),
    after: faceOf(after),
  });
  return after;
}
