import { DomainError } from '@suiban/shared/errors';
import { type CompiledSql, checkRule, compileSql, parseRule, type RuleDocument } from '@suiban/shared/rules';
import { type RawBuilder, sql } from 'kysely';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { enterpriseAttributes } from './attributes';
import { districtsOf, invitationLimits } from './enterprises.policy';
import { countTarget, listInvitationRows, planInvitationRows, type Target } from './invitations.repo';
import { invitationQueue } from './sender';
import { cursorOf, invitationView, readCursor } from './views';

interface Given {
  readonly target: { readonly enterpriseIds: readonly string[] } | { readonly rule: RuleDocument };
  readonly retryRefused: boolean;
}

/** Compiled text with its values, as kysely's tag would have made it. */
const fragmentOf = ({ fragments, values }: CompiledSql): RawBuilder<unknown> =>
  sql(Object.assign([...fragments], { raw: fragments }) as unknown as TemplateStringsArray, ...values);

function targetOf(deps: Deps, actor: OfficialActor, given: Given): Target {
  const districts = districtsOf(actor);
  const visible = districts === null ? sql`true` : sql`a.district_code = any(${districts}::text[])`;
  if ('enterpriseIds' in given.target) return sql`${visible} and a.enterprise_id = any(${given.target.enterpriseIds}::bigint[])`;
  const registry = enterpriseAttributes(deps.city);
  const at = '/body/target/rule';
  const parsed = parseRule(given.target.rule, at);
  if (!parsed.ok) throw new DomainError('kernel:invalid-request', '规则的格式不正确，请重新编辑', { errors: parsed.errors });
  const errors = checkRule(parsed.rule, registry)
    .filter(({ severity }) => severity === 'error')
    .map(({ pointer, detail }) => ({ pointer: `${at}${pointer}`, detail }));
  if (errors.length > 0)
    throw new DomainError('kernel:invalid-request', `规则有 ${errors.length} 处需要修改：${errors[0]?.detail ?? ''}`, { errors });
  return sql`${visible} and ${fragmentOf(compileSql(parsed.rule, registry, { table: 'a' }))}`;
}

/**
 * Plans one SMS per firm that has a contact and no invitation yet; the sending is a task. Asking twice plans nothing twice.
 * @throws DomainError enterprises:nobody-to-invite, kernel:invalid-request
 */
export async function planInvitations(deps: Deps, actor: OfficialActor, given: Given) {
  const target = targetOf(deps, actor, given);
  const now = deps.clock.now();
  const { counts, planned } = await deps.db.tx(async (tx) => {
    const chosen = await countTarget(tx, target, given.retryRefused);
    const expiresAt = new Date(now.getTime() + invitationLimits.lifeMs);
    const limit = invitationLimits.perRequest;
    const count = await planInvitationRows(tx, { target, retryRefused: given.retryRefused, officialId: actor.id, now, expiresAt, limit });
    if (count > 0) {
      await deps.audit.record(tx, {
        aggregate: 'invitation',
        aggregateId: actor.bureauId,
        action: 'invitation.planned',
        actor,
        after: { planned: count, byRule: 'rule' in given.target },
      });
    }
    return { counts: chosen, planned: count };
  });
  if (counts.matched === 0) throw new DomainError('enterprises:nobody-to-invite', '所选范围内没有企业，请调整条件后重试');
  if (planned > 0) await deps.tasks.wake(invitationQueue, {}, { key: 'send' });
  return {
    planned,
    skipped: {
      alreadyInvited: counts.already_invited,
      alreadyBound: counts.already_bound,
      withoutMobile: counts.without_mobile,
      suppressed: counts.suppressed,
    },
  };
}

export async function listInvitations(
  { db, sealer }: Deps,
  actor: OfficialActor,
  query: { state?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const [plannedAt, id] = readCursor(query.cursor, /^[0-9TZ:.-]+\|[0-9a-f-]{36}$/) ?? [];
  const before = plannedAt !== undefined && id !== undefined ? { plannedAt, id } : undefined;
  const page = { state: query.state, visibleDistricts: districtsOf(actor), before, limit: query.limit + 1 };
  const rows = await listInvitationRows(db, page);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => invitationView(sealer, row)),
    nextCursor: rows.length > query.limit && last ? cursorOf(last.planned_at.toISOString(), last.id) : null,
    total: null,
  };
}
