import { sql } from 'kysely';
import type { FieldSealer } from '../../bot-server/src/kernel/crypto/field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';

/** Firms of the next numbers with one address each, as an import writes it. Returns their credit codes. */
async function firmsFrom(db: Database, from: number, count: number): Promise<readonly string[]> {
  const codes = Array.from({ length: count }, (_, index) => `FURTHER${String(from + index).padStart(11, '0')}`);
  await db.run(sql`
    insert into enterprise (credit_code, name, industry_code, district_code, source, created_at, updated_at)
    select c, '更多渠道企业' || right(c, 4), '6210', '310101', 'generator', now(), now() from unnest(${codes}::text[]) c`);
  return codes;
}

export async function insertEmails(db: Database, sealer: FieldSealer, from: number, emails: readonly string[]): Promise<void> {
  const codes = await firmsFrom(db, from, emails.length);
  await db.run(sql`
    insert into enterprise_email (enterprise_id, email_sealed, email_index, created_at, updated_at)
    select e.id, t.sealed, t.index, now(), now()
    from unnest(${codes}::text[], ${emails.map((email) => sealer.seal('enterprise_email.email', email))}::text[],
      ${emails.map((email) => sealer.blindIndex('enterprise_email.email', email))}::text[]) as t (code, sealed, index)
    join enterprise e on e.credit_code = t.code`);
}

export async function insertOpenids(
  db: Database,
  kind: 'wechat-official' | 'alipay-mini',
  from: number,
  openids: readonly string[],
): Promise<void> {
  const codes = await firmsFrom(db, from, openids.length);
  await db.run(sql`
    insert into enterprise_agent (enterprise_id, kind, openid, bound_by, bound_at)
    select e.id, ${kind}, t.openid, 'import', now() from unnest(${codes}::text[], ${[...openids]}::text[]) as t (code, openid)
    join enterprise e on e.credit_code = t.code`);
}

/** Customers of one member of staff. */
export async function insertCustomers(db: Database, from: number, staffUserId: string, customers: readonly string[]): Promise<void> {
  const codes = await firmsFrom(db, from, customers.length);
  await db.run(sql`
    insert into enterprise_agent (enterprise_id, kind, user_id, external_user_id, bound_by, bound_at)
    select e.id, 'wecom-contact', ${staffUserId}, t.customer, 'import', now()
    from unnest(${codes}::text[], ${[...customers]}::text[]) as t (code, customer) join enterprise e on e.credit_code = t.code`);
}

/** So many firms for which one WeCom member stands. */
export async function insertFirmsOfMember(db: Database, corpId: string, from: number, userId: string, count: number): Promise<void> {
  const codes = await firmsFrom(db, from, count);
  await db.run(sql`
    insert into enterprise_agent (enterprise_id, kind, corp_id, user_id, bound_by, bound_at)
    select e.id, 'wecom', ${corpId}, ${userId}, 'import', now() from unnest(${codes}::text[]) c join enterprise e on e.credit_code = c`);
}
