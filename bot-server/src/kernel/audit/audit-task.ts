import type { Clock } from '@suiban/shared/time';
import type { Database } from '../db/database';
import type { TaskDefinition } from '../tasks/tasks';
import { writeDailyHead } from './daily-head';
import { sealAudit } from './sealer';

const dayMs = 24 * 3_600_000;

/** Seals every few seconds, and writes the head of yesterday, in the city's zone, once a day. */
export function auditTask({ db, clock, timeZone }: { db: Database; clock: Clock; timeZone: string }): TaskDefinition {
  const civilDay = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  let headOf = '';
  return {
    queue: 'audit-seal',
    everyMs: 5_000,
    async handle(_payload, { signal }) {
      await sealAudit(db, signal);
      const yesterday = civilDay.format(new Date(clock.now().getTime() - dayMs));
      if (yesterday === headOf) return;
      await writeDailyHead(db, yesterday);
      headOf = yesterday;
    },
  };
}
