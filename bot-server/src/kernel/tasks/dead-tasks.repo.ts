import { sql } from 'kysely';
import type { Tx } from '../db/database';
import type { TaskPayload } from './tasks';

export interface DeadTask {
  readonly queue: string;
  readonly payload: TaskPayload;
  readonly attempts: number;
  readonly reason: string;
  readonly diedAt: Date;
}

export const insertDeadTask = (tx: Tx, { queue, payload, attempts, reason, diedAt }: DeadTask): Promise<number> =>
  tx.run(sql`
    insert into dead_task (queue, payload, attempts, reason, died_at)
    values (${queue}, ${JSON.stringify(payload)}::jsonb, ${attempts}, ${reason}, ${diedAt})`);

export const listDeadTasks = (tx: Tx, limit: number): Promise<(DeadTask & { id: string })[]> =>
  tx.rows(sql<DeadTask & { id: string }>`
    select id, queue, payload, attempts, reason, died_at as "diedAt" from dead_task order by died_at desc, id desc limit ${limit}`);
