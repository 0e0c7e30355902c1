import type { Clock } from '@suiban/shared/time';
import { sql } from 'kysely';
import type { Actor } from '../http/actor';
import type { Audit } from './audit';

export function createAudit(clock: Clock): Audit {
  return {
    async record(tx, { aggregate, aggregateId, action, actor, reason, before, after }) {
      await tx.run(sql`
        insert into audit_event (aggregate, aggregate_id, action, actor_kind, actor_id, reason, before, after, at)
        values (${aggregate}, ${aggregateId}, ${action}, ${actor.kind}, ${actorId(actor)}, ${reason ?? null},
          ${json(before)}::jsonb, ${json(after)}::jsonb, ${clock.now()})`);
    },
  };
}

const actorId = (actor: Actor): string => (actor.kind === 'anonymous' ? '' : actor.id);

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
