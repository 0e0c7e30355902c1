import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@suiban/shared/errors';
import { sql } from 'kysely';
import type { FieldSealer } from '../../crypto/field-sealer';
import type { Database } from '../../db/database';
import type { TaskDefinition } from '../../tasks/tasks';
import { invalidRequest } from '../problem';

/**
 * One `Idempotency-Key` of one actor and operation: absent → running (until `locked_until`) → answered. A failure that a
 * repeat may heal (5xx, too many requests) goes back to absent. A process killed while running leaves the row to whoever
 * repeats after `locked_until`; its effect may then exist already, so use-cases keep their own unique keys.
 */
export interface WrittenAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Not kept: has a cookie, or a failure that a repeat may heal. */
  readonly isPassing?: boolean;
}

export interface RepeatableRequest {
  readonly actor: string;
  readonly operation: string;
  readonly key: string;
  readonly body: Buffer;
}

export interface Idempotency {
  /** Runs `work` once per key; repeats get its answer, at the same time or up to a day later. @throws DomainError kernel:idempotency-mismatch */
  once(request: RepeatableRequest, work: () => Promise<WrittenAnswer>): Promise<WrittenAnswer>;
}

interface Row {
  readonly request_hash: string;
  readonly http_status: number | null;
  readonly response: string | null;
}

const lockSec = 120;
const waitMs = 10_000;
const purpose = 'idempotency_key.response';
const keyRule = /^[\x21-\x7e]{1,255}$/;

export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && keyRule.test(header)) return header;
  throw invalidRequest([{ pointer: '/headers/Idempotency-Key', detail: 'Idempotency-Key 应为 1–255 个可见的 ASCII 字符' }]);
}

const mismatch = () => new DomainError('kernel:idempotency-mismatch');

export function createIdempotency({ db, sealer }: { db: Database; sealer: FieldSealer }): Idempotency {
  const running = new Map<string, { readonly hash: string; readonly answer: Promise<WrittenAnswer> }>();
  const where = (request: RepeatableRequest) => sql`actor = ${request.actor} and operation = ${request.operation} and key = ${request.key}`;

  const claim = (request: RepeatableRequest, hash: string): Promise<number> =>
    db.run(sql`
      insert into idempotency_key (actor, operation, key, request_hash, locked_until)
      values (${request.actor}, ${request.operation}, ${request.key}, ${hash}, now() + make_interval(secs => ${lockSec}))
      on conflict (actor, operation, key) do update set locked_until = excluded.locked_until
      where idempotency_key.http_status is null and idempotency_key.locked_until < now()
        and idempotency_key.request_hash = excluded.request_hash`);

  const settle = async (request: RepeatableRequest, answer: WrittenAnswer): Promise<void> => {
    if (answer.isPassing) {
      await db.run(sql`delete from idempotency_key where ${where(request)} and http_status is null`);
      return;
    }
    const sealed = sealer.seal(purpose, JSON.stringify({ contentType: answer.contentType, body: answer.body }));
    await db.run(sql`update idempotency_key set http_status = ${answer.status}, response = ${sealed} where ${where(request)}`);
  };

  const run = async (request: RepeatableRequest, work: () => Promise<WrittenAnswer>): Promise<WrittenAnswer> => {
    let answer: WrittenAnswer;
    try {
      answer = await work();
    } catch (error) {
      await settle(request, { status: 500, contentType: '', body: '', isPassing: true }).catch(() => undefined);
      throw error;
    }
    await settle(request, answer);
    return answer;
  };

  const otherAnswer = async (request: RepeatableRequest, hash: string): Promise<WrittenAnswer | undefined> => {
    const row = await db.first<Row>(sql`select request_hash, http_status, response from idempotency_key where ${where(request)}`);
    if (row && row.request_hash !== hash) throw mismatch();
    if (!row || row.http_status === null || row.response === null) return undefined;
    return { status: row.http_status, ...(JSON.parse(sealer.open(purpose, row.response)) as { contentType: string; body: string }) };
  };

  const claimOrWait = async (request: RepeatableRequest, hash: string, work: () => Promise<WrittenAnswer>): Promise<WrittenAnswer> => {
    for (let waited = 0, pause = 25; ; waited += pause, pause = Math.min(250, pause * 2)) {
      if ((await claim(request, hash)) === 1) return run(request, work);
      const answer = await otherAnswer(request, hash);
      if (answer) return answer;
      if (waited >= waitMs) throw new DomainError('kernel:unavailable', '上一次相同的请求还在处理，请稍后重试', { retryAfterMs: 5000 });
      await sleep(pause);
    }
  };

  return {
    async once(request, work) {
      const hash = createHash('sha256').update(request.body).digest('hex');
      const name = `${request.actor} ${request.operation} ${request.key}`;
      const sameHere = running.get(name);
      if (sameHere) {
        if (sameHere.hash !== hash) throw mismatch();
        return sameHere.answer;
      }
      const answer = claimOrWait(request, hash, work).finally(() => running.delete(name));
      running.set(name, { hash, answer });
      return answer;
    },
  };
}

/** Removes keys older than a day; returns how many. */
export const forgetIdempotencyKeys = (db: Database): Promise<number> =>
  db.run(sql`delete from idempotency_key where created_at < now() - interval '1 day'`);

export const idempotencyTask = (db: Database): TaskDefinition => ({
  queue: 'idempotency-keys',
  everyMs: 3_600_000,
  async handle() {
    await forgetIdempotencyKeys(db);
  },
});
