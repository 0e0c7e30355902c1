import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/** A firm as it is to stand after the write: what was known and what is new are merged already. */
export interface FirmWrite {
  readonly creditCode: string;
  readonly name: string;
  readonly industryCode: string;
  readonly districtCode: string;
  readonly subdistrict: string | null;
  readonly staffCount: number | null;
  readonly annualRevenueFen: string | null;
  readonly totalAssetsFen: string | null;
  readonly sizeClass: string | null;
  readonly tags: readonly string[];
  readonly funnel: string;
  readonly isDemo: boolean;
}

export interface KnownFirm extends Omit<FirmWrite, 'sizeClass'> {
  readonly id: string;
}

/** Notes the first line of each code in this run; returns the line that has it, which is another one for a duplicate. */
export async function noteCodes(
  tx: Tx,
  runId: string,
  rows: readonly { readonly creditCode: string; readonly line: number }[],
): Promise<ReadonlyMap<string, number>> {
  const codes = rows.map(({ creditCode }) => creditCode);
  await tx.run(sql`
    insert into import_seen (run_id, credit_code, line)
    select ${runId}::uuid, r.code, r.line from unnest(${codes}::text[], ${rows.map(({ line }) => line)}::integer[]) as r (code, line)
    on conflict do nothing`);
  const seen = await tx.rows(sql<{ credit_code: string; line: number }>`
    select credit_code, line from import_seen where run_id = ${runId}::uuid and credit_code = any(${codes}::text[])`);
  return new Map(seen.map(({ credit_code: code, line }) => [code, line]));
}

/** Locked in one order, so that two imports cannot wait for each other. */
export const lockKnownFirms = (tx: Tx, creditCodes: readonly string[]): Promise<KnownFirm[]> =>
  tx.rows(sql<KnownFirm>`
    select id::text as id, credit_code as "creditCode", name, industry_code as "industryCode", district_code as "districtCode", subdistrict,
      staff_count as "staffCount", annual_revenue_fen::text as "annualRevenueFen", total_assets_fen::text as "totalAssetsFen", tags, funnel,
      is_demo as "isDemo"
    from enterprise where credit_code = any(${creditCodes}::text[]) order by credit_code for update`);

export const writeFirms = (
  tx: Tx,
  firms: readonly FirmWrite[],
  source: 'import' | 'generator',
  now: Date,
): Promise<{ id: string; credit_code: string }[]> =>
  tx.rows(sql<{ id: string; credit_code: string }>`
    insert into enterprise as e (credit_code, name, industry_code, district_code, subdistrict, staff_count, annual_revenue_fen, total_assets_fen,
      size_class, tags, funnel, is_demo, source, created_at, updated_at)
    select f."creditCode", f.name, f."industryCode", f."districtCode", f.subdistrict, f."staffCount", f."annualRevenueFen", f."totalAssetsFen",
      f."sizeClass", array(select jsonb_array_elements_text(f.tags)), f.funnel, f."isDemo", ${source}, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(firms)}::jsonb) as f ("creditCode" text, name text, "industryCode" text, "districtCode" text,
      subdistrict text, "staffCount" integer, "annualRevenueFen" bigint, "totalAssetsFen" bigint, "sizeClass" text, tags jsonb, funnel text,
      "isDemo" boolean)
    order by f."creditCode"
    on conflict (credit_code) do update set
      name = excluded.name, industry_code = excluded.industry_code, district_code = excluded.district_code, subdistrict = excluded.subdistrict,
      staff_count = excluded.staff_count, annual_revenue_fen = excluded.annual_revenue_fen, total_assets_fen = excluded.total_assets_fen,
      size_class = excluded.size_class, tags = excluded.tags, funnel = excluded.funnel, is_demo = excluded.is_demo, updated_at = excluded.updated_at
    returning id::text as id, credit_code`);

export interface ContactWrite {
  readonly enterpriseId: string;
  readonly nameSealed: string | null;
  readonly mobileSealed: string;
  readonly mobileIndex: string;
}

