import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** One writer per mobile until the transaction ends. */
export const lockMobile = (tx: Tx, mobileIndex: string): Promise<number> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`phone-code:${mobileIndex}`}, 0))`);

export const recentCodes = (tx: Tx, mobileIndex: string, since: Date): Promise<{ count: number; newest: Date | null }> =>
  tx.one(sql<{ count: number; newest: Date | null }>`
    select count(*)::int as count, max(created_at) as newest from phone_code where mobile_index = ${mobileIndex} and created_at > ${since}`);

export const insertCode = (
  tx: Tx,
  code: { id: string; mobileIndex: string; codeHash: string; now: Date; expiresAt: Date },
): Promise<number> =>
  tx.run(sql`
    insert into phone_code (id, mobile_index, code_hash, created_at, expires_at)
    values (${code.id}::uuid, ${code.mobileIndex}, ${code.codeHash}, ${code.now}, ${code.expiresAt})`);

export const removeCode = (tx: Tx, id: string): Promise<number> => tx.run(sql`delete from phone_code where id = ${id}::uuid`);

/** The newest code that can still be used; earlier ones died when it was made. */
export const findLiveCode = (tx: Tx, mobileIndex: string, now: Date): Promise<{ id: string; code_hash: string } | undefined> =>
  tx.first(sql<{ id: string; code_hash: string }>`
    select id, code_hash from (
      select id, code_hash, used_at, expires_at from phone_code where mobile_index = ${mobileIndex} order by created_at desc, id limit 1) newest
    where used_at is null and expires_at > ${now}`);

/** False when it was used in the meantime: a code works once. */
export const takeCode = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.run(sql`update phone_code set used_at = ${now} where id = ${id}::uuid and used_at is null`)) === 1;

export const removeOldCodes = (tx: Tx, before: Date): Promise<number> => tx.run(sql`delete from phone_code where expires_at < ${before}`);
