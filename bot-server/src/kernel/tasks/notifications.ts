import { EventEmitter } from 'node:events';
import pg from 'pg';

export interface Notification {
  readonly channel: string;
  readonly payload?: string;
}

/** Where LISTEN goes and NOTIFY comes from. Emits `notification` and, when the connection is lost, `lost`. */
export interface Notifications extends EventEmitter {
  listen(statement: string): Promise<void>;
  close(): Promise<void>;
}

/** PGlite: the one session listens; what it is told arrives with the answer of any query. */
export class SessionNotifications extends EventEmitter implements Notifications {
  readonly #watched = new WeakSet<pg.PoolClient>();
  readonly #forward = (message: Notification): void => {
    this.emit('notification', message);
  };

  constructor(private readonly pool: pg.Pool) {
    super();
    this.setMaxListeners(0);
  }

  async listen(statement: string): Promise<void> {
    const client = await this.pool.connect();
    try {
      if (!this.#watched.has(client)) {
        this.#watched.add(client);
        client.on('notification', this.#forward);
      }
      await client.query(statement);
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    this.removeAllListeners();
  }
}

/** PostgreSQL: one connection of its own for all workers of the process (BullMQ alone would take one per queue). */
export class ServerNotifications extends EventEmitter implements Notifications {
  #client: Promise<pg.Client> | undefined;
  #isClosed = false;

  constructor(private readonly databaseUrl: string) {
    super();
    this.setMaxListeners(0);
  }

  async listen(statement: string): Promise<void> {
    const client = await this.#connected();
    await client.query(statement);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.removeAllListeners();
    const client = await this.#client?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  #connected(): Promise<pg.Client> {
    if (this.#isClosed) return Promise.reject(new Error('the task engine is closed'));
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'suiban-tasks-listen',
      keepAlive: true,
      connectionTimeoutMillis: 2_000,
    });
    const lose = (error?: Error) => {
      if (this.#client === undefined) return;
      this.#client = undefined;
      // Every worker listens again on the next connection; until then it polls.
      if (!this.#isClosed) this.emit('lost', error ?? new Error('the listening connection ended'));
    };
    client.on('notification', (message) => this.emit('notification', message));
    client.on('error', lose);
    client.on('end', () => lose());
    try {
      await client.connect();
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
    return client;
  }
}
