import type { Words } from '@suiban/shared/words';
import type { CityNotices, MassSend, PublicationEvent, Publish } from './broadcast';
import type { Chat, ChatAct, ChatPeer, ChatReply, InteractiveCard, PassiveAnswer } from './chat';
import type { Problem } from './content';
import type { LifeAccount } from './life-account';
import type { PaymentNotice } from './payment';

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
  /** A customer of the firm's member `staffUserId`: nothing is sent until that member confirms. */
  | { readonly type: 'wecom-contact'; readonly account: string; readonly staffUserId: string; readonly externalUserId: string }
  | { readonly type: 'mobile'; readonly account: string; readonly mobile: string }
  | { readonly type: 'email'; readonly account: string; readonly email: string };

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
  /** To customers of our members: text with the personal link behind it. */
  | { readonly channel: 'wecom'; readonly form: 'contact'; readonly text: string }
  /** A template message. It opens the mini-program at `page` when one is named, else the personal link. */
  | {
      readonly channel: 'wechat-official';
      readonly templateId: string;
      readonly page: string | null;
      readonly data: Readonly<Record<string, string>>;
    }
  | { readonly channel: 'alipay-mini'; readonly templateId: string; readonly page: string; readonly data: Readonly<Record<string, string>> }
  | { readonly channel: 'sms'; readonly signName: string; readonly text: string }
  /** Plain text; `{link}` is where the personal link goes. */
  | { readonly channel: 'email'; readonly subject: string; readonly text: string }
  | { readonly channel: 'inbox'; readonly title: string; readonly summary: string };

export interface Call {
  readonly recipients: readonly Recipient[];
  readonly content: CallContent;
}

export type ErrorClass = 'transient' | 'auth' | 'quota' | 'permanent' | 'unknown';

/** `accepted`: the platform took it. `refused`: it said no, with its code. `unknown`: no answer we can trust. */
export type SendResult =
  | {
      readonly ref: string;
      readonly outcome: 'accepted';
      readonly platformId: string;
      readonly deduped?: boolean;
      /** The platform made a task of it: nothing reaches the person until a member of staff confirms. */
      readonly awaits?: 'staff';
    }
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

/** Where pushes come from: the name in the callback path. */
export type PushSource = 'wechat-mini' | 'wechat-official' | 'wecom' | 'alipay' | 'wechat-pay' | 'sms';

/** A verified push: what the inbox stores. */
export type Inbound =
  | { readonly kind: 'echo'; readonly answer: string }
  | {
      readonly kind: 'message';
      readonly messageKey: string;
      readonly event: InboundEvent;
      /** A push may carry several happenings: the ones after the first. */
      readonly further?: readonly InboundEvent[];
      /** What was signed: a second push with the same one is a replay. Absent: the platform signs no time and repeats the same bytes, told by `messageKey`. */
      readonly nonce?: string;
      readonly answer: string;
      /** `text/plain` unless said. */
      readonly answerType?: string;
      /** Answers the person inside this push's own response; undefined: the platform has no such answer for this form. */
      readonly reply?: (reply: ChatReply) => PassiveAnswer | undefined;
    };

