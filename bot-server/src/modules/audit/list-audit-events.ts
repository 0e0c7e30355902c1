import type { AuditEventView } from '@suiban/shared/api/audit';
import { DomainError } from '@suiban/shared/errors';
import { verifyAudit } from '../../kernel/audit/verify-audit';
import { officialNames } from '../identity';
import type { Deps } from '../module';
import { verifyEveryMs } from './audit.policy';
import { type AuditFilter, type AuditRow, countUnsealed, listAuditRows } from './events.repo';

const cursorForm = /^\d{1,18}$/;

function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString();
  if (cursorForm.test(id)) return id;
  throw new DomainError('kernel:invalid-request', '翻页位置无效，请从第一页重新查看', {
    errors: [{ pointer: '/query/cursor', detail: '不是本系统给出的翻页位置' }],
  });
}

const nameOf = (row: AuditRow, names: ReadonlyMap<string, string>): string => {
  if (row.actor_kind === 'official') return names.get(row.actor_id) ?? '已注销的工作人员';
  return { person: '经办人或居民', system: '系统', anonymous: '未登录' }[row.actor_kind];
};

/** Newest first. */
export async function listAuditEvents({ db }: Deps, query: AuditFilter & { cursor?: string | undefined; limit: number }) {
  const rows = await listAuditRows(db, query, readCursor(query.cursor), query.limit + 1);
  const page = rows.slice(0, query.limit);
  const officials = page.filter((row) => row.actor_kind === 'official').map((row) => row.actor_id);
  const names = await officialNames(db, [...new Set(officials)]);
  const items = page.map(
    (row): AuditEventView => ({
      id: row.id,
      at: row.at.toISOString(),
      aggregate: row.aggregate,
      aggregateId: row.aggregate_id,
      action: row.action,
      actor: { kind: row.actor_kind, id: row.actor_id, name: nameOf(row, names) },
      reason: row.reason,
      before: row.before,
      after: row.after,
      isSealed: row.is_sealed,
    }),
  );
  const last = page.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? Buffer.from(last.id).toString('base64url') : null, total: null };
}

const breakWords = {
  'content was changed': '内容被改动',
  'a row is missing': '缺少记录',
  'the chain does not join': '前后记录不衔接',
  'the head of a day differs': '当日汇总不一致',
} as const;

/** Recomputes the whole chain; within ten seconds the last result is given again. */
export function auditVerifier({ db, clock }: Deps) {
  let last: { at: number; result: ReturnType<typeof verify> } | undefined;
  const verify = async () => {
    const verdict = await verifyAudit(db);
    return {
      isIntact: verdict.broken === undefined,
      checkedEvents: verdict.checked,
      unsealedEvents: await countUnsealed(db),
      firstBreak: verdict.broken
        ? { eventId: verdict.broken.eventId, sealNo: verdict.broken.sealNo, what: breakWords[verdict.broken.what] }
        : null,
      checkedAt: clock.now().toISOString(),
    };
  };
  return () => {
    const now = clock.now().getTime();
    if (!last || now - last.at >= verifyEveryMs) last = { at: now, result: verify() };
    return last.result;
  };
}
