import type { Channel } from '../../channels/channel';
import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { countDelivered, writeReceipt } from './receipts.repo';
import { dropOldTasks, endWaiting, listWaiting, type StaffTask, takeDueTasks } from './staff.repo';

/*
 * accepted + awaits staff → (asked again and again) → the member of staff sent it: receipt delivered
 *                                                   → it could not be sent:      receipt failed
 *                                                   → nothing in 30 days:        not asked any more
 * The row stays `accepted` all the time: the platform has the message, and a second one would be a second message.
 */

export const staffQueue = 'dispatch-staff';
const tasksAtOnce = 200;

/** Asks the platform what members of staff did with the messages that wait for them. */
export const staffTask = (deps: Deps): TaskDefinition => ({
  queue: staffQueue,
  everyMs: 60_000,
  handle: async (_payload, { signal }) => {
    await deps.db.tx((tx) => dropOldTasks(tx));
    const tasks = await deps.db.tx((tx) => takeDueTasks(tx, tasksAtOnce));
    for (const task of tasks) {
      if (signal.aborted) return;
      await askAbout(deps, task);
    }
  },
});

async function askAbout(deps: Deps, task: StaffTask): Promise<void> {
  const channel = deps.channels.find(task.channel as Channel['kind'], task.account);
  if (!channel?.staffResults) return;
  try {
    const results = await channel.staffResults(task.platformId);
    const known = new Map(results.map((each) => [each.externalUserId, each]));
    for (const row of await listWaiting(deps.db, task)) {
      const found = known.get(row.externalUserId);
      if (!found || found.result === 'waiting') continue;
      const result = found.result === 'sent' ? 'delivered' : 'failed';
      await deps.db.tx(async (tx) => {
        if (!(await endWaiting(tx, row))) return;
        const learnt = await writeReceipt(tx, row, result, found.code);
        if (learnt && result === 'delivered') await countDelivered(tx, row.campaignId, row.seq);
      });
    }
  } catch (error) {
    // Asked again at its next turn.
    deps.log.warn({ err: error, channel: task.channel }, 'staff results unknown');
  }
}
