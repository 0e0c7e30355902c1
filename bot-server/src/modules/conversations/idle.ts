import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { limits } from './conversations.policy';
import { type ConversationRow, listIdle, lockConversation } from './conversations.repo';
import { idleText, neverServedText } from './replies';
import { chatActor, step } from './stepping';
import { tell } from './tell';
import { sayQueue } from './turn/say';

export const idleQueue = 'conversations-idle';

const everyMs = 300_000;
const batch = 100;

/** With people, and silent on both sides since before then. */
const isIdle = (row: ConversationRow, before: Date): boolean => row.state !== 'automatic' && row.changedAt < before;

/** An operator who forgot to hand back, or a queue nobody looked at, must not leave the person without any answer for ever. */
async function handBackIdle(deps: Deps): Promise<void> {
  const { db, clock, city } = deps;
  const before = new Date(clock.now().getTime() - limits.idleMs);
  const ids = await listIdle(db, before, batch);
  for (const { id } of ids) {
    await db.tx(async (tx) => {
      const row = await lockConversation(tx, id);
      if (!row || !isIdle(row, before)) return;
      await step(tx, deps, { ...chatActor, id: 'idle-conversations' }, row, { step: 'leave' });
      await tell(tx, deps, id, row.state === 'waiting' ? neverServedText(city.hotline) : idleText);
    });
  }
  if (ids.length > 0) await deps.tasks.wake(sayQueue, {}, { key: 'all' });
}

export const idleTask = (deps: Deps): TaskDefinition => ({ queue: idleQueue, everyMs, handle: () => handBackIdle(deps) });
