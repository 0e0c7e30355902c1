import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { removeOldCodes } from './codes.repo';
import { removeOldStates } from './identities.repo';
import { removeOldPersonSessions } from './persons.repo';
import { removeOldOfficialSessions } from './sessions.repo';
import { removeOldThrottles } from './throttle.repo';

const dayMs = 24 * 3_600_000;

/** What is no longer needed goes: codes after a day, phone sessions a month after their end, officials' after half a year. */
export const purgeTask = ({ db, clock }: Deps): TaskDefinition => ({
  queue: 'identity-purge',
  everyMs: 3_600_000,
  handle: async () => {
    const now = clock.now();
    const ago = (days: number) => new Date(now.getTime() - days * dayMs);
    await removeOldCodes(db, ago(1));
    await removeOldStates(db, ago(1));
    await removeOldThrottles(db, now);
    await removeOldPersonSessions(db, ago(30));
    await removeOldOfficialSessions(db, ago(180));
  },
});
