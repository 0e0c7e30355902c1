import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { deleteOldEntries } from './ageing.repo';

/** A year and a month: a yearly visit can still be explained. */
export const entriesKeptDays = 400;
const page = 5_000;
const dayMs = 86_400_000;

/** Once a day: entries that explain no figure any more go. */
export const ageingTask = (deps: Deps): TaskDefinition => ({
  queue: 'subscriptions-ageing',
  everyMs: dayMs,
  handle: async (_payload, { signal }) => {
    const before = new Date(deps.clock.now().getTime() - entriesKeptDays * dayMs);
    for (let gone = page; gone > 0 && !signal.aborted; ) gone = await deps.db.tx((tx) => deleteOldEntries(tx, before, page));
  },
});
