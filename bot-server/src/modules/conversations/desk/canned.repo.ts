import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db/database';

export interface CannedRow {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly position: number;
  readonly revision: number;
}

const columns = sql.raw(`id, title, body as text, position, revision`);

export const listCanned = (tx: Tx, bureauId: string): Promise<CannedRow[]> =>
  tx.rows(sql<CannedRow>`
    select ${columns} from canned_reply where bureau_id = ${bureauId} and deleted_at is null order by position, id limit 200`);

export interface CannedDraft {
  readonly title: string;
  readonly text: string;
}

export const insertCanned = (tx: Tx, bureauId: string, draft: CannedDraft, by: string, now: Date): Promise<CannedRow> =>
  tx.one(sql<CannedRow>`
    insert into canned_reply (bureau_id, title, body, position, changed_by, changed_at)
    values (${bureauId}, ${draft.title}, ${draft.text},
      (select coalesce(max(position), 0) + 1 from canned_reply where bureau_id = ${bureauId} and deleted_at is null), ${by}::uuid, ${now})
    returning ${columns}`);

export const findCanned = (tx: Tx, bureauId: string, id: string): Promise<CannedRow | undefined> =>
  tx.first(sql<CannedRow>`
    select ${columns} from canned_reply where id = ${id}::uuid and bureau_id = ${bureauId} and deleted_at is null for update`);

export const updateCanned = (tx: Tx, id: string, draft: CannedDraft & { position: number }, by: string, now: Date): Promise<CannedRow> =>
  tx.one(sql<CannedRow>`
    update canned_reply set title = ${draft.title}, body = ${draft.text}, position = ${draft.position}, revision = revision + 1,
      changed_by = ${by}::uuid, changed_at = ${now}
    where id = ${id}::uuid returning ${columns}`);

export const deleteCanned = (tx: Tx, id: string, by: string, now: Date): Promise<number> =>
  tx.run(sql`update canned_reply set deleted_at = ${now}, changed_by = ${by}::uuid, changed_at = ${now} where id = ${id}::uuid`);

/** What a bureau starts with; what it deleted stays deleted. */
export const seedCanned = (
  tx: Tx,
  bureauIds: readonly string[],
  seeds: readonly (CannedDraft & { seed: string })[],
  now: Date,
): Promise<number> =>
  tx.run(sql`
    insert into canned_reply (bureau_id, seed, title, body, position, changed_at)
    select b.id, s.seed, s.title, s.body, s.position, ${now}
    from unnest(${[...bureauIds]}::text[]) as b (id)
    cross join unnest(${seeds.map(({ seed }) => seed)}::text[], ${seeds.map(({ title }) => title)}::text[],
      ${seeds.map(({ text }) => text)}::text[]) with ordinality as s (seed, title, body, position)
    on conflict (bureau_id, seed) do nothing`);
