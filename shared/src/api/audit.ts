import { z } from 'zod';
import { id, instant, operation, pageOf, pageQuery } from './define';

export const auditEvent = z.object({
  id,
  at: instant,
  aggregate: z.string(),
  aggregateId: z.string(),
  /** `<aggregate>.<past-tense>`: `campaign.approved`. */
  action: z.string(),
  actor: z.object({ kind: z.enum(['official', 'person', 'system', 'anonymous']), id: z.string(), name: z.string() }),
  reason: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  /** False in the moments before the sealer has written the hash. */
  isSealed: z.boolean(),
});

const text = z.string().max(80).optional();

export const auditApi = {
  listAuditEvents: operation({
    id: 'listAuditEvents',
    method: 'get',
    path: '/api/audit-events',
    summary: '审计记录',
    auth: 'official',
    permission: 'audit.read',
    rate: 'read',
    query: z.strictObject({
      ...pageQuery,
      aggregate: text,
      aggregateId: text,
      action: text,
      actorId: text,
      from: instant.optional(),
      to: instant.optional(),
    }),
    response: pageOf(auditEvent),
  }),
  verifyAuditChain: operation({
    id: 'verifyAuditChain',
    method: 'get',
    path: '/api/audit-events/verification',
    summary: '校验审计链',
    auth: 'official',
    permission: 'audit.read',
    rate: 'read',
    response: z.object({
      isIntact: z.boolean(),
      checkedEvents: z.number().int(),
      unsealedEvents: z.number().int(),
      /** The first place, in order of sealing, where the chain does not hold; `eventId` null where the row itself is gone. */
      firstBreak: z.object({ eventId: id.nullable(), sealNo: z.string(), what: z.string() }).nullable(),
      checkedAt: instant,
    }),
  }),
};

export type AuditEventView = z.output<typeof auditEvent>;
