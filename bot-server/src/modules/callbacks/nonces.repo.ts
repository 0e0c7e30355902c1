import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** Longer than a push may be old. */
const keptMinutes = 15;

export const isSeen = async (tx: Tx, source: string, nonceHash: string): Promise<boolean> =>
  (await tx.first(sql`select 1 from callback_nonce where source = ${source} and nonce_hash = ${nonceHash}`)) !== undefined;

export const insertNonce = (tx: Tx, source: string, nonceHash: string): Promise<number> =>
  tx.run(sql`insert into callback_nonce (source, nonce_hash) values (${source}, ${nonceHash}) on conflict do nothing`);

export const deleteOldNonces = (tx: Tx): Promise<number> =>
  tx.run(sql`delete from callback_nonce where seen_at < now() - make_interval(mins => ${keptMinutes})`);
