import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

export interface ContactRow {
  readonly id: string;
  readonly enterprise_id: string;
  readonly name_sealed: string | null;
  readonly mobile_sealed: string;
  readonly mobile_index: string;
}

/** Purposes under which contacts are sealed. An agent's mobile is sealed as a contact's is, so one view serves both. */
export const mobilePurpose = 'enterprise_contact.mobile';
export const namePurpose = 'enterprise_contact.name';
export const emailPurpose = 'enterprise_email.email';

const columns = sql.raw('id, enterprise_id::text as enterprise_id, name_sealed, mobile_sealed, mobile_index');

export const listContacts = (tx: Tx, enterpriseId: string): Promise<ContactRow[]> =>
  tx.rows(sql<ContactRow>`
    select ${columns} from enterprise_contact where enterprise_id = ${enterpriseId}::bigint order by position, created_at, id`);

export const findContact = (tx: Tx, enterpriseId: string, contactId: string): Promise<ContactRow | undefined> =>
  tx.first(sql<ContactRow>`
    select ${columns} from enterprise_contact where id = ${contactId}::uuid and enterprise_id = ${enterpriseId}::bigint`);

export const listEmails = (tx: Tx, enterpriseId: string): Promise<{ id: string; email_sealed: string }[]> =>
  tx.rows(sql<{ id: string; email_sealed: string }>`
    select id, email_sealed from enterprise_email where enterprise_id = ${enterpriseId}::bigint order by position, created_at, id`);

/** How often this official unmasked a contact since then, from the audit trail. */
export const countUnmaskings = async (tx: Tx, officialId: string, since: Date): Promise<number> =>
  (
    await tx.one<{ count: number }>(sql`
      select count(*)::int as count from audit_event
      where actor_kind = 'official' and actor_id = ${officialId} and action = 'enterprise.contact-unmasked' and at > ${since}`)
  ).count;
