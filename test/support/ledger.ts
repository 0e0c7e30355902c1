import { sql } from 'kysely';
import type { FieldSealer } from '../../bot-server/src/kernel/crypto/field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { type FrozenStep, freeze } from '../../bot-server/src/modules/dispatch';
import { sandboxAccounts } from '../../shared/src/sandbox';
import { bodies, mobileOf, openidOf, type SendingKind, templateId } from './bodies';

/** Firms that exist, each with one address on each of the given channels; mobiles are sealed as an import seals them. */
export async function insertFirms(
  db: Database,
  sealer: FieldSealer,
  count: number,
  kinds: readonly SendingKind[],
  from = 1,
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => from + index);
  const code = (n: number): string => `TEST${String(n).padStart(14, '0')}`;
  await db.tx(async (tx) => {
    await tx.run(sql`
      insert into enterprise (credit_code, name, industry_code, district_code, source, created_at, updated_at)
      select t.code, t.name, '6210', '310101', 'generator', now(), now()
      from unnest(${numbers.map(code)}::text[], ${numbers.map((n) => `测试企业${n}`)}::text[]) as t (code, name)`);
    if (kinds.includes('wecom')) {
      await tx.run(sql`
        insert into enterprise_agent (enterprise_id, kind, corp_id, user_id, bound_by, bound_at)
        select e.id, 'wecom', ${sandboxAccounts.wecom.corpId}, t.user_id, 'generator', now()
        from unnest(${numbers.map(code)}::text[], ${numbers.map((n) => `u${n}`)}::text[]) as t (code, user_id)
        join enterprise e on e.credit_code = t.code`);
    }
    if (kinds.includes('wechat-mini')) {
      await tx.run(sql`
        insert into enterprise_agent (enterprise_id, kind, openid, bound_by, bound_at)
        select e.id, 'openid', t.openid, 'generator', now()
        from unnest(${numbers.map(code)}::text[], ${numbers.map(openidOf)}::text[]) as t (code, openid)
        join enterprise e on e.credit_code = t.code`);
      await tx.run(sql`
        insert into subscription_credit (account, openid, template_id, credits)
        select 'default', t.openid, ${templateId}, 1 from unnest(${numbers.map(openidOf)}::text[]) as t (openid)`);
    }
    if (kinds.includes('sms')) {
      const mobiles = numbers.map(mobileOf);
      await tx.run(sql`
        insert into enterprise_contact (enterprise_id, mobile_sealed, mobile_index, created_at, updated_at)
        select e.id, t.sealed, t.index, now(), now()
        from unnest(${numbers.map(code)}::text[], ${mobiles.map((mobile) => sealer.seal('enterprise_contact.mobile', mobile))}::text[],
          ${mobiles.map((mobile) => sealer.blindIndex('enterprise_contact.mobile', mobile))}::text[]) as t (code, sealed, index)
        join enterprise e on e.credit_code = t.code`);
    }
  });
}

export const stepsOf = (kinds: readonly SendingKind[]): FrozenStep[] =>
  kinds.map((kind) => ({ channel: kind, account: 'default', body: bodies[kind] }));

/** A running campaign over every firm there is, frozen. Returns its id. */
export async function insertRunningCampaign(
  db: Database,
  steps: readonly FrozenStep[],
  { batchSize = 500, state = 'running', isOnePerPerson = true } = {},
): Promise<string> {
  return db.tx(async (tx) => {
    const { id } = await tx.one<{ id: string }>(sql`
      insert into campaign (kind, title, state, bureau_id, audience, exclusions, plan, closes_at, content_hash, drafter_id, launched_at)
      values ('notice', '测试', ${state}, 'test', '{}', '{}', '[]', now() + interval '7 days', 'x', gen_random_uuid(), now())
      returning id`);
    await freeze(tx, {
      campaignId: id,
      audience: { rule: sql`true`, excludedCreditCodes: [], excludedCampaignIds: [], askedWithinDays: null, isOnePerPerson },
      steps,
      ruleHash: 'x',
      batchSize,
    });
    return id;
  });
}

/** Ledger rows by state, counted over the ledger itself. */
export async function statesOf(db: Database, campaignId: string): Promise<Record<string, number>> {
  const rows = await db.rows<{ state: string; n: number }>(sql`
    select state, count(*)::int as n from delivery where campaign_id = ${campaignId}::bigint group by state order by state`);
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** Sums of the batch counters; equal to `statesOf` where the counters are right. */
export const countersOf = (db: Database, campaignId: string) =>
  db.one<Record<'planned' | 'waiting' | 'accepted' | 'refused' | 'unknown' | 'suppressed' | 'cancelled', number>>(sql`
    select sum(planned)::int as planned, sum(waiting)::int as waiting, sum(accepted)::int as accepted, sum(refused)::int as refused,
      sum(unknown)::int as unknown, sum(suppressed)::int as suppressed, sum(cancelled)::int as cancelled
    from batch where campaign_id = ${campaignId}::bigint`);
