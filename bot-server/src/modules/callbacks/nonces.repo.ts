import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** Longer than a push may be old. */
const keptMinutes = 15;

export const deleteOldNonces = (tx: Tx): Promise<number> =>
  tx.run(sql`delete from callback_nonce where seen_at < now() - make_interval(mins => ${keptMinutes})`);
