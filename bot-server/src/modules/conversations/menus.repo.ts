import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface MenuRow {
  readonly hash: string;
  readonly failureCode: string | null;
  readonly triedAt: Date;
}

export const findMenu = (tx: Tx, channel: string, account: string): Promise<MenuRow | undefined> =>
  tx.first(sql<MenuRow>`
    select hash, failure_code as "failureCode", tried_at as "triedAt" from chat_menu where channel = ${channel} and account = ${account}`);

export const saveMenu = (
  tx: Tx,
  menu: { channel: string; account: string; hash: string; failureCode: string | null; now: Date },
): Promise<number> =>
  tx.run(sql`
    insert into chat_menu (channel, account, hash, failure_code, tried_at)
    values (${menu.channel}, ${menu.account}, ${menu.hash}, ${menu.failureCode}, ${menu.now})
    on conflict (channel, account) do update set hash = excluded.hash, failure_code = excluded.failure_code, tried_at = excluded.tried_at`);
