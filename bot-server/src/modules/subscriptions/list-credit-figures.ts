import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { ageBounds, listCreditFigures as listFigures } from './ageing.repo';
import { mayReadFigures } from './subscriptions.policy';

/** 可发次数 by template: how many people, how many messages, how old the permissions are. */
export async function listCreditFigures(deps: Deps, actor: OfficialActor) {
  mayReadFigures(actor);
  const rows = await listFigures(deps.db, deps.clock.now());
  return {
    items: rows.map(({ byAge, oldestAt, ...row }) => ({
      ...row,
      byAge: byAge.map((credits, index) => ({ uptoDays: ageBounds[index] ?? null, credits })),
      oldestAt: oldestAt?.toISOString() ?? null,
    })),
  };
}
