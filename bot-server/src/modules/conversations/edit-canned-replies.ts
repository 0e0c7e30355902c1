import type { CannedReply } from '@suiban/shared/api/conversations';
import type { Tx } from '../../kernel/db/database';
import type { OfficialActor } from '../../kernel/http/actor';
import { isUuid, mustBeCurrent, mustFindCanned } from './conversations.policy';
import { type CannedRow, deleteCanned, findCanned, insertCanned, listCanned, updateCanned } from './desk/canned.repo';
import type { Desk } from './desk/views';

/** 本单位的常用语. */
export const listCannedReplies = async ({ deps }: Desk, actor: OfficialActor): Promise<{ items: CannedReply[] }> => ({
  items: await listCanned(deps.db, actor.bureauId),
});

export const createCannedReply = (
  { deps }: Desk,
  actor: OfficialActor,
  draft: { readonly title: string; readonly text: string },
): Promise<CannedReply> => insertCanned(deps.db, actor.bureauId, draft, actor.id, deps.clock.now());

const require = async (tx: Tx, actor: OfficialActor, id: string): Promise<CannedRow> =>
  mustFindCanned(isUuid(id) ? await findCanned(tx, actor.bureauId, id) : undefined);

/** @throws DomainError kernel:not-found for another bureau's, kernel:conflict */
export const updateCannedReply = (
  { deps }: Desk,
  actor: OfficialActor,
  id: string,
  next: { readonly title: string; readonly text: string; readonly position: number; readonly revision: number },
): Promise<CannedReply> =>
  deps.db.tx(async (tx) => {
    const row = await require(tx, actor, id);
    mustBeCurrent(row, next.revision);
    return updateCanned(tx, row.id, next, actor.id, deps.clock.now());
  });

/** @throws DomainError kernel:not-found for another bureau's */
export const deleteCannedReply = (desk: Desk, actor: OfficialActor, id: string): Promise<void> =>
  desk.deps.db.tx(async (tx) => {
    const row = await require(tx, actor, id);
    await deleteCanned(tx, row.id, actor.id, desk.deps.clock.now());
  });