export type InboundEvent =
  | PaymentNotice
  | PublicationEvent
  | ChatEvent
  | {
      readonly type: 'receipt';
      readonly platformId: string;
      readonly result: 'delivered' | 'failed';
      readonly code: string;
      /** What we sent along with the message, where the platform gives it back. */
      readonly reference?: string;
      readonly openid?: string;
      readonly templateId?: string;
      /** Of a mass message: how many it was for, and what became of it. */
      readonly totals?: { readonly total: number; readonly sent: number; readonly failed: number };
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
  | { readonly type: 'other'; readonly name: string };

/** Somebody wrote or tapped in a chat of ours. */
export type ChatEvent = { readonly type: 'chat'; readonly peer: ChatPeer; readonly saidAt: string } & ChatAct;

export interface RawPush {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What takes pushes of one account: a channel, or a payment platform's notices. */
export interface PushReceiver {
  readonly source: PushSource;
  readonly account: string;
  /** Signature on raw bytes in constant time, window and nonce, then decryption and decoding. @throws DomainError kernel:forged-callback */
  receive(push: RawPush): Promise<Inbound>;
}

/** A code to print that opens the mini-program. */
export interface CodeRequest {
  /** No leading slash, no query. */
  readonly page: string;
  /** WeChat: at most 32 characters. */
  readonly scene: string;
  readonly widthPx?: number;
  readonly describe?: string;
}

export interface CodeImage {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** What a platform's content check says of a text that others will read. */
export interface ContentVerdict {
  readonly verdict: 'pass' | 'review' | 'risky';
  readonly label: string;
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
  /** Where it is not the same for every call of the channel: what holds for this one. Without it `dedupe` holds. */
  dedupeOf?(body: ChannelBody): Dedupe;
  /** Field rules of the platform, before launch. Empty = may be sent. */
  check(body: ChannelBody): readonly Problem[];
  /** Groups recipients that one call can carry, in a stable order: same recipients in = same calls out. */
  plan(recipients: readonly Recipient[], content: CallContent): readonly Call[];
  /** Never throws: whatever happens becomes a result per recipient, in order. */
  sendCall(call: Call, signal: AbortSignal): Promise<readonly SendResult[]>;
  /** Takes its own pushes. */
  readonly receiver?: PushReceiver;
  /** wechat-official and wecom: people write, we answer. */
  readonly chat?: Chat;
  /** wecom: replaces the card in the chat after an answer. A response code works once. */
  readonly cards?: { update(card: { userId: string; responseCode: string; corpId: string; text: string }): Promise<void> };
  /** wechat-mini: one credit is used by each accepted message of a one-time template. */
  readonly usesCredits?: boolean;
  /** wechat-mini: the code that says our figure of a person's credits was too high. */
  readonly noCreditCode?: string;
  /** Codes that say: this very person cannot be reached by this account any more. */
  readonly goneCodes?: readonly string[];
  /** Never throws: an unknown code is explained as one. */
  explain?(code: string): Explanation;
  /** wechat-mini: the templates the account may send. @throws PlatformError */
  templates?(): Promise<readonly MessageTemplate[]>;
  /** Where a browser is sent to sign in; it comes back to `redirectUri` with `code` (for `signIn`) and `state`. WeCom: as member of `corpId`. */
  authorizeUrl?(redirectUri: string, state: string, corpId?: string): string;
  /** Login code of the client → platform identity. @throws DomainError */
  signIn?(code: string): Promise<{ subject: string; unionId?: string; corpId?: string }>;
  /** wechat-mini: mobile number behind the code of the phone-number button, once. @throws DomainError */
  phoneNumber?(code: string): Promise<string>;
  /** wechat-mini, alipay-mini. @throws PlatformError, DomainError for a scene the platform refuses */
  codeImage?(request: CodeRequest): Promise<CodeImage>;
  /** wechat-mini: a text of the person `openid`, checked before others see it. @throws PlatformError */
  checkText?(text: string, openid: string): Promise<ContentVerdict>;
  /** wechat-official: one message to all followers, a tag, or people named. */
  readonly massSend?: MassSend;
  /** wechat-official: drafts put on the account's page. */
  readonly publish?: Publish;
  /** wechat-mini: notices of the platform's city services, where the linked Official Account may send them. */
  readonly cityNotice?: CityNotices;
  /** alipay-mini: messages of the life account (生活号) that belongs to the same app. */
  readonly lifeAccount?: LifeAccount;
  /**
   * wecom: says something in the group of the account's robot, to staff and never to firms. Above the platform's limit per minute it waits,
   * and goes out as one with what came meanwhile. @throws DomainError kernel:invalid-request; PlatformError
   */
  groupNotice?(content: string, form?: 'markdown' | 'text'): Promise<void>;
  /** wecom-contact: who of a task's customers was really sent to by now. @throws PlatformError */
  staffResults?(
    platformId: string,
  ): Promise<readonly { readonly externalUserId: string; readonly result: 'sent' | 'waiting' | 'failed'; readonly code: string }[]>;
}
