import { afterCommit } from '../../kernel/db/after-commit';
import type { EventHandler } from '../../kernel/outbox/outbox';
import type { TaskDefinition } from '../../kernel/tasks/tasks';
import { markSubscribed } from '../enterprises';
import type { Deps } from '../module';
import { deleteImports, insertImport, insertImportedCredits, listImports } from './subscriptions.repo';

/*
 * A list says "this agent has n credits"; it does not say of which template. event → row in subscription_import → (task: ask the
 * platform for the account's one-time templates, outside any transaction) → n credits of each, once per agent → row gone.
 */

const queue = 'subscriptions-import';
const pageSize = 200;

export const onAgentImported =
  (deps: Deps): EventHandler =>
  async (tx, { payload }) => {
    await insertImport(tx, {
      agentId: String(payload.agentId),
      account: String(payload.account),
      credits: Number(payload.templateCredits),
    });
    afterCommit(tx, () => void deps.tasks.wake(queue, {}, { key: 'all' }));
  };

export const importTask = (deps: Deps): TaskDefinition => ({
  queue,
  everyMs: 30_000,
  handle: async (_payload, { signal }) => {
    while (!signal.aborted && (await importPage(deps)));
  },
});

/** true: there may be more. */
async function importPage(deps: Deps): Promise<boolean> {
  const waiting = await listImports(deps.db, pageSize);
  const accounts = [...new Set(waiting.map(({ account }) => account))];
  for (const account of accounts) {
    const channel = deps.channels.find('wechat-mini', account);
    const templates = (await channel?.templates?.()) ?? [];
    const templateIds = templates.filter(({ isLongTerm }) => !isLongTerm).map(({ templateId }) => templateId);
    const own = waiting.filter((row) => row.account === account);
    await deps.db.tx(async (tx) => {
      await insertImportedCredits(tx, own, templateIds);
      if (templateIds.length > 0) {
        for (const { openid } of own) await markSubscribed(tx, { channel: 'wechat-mini', account, openid }, deps.clock.now());
      }
      await deleteImports(
        tx,
        own.map(({ agentId }) => agentId),
      );
    });
  }
  return waiting.length === pageSize;
}