/** A number that is there keeps its place and gets the new name; a new one is asked after those that are there. */
export const writeContacts = (tx: Tx, contacts: readonly ContactWrite[], now: Date): Promise<number> =>
  tx.run(sql`
    insert into enterprise_contact as c (enterprise_id, name_sealed, mobile_sealed, mobile_index, position, created_at, updated_at)
    select w."enterpriseId", w."nameSealed", w."mobileSealed", w."mobileIndex",
      (select coalesce(max(o.position) + 1, 0) from enterprise_contact o where o.enterprise_id = w."enterpriseId"), ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb)
      as w ("enterpriseId" bigint, "nameSealed" text, "mobileSealed" text, "mobileIndex" text)
    on conflict (enterprise_id, mobile_index) do update
      set name_sealed = coalesce(excluded.name_sealed, c.name_sealed), updated_at = excluded.updated_at`);

/** How an agent is known when nobody proved a mobile. */
export type AgentKind = 'openid' | 'wechat-official' | 'alipay-mini' | 'wecom' | 'wecom-contact';

export interface AgentWrite {
  readonly enterpriseId: string;
  readonly kind: AgentKind;
  readonly openid: string | null;
  readonly corpId: string | null;
  readonly wecomAgentId: number | null;
  readonly userId: string | null;
  readonly externalUserId: string | null;
}

export interface EmailWrite {
  readonly enterpriseId: string;
  readonly emailSealed: string;
  readonly emailIndex: string;
}

/** An address that is there keeps its place; a new one is asked after those that are there. */
export const writeEmails = (tx: Tx, emails: readonly EmailWrite[], now: Date): Promise<number> =>
  tx.run(sql`
    insert into enterprise_email (enterprise_id, email_sealed, email_index, position, created_at, updated_at)
    select w."enterpriseId", w."emailSealed", w."emailIndex",
      (select coalesce(max(o.position) + 1, 0) from enterprise_email o where o.enterprise_id = w."enterpriseId"), ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(emails)}::jsonb) as w ("enterpriseId" bigint, "emailSealed" text, "emailIndex" text)
    on conflict (enterprise_id, email_index) do update set updated_at = excluded.updated_at`);

export interface WrittenAgent {
  readonly id: string;
  readonly enterprise_id: string;
  readonly kind: AgentKind;
}

/** Only those that are new. */
export const writeAgents = (tx: Tx, agents: readonly AgentWrite[], boundBy: 'import' | 'generator', now: Date): Promise<WrittenAgent[]> =>
  tx.rows(sql<WrittenAgent>`
    insert into enterprise_agent (enterprise_id, kind, openid, corp_id, wecom_agent_id, user_id, external_user_id, bound_by, bound_at)
    select a."enterpriseId", a.kind, a.openid, a."corpId", a."wecomAgentId", a."userId", a."externalUserId", ${boundBy}, ${now}
    from jsonb_to_recordset(${JSON.stringify(agents)}::jsonb)
      as a ("enterpriseId" bigint, kind text, openid text, "corpId" text, "wecomAgentId" integer, "userId" text, "externalUserId" text)
    on conflict do nothing
    returning id, enterprise_id::text as enterprise_id, kind`);

export interface ErrorWrite {
  readonly line: number;
  readonly column: string | null;
  readonly rule: string;
  readonly message: string;
  readonly rowSealed: string | null;
}

export const writeErrors = (tx: Tx, runId: string, errors: readonly ErrorWrite[]): Promise<number> =>
  tx.run(sql`
    insert into import_error (run_id, line, column_name, rule, message, row_sealed)
    select ${runId}::uuid, e.line, e."column", e.rule, e.message, e."rowSealed"
    from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as e (line integer, "column" text, rule text, message text, "rowSealed" text)`);

/** PGlite has no autovacuum: without this a freeze right after an import plans as if the tables were empty. */
export const analyseFirms = (tx: Tx): Promise<number> =>
  tx.run(sql`analyze enterprise, enterprise_contact, enterprise_agent, enterprise_email`);
