import type { AccessTokens } from '../../../bot-server/src/channels/access-tokens';
import type { Address, Channel, ChannelBody, ErrorClass, PushReceiver, PushSource } from '../../../bot-server/src/channels/channel';
import type { Config } from '../../../bot-server/src/config/config';
import type { Outbound } from '../../../bot-server/src/kernel/outbound/outbound';
import type { Clock } from '../../../shared/src/time';
import type { BuiltPush, PushVariant } from '../../emulators/push/built-push';
import type { RunningEmulators } from '../../emulators/start-emulators';
import type { Platform } from '../../emulators/world/observation';

/** What a channel is made of in tests: its accounts are in `config`. */
export interface SubjectDeps {
  readonly config: Config;
  readonly outbound: Outbound;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  /** Set where answers are waited for no longer than this: `outbound` obeys; a channel with a transport of its own must. */
  readonly timeoutMs?: number;
}

/** Everything the one suite needs to know of a channel. A channel joins it with one file in this folder and one line in `index.ts`. */
export interface Subject {
  readonly kind: Channel['kind'];
  readonly make: (deps: SubjectDeps) => Channel;
  readonly body: ChannelBody;
  /** Bodies that break one field rule each: the field as `check` names it → body. */
  readonly broken: readonly (readonly [field: string, body: ChannelBody])[];
  /** Left out where messages are rows of our own and nothing is sent. */
  readonly sending?: SendingSubject;
  /** Left out where the platform pushes nothing. */
  readonly push?: PushSubject;
}

export interface SendingSubject {
  /** Whose script and whose phones: the emulators' name. */
  readonly platform: Platform;
  readonly address: (n: number) => Address;
  /** Somebody the platform does not know, and the code by which the channel says so. */
  readonly stranger: { readonly address: Address; readonly code: string };
  readonly quotaCode: string;
  /** Codes the platform may answer to a send, and what the channel makes of each. */
  readonly codes: readonly (readonly [code: string, meaning: ErrorClass])[];
  /** What a channel without HTTP says when the platform breaks inside; `http-502` unless given. */
  readonly brokenCode?: string;
  /** What `address(n)` must have before each message (a credit, a friendship); called once per message. */
  readonly grant?: (sandbox: RunningEmulators, n: number) => void;
  /** Where the platform gives out access tokens: makes those given so far worthless. Token calls are told by the request log. */
  readonly revokeTokens?: (sandbox: RunningEmulators) => void;
}

export interface PushSubject {
  readonly source: PushSource;
  /** The same happening each time, signed anew: a redelivery has the same message key. */
  readonly build: (nowSec: number, variant: PushVariant) => BuiltPush;
  /**
   * `signed-anew` (default): a redelivery has a nonce of its own, and the very same bytes are a replay.
   * `same-bytes`: the platform repeats what it sent, signature and all; then a replay cannot be told from it, and has no second effect.
   */
  readonly redelivery?: 'signed-anew' | 'same-bytes';
  /** Any text as the platform would send it: signed, encrypted where it encrypts. Left out where nothing is parsed out of a push. */
  readonly wrap?: (text: string, nowSec: number) => BuiltPush;
  /** The signature is one of the body's own fields: neither header nor query matters. */
  readonly isProofInBody?: boolean;
  /** Variants that say nothing here: a scheme without a timestamp has no stale push. */
  readonly without?: readonly PushVariant[];
}

/** A receiver that is no channel: notices of a payment platform. */
export interface NoticeSubject extends PushSubject {
  readonly make: (deps: SubjectDeps) => PushReceiver;
}

export const hasSending = (subject: Subject): subject is Subject & { readonly sending: SendingSubject } => subject.sending !== undefined;
