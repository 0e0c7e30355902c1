import { addDays, civilDateAt, endOfDay, startOfDay } from '@suiban/shared/time';
import { type ClockKind, clockWords, defaultClocks, silenceEndsAt } from '@suiban/shared/work-orders';
import type { Tx } from '../../kernel/db/database';
import type { SystemActor } from '../../kernel/http/actor';
import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { advance, clockContext, record } from './advance';
import { type DueClock, markBreached, markWarned } from './clocks.repo';
import { emitClosed } from './follow-my-work-order';
import { notifyFirm } from './notices';
import { listSilent, lockOrder } from './orders.repo';
import { sweeps } from './work-orders.policy';

const watch: SystemActor = { kind: 'system', id: 'work-order-clocks' };

async function note(tx: Tx, deps: Deps, { work_order_id: id, kind }: DueClock, action: 'due-soon' | 'overdue'): Promise<void> {
  const order = await lockOrder(tx, id);
  if (!order) return;
  const words: Readonly<Record<typeof action, (kind: ClockKind) => string>> = {
    'due-soon': (each) => `${clockWords[each].zh}今天到期`,
    overdue: (each) => `${clockWords[each].zh}已超期`,
  };
  await record(tx, deps, order, order, { action, actor: watch, role: 'system', body: words[action](kind), isInternal: true });
}

/** Warns on the day a clock ends and marks the ones that ran out, each once. Returns how many lines it wrote. */
export async function watchClocks(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const endOfToday = endOfDay(civilDateAt(now, deps.city.timeZone), deps.city.timeZone);
  return deps.db.tx(async (tx) => {
    const breached = await markBreached(tx, now, sweeps.batch);
    const warned = await markWarned(tx, now, endOfToday, sweeps.batch);
    for (const clock of breached) await note(tx, deps, clock, 'overdue');
    for (const clock of warned) await note(tx, deps, clock, 'due-soon');
    return breached.length + warned.length;
  });
}

async function closeIfSilent(deps: Deps, id: string): Promise<boolean> {
  return deps.db.tx(async (tx) => {
    const order = await lockOrder(tx, id);
    if (order?.state !== 'awaiting-rating' || order.replied_at === null) return false;
    const isSilenceOver = silenceEndsAt(order.replied_at, clockContext(deps)) < deps.clock.now();
    if (!isSilenceOver) return false;
    const happening = { action: 'closed-silently', actor: watch, role: 'system' } as const;
    const closed = await advance(tx, deps, order, { action: 'close-silently', isSilenceOver }, happening);
    await notifyFirm(tx, deps, closed.order, 'closed-silently');
    await emitClosed(tx, deps, closed.order);
    return true;
  });
}

/** 逾期未评价，系统办结. Returns how many orders it closed. */
export async function closeSilent(deps: Deps): Promise<number> {
  const { city, clock } = deps;
  // So many working days are at least as many days: what was answered later is not due, whatever the holidays.
  const before = startOfDay(addDays(civilDateAt(clock.now(), city.timeZone), 0 - defaultClocks.silenceDays), city.timeZone);
  let closed = 0;
  for (const { id } of await listSilent(deps.db, before, sweeps.batch)) if (await closeIfSilent(deps, id)) closed += 1;
  return closed;
}

export const workOrderTasks = (deps: Deps): readonly TaskDefinition[] => [
  {
    queue: 'work-order-clocks',
    everyMs: sweeps.everyMs,
    async handle() {
      await watchClocks(deps);
      await closeSilent(deps);
    },
  },
];
