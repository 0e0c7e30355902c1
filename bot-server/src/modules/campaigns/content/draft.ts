import { createHash } from 'node:crypto';
import type { CampaignDraft } from '@suiban/shared/api/campaigns';
import { DomainError } from '@suiban/shared/errors';
import { type AttributeRegistry, checkRule, compileSql, parseRule, type RuleDocument } from '@suiban/shared/rules';
import { canonicalJson } from '@suiban/shared/surveys';
import { type RawBuilder, sql } from 'kysely';
import type { CampaignRow } from '../campaigns.repo';

export function draftOf(row: CampaignRow): CampaignDraft {
  return {
    kind: row.kind,
    title: row.title,
    questionnaire:
      row.questionnaireId !== null && row.questionnaireVersion !== null
        ? { questionnaireId: row.questionnaireId, version: row.questionnaireVersion }
        : null,
    noticeText: row.noticeText,
    audience: row.audience,
    exclusions: row.exclusions,
    plan: row.plan,
    window: {
      startAt: row.startAt?.toISOString() ?? null,
      notAfterAt: row.notAfterAt?.toISOString() ?? null,
      closesAt: row.closesAt.toISOString(),
    },
  };
}

/** 送审稿编号: over everything a signatory answers for. Equal drafts, equal hash, however they were written. */
export function hashOf(draft: CampaignDraft): string {
  const instants = {
    startAt: isoOf(draft.window.startAt),
    notAfterAt: isoOf(draft.window.notAfterAt),
    closesAt: isoOf(draft.window.closesAt),
  };
  return createHash('sha256')
    .update(canonicalJson({ ...draft, window: instants }))
    .digest('hex');
}

const isoOf = (instant: string | null): string | null => (instant === null ? null : new Date(instant).toISOString());

export const ruleHashOf = (rule: RuleDocument): string => createHash('sha256').update(canonicalJson(rule)).digest('hex');

/** The audience rule, read and checked against the attributes. @throws DomainError campaigns:invalid-audience naming each place */
export function readAudience(input: unknown, registry: AttributeRegistry, at = '/body/audience'): RuleDocument {
  const parsed = parseRule(input, at);
  if (!parsed.ok) throw new DomainError('campaigns:invalid-audience', '对象规则有误，请按提示修改', { errors: parsed.errors });
  const findings = checkRule(parsed.rule, registry).filter(({ severity }) => severity === 'error');
  if (findings.length > 0) {
    throw new DomainError('campaigns:invalid-audience', '对象规则有误，请按提示修改', {
      errors: findings.map(({ pointer, detail }) => ({ pointer: `${at}${pointer}`, detail })),
    });
  }
  return parsed.rule;
}

/** Boolean SQL over `enterprise_audience a`; unknown leaves a firm out. */
export function audienceSqlOf(rule: RuleDocument, registry: AttributeRegistry): RawBuilder<unknown> {
  const { fragments, values } = compileSql(rule, registry, { table: 'a' });
  const parts = fragments.map((fragment, index) => (index < values.length ? sql`${sql.raw(fragment)}${values[index]}` : sql.raw(fragment)));
  return sql`(${sql.join(parts, sql``)}) is true`;
}
