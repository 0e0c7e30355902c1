import { EventEmitter } from 'node:events';
import type { PgNotification, PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import type pg from 'pg';
import type { Notifications } from './notifications';

const opensTransaction = /^\s*(begin|start\s+transaction)\b/i;
const endsTransaction = /^\s*(commit|rollback|end)\b(?!\s+to\b)/i;
const listens = /^\s*(un)?listen\b/i;
const namesItself = /set_config\('application_name'/;
/** BullMQ's statements come from files that begin with a comment. */
const withoutComments = (text: string): string => text.replaceAll(/^\s*--.*$/gm, '');
const empty: PgQueryResult = { rows: [], rowCount: 0 };

/**
 * The pool that BullMQ sees. BullMQ checks out one client per worker for LISTEN and keeps it; on a pool of one (PGlite) the second worker
 * would wait for ever. So a checked-out client here holds nothing: each query takes the real pool for itself, a transaction pins a real
 * client from BEGIN to COMMIT, LISTEN goes to the shared listener, whose notifications reach every client.
 */
export class EnginePool extends EventEmitter implements PgPool {
  /** BullMQ reads it: the listener notices a lost connection, so a worker may wait for a notification. */
  readonly options = { keepAlive: true };

  constructor(
    private readonly pool: pg.Pool,
    private readonly notifications: Notifications,
  ) {
    super();
    this.setMaxListeners(0);
  }

  query(text: string, values?: readonly unknown[]): Promise<PgQueryResult> {
    return this.pool.query(text, values ? [...values] : undefined);
  }

  async connect(): Promise<PgPoolClient> {
    return new EngineClient(this.pool, this.notifications);
  }

  /** The owner of the real pool ends it. */
  async end(): Promise<void> {
    this.removeAllListeners();
  }
}

class EngineClient extends EventEmitter implements PgPoolClient {
  #pinned: pg.PoolClient | undefined;
  readonly #onNotification = (message: PgNotification): void => {
    this.emit('notification', message);
  };
  readonly #onLost = (error: Error): void => {
    if (this.listenerCount('error') > 0) this.emit('error', error);
  };

  constructor(
    private readonly pool: pg.Pool,
    private readonly notifications: Notifications,
  ) {
    super();
    notifications.on('notification', this.#onNotification);
    notifications.on('lost', this.#onLost);
  }

  async query(text: string, values?: readonly unknown[]): Promise<PgQueryResult> {
    const statement = withoutComments(text);
    if (listens.test(statement)) {
      await this.notifications.listen(statement);
      return empty;
    }
    // All share one session: a name for one of them says nothing.
    if (namesItself.test(text)) return empty;
    if (opensTransaction.test(statement)) this.#pinned ??= await this.pool.connect();
    const on: Pick<pg.Pool | pg.PoolClient, 'query'> = this.#pinned ?? this.pool;
    try {
      return await on.query(text, values ? [...values] : undefined);
    } finally {
      if (endsTransaction.test(statement)) this.#unpin();
    }
  }

  release(): void {
    this.notifications.off('notification', this.#onNotification);
    this.notifications.off('lost', this.#onLost);
    const open = this.#pinned;
    this.#pinned = undefined;
    // Released in the middle of a transaction: the real client must not go back with it open.
    open?.query('rollback').then(
      () => open.release(),
      () => open.release(true),
    );
  }

  #unpin(): void {
    this.#pinned?.release();
    this.#pinned = undefined;
  }
}
