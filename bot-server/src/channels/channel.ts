import type { Words } from '@suiban/shared/words';
import type { Problem } from './content';

/**
 * The port every platform is reached through. The unit of sending is a **call**: its ordered recipients and its exact
 * body, rebuilt byte for byte after a crash (same input to `encode` = same bytes).
 */
export type ChannelKind = 'wechat-mini' | 'wechat-official' | 'wecom' | 'alipay-mini' | 'sms' | 'email' | 'inbox';

/** Typed per channel. `account` names a configured account (`default` when it comes from environment variables). */
export type Address =
  | { readonly type: 'openid'; readonly account: string; readonly openid: string }
  | { readonly type: 'wecom-member'; readonly account: string; readonly userId: string }
  | { readonly type: 'wecom-linked'; readonly account: string; readonly corpId: string; readonly agentId: number; readonly userId: string }
  | { readonly type: 'mobile'; readonly account: string; readonly mobile: string };

/** One person in a call. `ref` is `<seq>`: comes back with the result. `link` is personal: carries campaign and attempt. */
export interface Recipient {
  readonly ref: string;
  readonly address: Address;
  readonly link: string;
}

/** What is said, already rendered for the channel. `attemptKey` = `c<campaign>a<attempt>`: in every body, so a reminder is never taken for a repeat. */
export interface CallContent {
  readonly attemptKey: string;
  readonly body: ChannelBody;
}

/** One body per channel. Validated by `check` before a campaign may be submitted. */
export type ChannelBody =
  | { readonly channel: 'wechat-mini'; readonly templateId: string; readonly page: string; readonly data: Readonly<Record<string, string>> }
  | {
      readonly channel: 'wecom';
      readonly form: 'textcard';
      readonly title: string;
      readonly description: string;
      readonly buttonText: string;
    }
  | {
      readonly channel: 'wecom';
      readonly form: 'card';
      readonly title: string;
      readonly description: string;
      readonly card: InteractiveCard;
    }
  | { readonly channel: 'sms'; readonly signName: string; readonly text: string }
  | { readonly channel: 'inbox'; readonly title: string; readonly summary: string };

/** A short questionnaire inside the chat: one single/multiple question (≤ 20 options), or two or three single ones (≤ 10 each). */
export interface InteractiveCard {
  readonly taskId: string;
  readonly submitText: string;
  readonly questions: readonly {
    readonly key: string;
    readonly title: string;
    readonly mode: 'single' | 'multiple';
    readonly options: readonly { readonly id: string; readonly text: string }[];
  }[];
}

export interface Call {
  readonly recipients: readonly Recipient[];
  readonly content: CallContent;
}

export type ErrorClass = 'transient' | 'auth' | 'quota' | 'permanent' | 'unknown';

/** `accepted`: the platform took it. `refused`: it said no, with its code. `unknown`: no answer we can trust. */
export type SendResult =
  | { readonly ref: string; readonly outcome: 'accepted'; readonly platformId: string; readonly deduped?: boolean }
  | {
      readonly ref: string;
      readonly outcome: 'refused';
      readonly class: Exclude<ErrorClass, 'unknown'>;
      readonly code: string;
      readonly retryAfterMs?: number;
    }
  | { readonly ref: string; readonly outcome: 'unknown'; readonly code: string };

/** How the platform recognises a repeat: by a key we choose, by the identical request inside a window, or never. */
export type Dedupe = { readonly by: 'key' | 'request'; readonly windowSec: number } | 'none';

export interface ChannelLimits {
  /** Recipients per call: 1 where the platform has no batch. */
  readonly recipientsPerCall: number;
  /** Recipients per second for the account (weighted limiter). */
  readonly recipientsPerSec: number;
  /** At most so many to one person per minute; the surplus would be dropped by the platform. */
  readonly perPersonPerMin: number;
}

/** A verified push: what the inbox stores. */
export type Inbound =
  | { readonly kind: 'echo'; readonly answer: string }
  | {
      readonly kind: 'message';
      readonly messageKey: string;
      readonly event: InboundEvent;
      /** A push may carry several happenings: the ones after the first. */
      readonly further?: readonly InboundEvent[];
      /** What was signed: a second push with the same one is a replay. */
      readonly nonce: string;
      readonly answer: string;
    };

export type InboundEvent =
  | {
      readonly type: 'receipt';
      readonly platformId: string;
      readonly result: 'delivered' | 'failed';
      readonly code: string;
      /** What we sent along with the message, where the platform gives it back. */
      readonly reference?: string;
      readonly openid?: string;
      readonly templateId?: string;
    }
  | {
      readonly type: 'card-answer';
      readonly taskId: string;
      readonly userId: string;
      readonly corpId: string;
      readonly responseCode: string;
      readonly selected: readonly { readonly key: string; readonly optionIds: readonly string[] }[];
    }
  | {
      readonly type: 'subscription';
      readonly openid: string;
      readonly grants: readonly { readonly templateId: string; readonly accepted: boolean }[];
    }
  | { readonly type: 'text'; readonly from: string; readonly text: string }
  | { readonly type: 'other'; readonly name: string };

export interface RawPush {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A code of the platform in words for an official: what it means, what to do. */
export interface Explanation {
  readonly class: ErrorClass;
  readonly meaning: Words;
  readonly whatToDo: Words;
}

/** A message template of the account. `rule` says what its field may hold. */
export interface MessageTemplate {
  readonly templateId: string;
  readonly title: string;
  readonly isLongTerm: boolean;
  readonly fields: readonly { readonly key: string; readonly name: string; readonly rule: string }[];
}

export interface Channel {
  readonly kind: ChannelKind;
  readonly account: string;
  readonly limits: ChannelLimits;
  /** Whether the platform ever tells that a message arrived. */
  readonly receipts: boolean;
  readonly dedupe: Dedupe;
  /** Field rules of the platform, before launch. Empty = may be sent. */
  check(body: ChannelBody): readonly Problem[];
  /** Groups recipients that one call can carry, in a stable order: same recipients in = same calls out. */
  plan(recipients: readonly Recipient[], content: CallContent): readonly Call[];
  /** Never throws: whatever happens becomes a result per recipient, in order. */
  sendCall(call: Call, signal: AbortSignal): Promise<readonly SendResult[]>;
  /** Signature on raw bytes in constant time, window and nonce, then decryption and decoding. @throws DomainError kernel:forged-callback */
  receive?(push: RawPush): Promise<Inbound>;
  /** wecom: replaces the card in the chat after an answer. A response code works once. */
  readonly cards?: { update(card: { userId: string; responseCode: string; corpId: string; text: string }): Promise<void> };
  /** wechat-mini: one credit is used by each accepted message of a one-time template. */
  readonly usesCredits?: boolean;
  /** wechat-mini: the code that says our figure of a person's credits was too high. */
  readonly noCreditCode?: string;
  /** Never throws: an unknown code is explained as one. */
  explain?(code: string): Explanation;
  /** wechat-mini: the templates the account may send. @throws PlatformError */
  templates?(): Promise<readonly MessageTemplate[]>;
  /** Login code of the client → platform identity. @throws DomainError */
  signIn?(code: string): Promise<{ subject: string; unionId?: string }>;
}
