import type { Clock } from '@suiban/shared/time';
import type { ChatReply } from '../channels/chat';
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
import type { InboxHandler, InboxMessage } from '../kernel/inbox/inbox';
import type { Logger } from '../kernel/log/logger';
import type { EventHandler, Outbox } from '../kernel/outbox/outbox';
import type { Pace } from '../kernel/pace/pace';
import type { TaskDefinition, Tasks } from '../kernel/tasks/tasks';
import type { Intent } from './intent';

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
  /** Turns of one person in a minute. */
  readonly pace: Pace;
}

/**
 * What to say inside the response to a chat push, worked out in at most `withinMs`; undefined: nothing now, it will come as a message.
 * A redelivery of the same push gets the same reply. `fits`: whether the platform can say this so; what it cannot is never given.
 */
export type ReplyNow = (push: InboxMessage, withinMs: number, fits?: (reply: ChatReply) => boolean) => Promise<ChatReply | undefined>;

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
  /** By the type of the push's event (`InboundEvent`). */
  readonly onInbox?: Readonly<Record<string, InboxHandler>>;
  /** What people can ask for in a chat. */
  readonly intents?: readonly Intent[];
  /** At most one module (conversations) gives it. */
  readonly replyNow?: ReplyNow;
}
