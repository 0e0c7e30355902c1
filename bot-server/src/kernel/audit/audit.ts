import type { Tx } from '../db/database';
import type { Actor } from '../http/actor';

export interface AuditEntry {
  readonly aggregate: string;
  readonly aggregateId: string;
  /** `<aggregate>.<past-tense>`. */
  readonly action: string;
  readonly actor: Actor;
  readonly reason?: string;
  /** Changed fields only. No personal data: masked or left out. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

export interface Audit {
  /** In the caller's transaction. The hash chain per aggregate is written later by the sealer, in commit order. */
  record(tx: Tx, entry: AuditEntry): Promise<void>;
}
