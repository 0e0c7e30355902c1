import type { Clock } from '@suiban/shared/time';
import type { ChannelRegistry } from '../channels/registry';
import type { City } from '../config/city';
import type { Config } from '../config/config';
import type { Audit } from '../kernel/audit/audit';
import type { FieldSealer } from '../kernel/crypto/field-sealer';
import type { Database } from '../kernel/db/database';
import type { FileStore } from '../kernel/files/file-store';
import type { Role } from '../kernel/http/actor';
import type { Authenticator } from '../kernel/http/authenticator';
import type { Route } from '../kernel/http/route';
import type { InboxHandler } from '../kernel/inbox/inbox';
import type { Logger } from '../kernel/log/logger';
import type { EventHandler, Outbox } from '../kernel/outbox/outbox';
import type { TaskDefinition, Tasks } from '../kernel/tasks/tasks';

/** Everything a use-case may reach. The first argument of each. */
export interface Deps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly config: Config;
  readonly city: City;
  readonly tasks: Tasks;
  readonly outbox: Outbox;
  readonly audit: Audit;
  readonly sealer: FieldSealer;
  readonly files: FileStore;
  readonly channels: ChannelRegistry;
}

/** What a module gives to `compose.ts`: one factory per module, `(deps) => Module`. */
export interface Module {
  readonly name: string;
  readonly routes: readonly Route[];
  /** Permission → roles that hold it; `person` permissions list no role (`[]`): any signed-in person. */
  readonly permissions: Readonly<Record<string, readonly Role[]>>;
  readonly tasks?: readonly TaskDefinition[];
  /** Exactly one module (identity) gives it: who a session cookie or a bearer token stands for. */
  readonly authenticator?: Authenticator;
  /** After migrations, before the process listens or runs tasks; idempotent, in every process. A ConfigError ends the start with exit 78. */
  readonly onStart?: () => Promise<void>;
  /** By outbox topic. */
  readonly onEvent?: Readonly<Record<string, EventHandler>>;
  /** By inbox source prefix: the channel kind. */
  readonly onInbox?: Readonly<Record<string, InboxHandler>>;
}
