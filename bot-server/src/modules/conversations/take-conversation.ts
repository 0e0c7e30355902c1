import type { ConversationDetail } from '@suiban/shared/api/conversations';
import type { ConversationStep } from '@suiban/shared/conversations';
import type { ChatReply } from '../../channels/chat';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import { officialsWithRole } from '../identity';
import type { Deps } from '../module';
import {
  conversationNotFound,
  isUuid,
  mustBeColleague,
  mustBeCurrent,
  mustBeOtherBureau,
  mustHave,
  mustSee,
  operatorRoles,
} from './conversations.policy';
import { type ConversationRow, lockConversation } from './conversations.repo';
import { findQueued } from './desk/queue.repo';
import { bureauName, type Desk } from './desk/views';
import { detailOf } from './read-conversation';
import { handedBackText, takenText, transferredText } from './replies';
import { step } from './stepping';
import { tell } from './tell';
import { sayQueue } from './turn/say';

interface Target {
  readonly conversationId: string;
  readonly revision: number;
}

/** One step of an official, and what the person hears of it. */
async function act(
  { deps }: Desk,
  actor: OfficialActor,
  target: Target,
  work: (tx: Tx, row: ConversationRow) => Promise<ChatReply | undefined>,
): Promise<void> {
  if (!isUuid(target.conversationId)) throw conversationNotFound();
  await deps.db.tx(async (tx) => {
    const row = mustSee(actor, await lockConversation(tx, target.conversationId));
    mustBeCurrent(row, target.revision);
    const said = await work(tx, row);
    if (said) await tell(tx, deps, row.id, said);
  });
  await deps.tasks.wake(sayQueue, {}, { key: 'all' });
}

async function after(desk: Desk, actor: OfficialActor, id: string): Promise<ConversationDetail> {
  return detailOf(desk, actor, mustSee(actor, await findQueued(desk.deps.db, id)));
}

const assign = (desk: Desk, actor: OfficialActor, target: Target, operatorId: string) =>
  act(desk, actor, target, async (tx, row) => {
    const taken: ConversationStep = { step: 'assign', operatorId };
    await step(tx, desk.deps, actor, row, taken);
    // Whoever is handed from one operator to another need not hear of it.
    return row.state === 'assigned' ? undefined : takenText;
  });

/** 接待: also from a colleague, or where nobody asked for a person. */
export async function takeConversation(desk: Desk, actor: OfficialActor, target: Target): Promise<ConversationDetail> {
  await assign(desk, actor, target, actor.id);
  return after(desk, actor, target.conversationId);
}

/** @throws DomainError kernel:invalid-request for somebody who does not answer in this bureau */
export async function assignConversation(
  desk: Desk,
  actor: OfficialActor,
  target: Target,
  officialId: string,
): Promise<ConversationDetail> {
  mustBeColleague(await operatorsOf(desk.deps, actor.bureauId), officialId);
  await assign(desk, actor, target, officialId);
  return after(desk, actor, target.conversationId);
}

/** To another bureau, whose operators find it waiting. */
export async function transferConversation(desk: Desk, actor: OfficialActor, target: Target, bureauId: string) {
  const { deps } = desk;
  mustBeOtherBureau(deps.city.bureaus, actor, bureauId);
  await act(desk, actor, target, async (tx, row) => {
    if (row.state === 'assigned') mustHave(actor, row);
    await step(tx, deps, actor, row, { step: 'transfer' }, bureauId);
    return transferredText(bureauName(deps, bureauId));
  });
  return { bureauName: bureauName(deps, bureauId) };
}

/** 结束人工接待: the person is told. */
export async function handBackConversation(desk: Desk, actor: OfficialActor, target: Target): Promise<ConversationDetail> {
  await act(desk, actor, target, async (tx, row) => {
    mustHave(actor, row);
    await step(tx, desk.deps, actor, row, { step: 'hand-back' });
    return handedBackText;
  });
  return after(desk, actor, target.conversationId);
}

/** Officials in office who answer in this bureau. */
async function operatorsOf({ db }: Deps, bureauId: string): Promise<readonly { id: string; name: string }[]> {
  const found = new Map<string, string>();
  for (const role of operatorRoles) {
    for (const official of await officialsWithRole(db, role)) if (official.bureauId === bureauId) found.set(official.id, official.name);
  }
  return [...found].map(([id, name]) => ({ id, name }));
}

/** Whom a conversation can be given to. */
export async function listConversationDesks({ deps }: Desk, actor: OfficialActor) {
  const bureaus = deps.city.bureaus.filter(({ id }) => id !== actor.bureauId).map(({ id, name }) => ({ id, name }));
  return { operators: [...(await operatorsOf(deps, actor.bureauId))], bureaus };
}
