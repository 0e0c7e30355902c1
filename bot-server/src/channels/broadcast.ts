import type { Problem } from './content';

/** Whom a mass message is for: all followers, those with a tag, or those named. */
type MassAudience =
  | { readonly to: 'all' }
  | { readonly to: 'tag'; readonly tagId: number }
  | { readonly to: 'openids'; readonly openids: readonly string[] };

/** `article`: a draft of the account, by its media id. */
type MassContent = { readonly form: 'text'; readonly text: string } | { readonly form: 'article'; readonly mediaId: string };

export interface MassMessage {
  readonly audience: MassAudience;
  readonly content: MassContent;
  /** Recognised when repeated. */
  readonly key: string;
}

/** What became of a message to a whole audience. */
export type MassResult =
  | { readonly state: 'sending' }
  /** Counts come with the platform's event of its end (`receipt` with `totals`). */
  | { readonly state: 'sent' }
  | { readonly state: 'failed'; readonly code: string };

/** One message to many, outside campaigns. */
export interface MassSend {
  /** Empty = may be sent. */
  check(message: MassMessage): readonly Problem[];
  /** @throws DomainError kernel:invalid-request for what `check` names; PlatformError */
  send(message: MassMessage): Promise<{ platformId: string }>;
  /** @throws PlatformError */
  find(platformId: string): Promise<MassResult>;
}

/** `publishing` ends in `published` or one of the refusals; what was published may be `deleted` by the account or `banned` by the platform later. */
export type PublishState = 'publishing' | 'published' | 'not-original' | 'failed' | 'refused' | 'deleted' | 'banned';

export interface PublishResult {
  readonly state: PublishState;
  /** For `explain`; null while nothing is wrong. */
  readonly code: string | null;
  /** Empty before it was published. */
  readonly articleId: string;
  /** Addresses for good, in the order of the draft, counted from 1. */
  readonly articles: readonly { readonly index: number; readonly url: string }[];
  /** Articles of the draft that it failed for, counted from 1. */
  readonly failedIndexes: readonly number[];
}

/** The platform tells that a publication has ended, or what became of it later. */
export type PublicationEvent = { readonly type: 'publication'; readonly publishId: string } & PublishResult;

/** Puts a draft on the account's page; nobody is sent anything. The platform knows no repeat: after an unclear answer look before trying again. */
export interface Publish {
  /** @throws DomainError kernel:invalid-request; PlatformError */
  submit(mediaId: string): Promise<{ publishId: string }>;
  /** @throws PlatformError */
  find(publishId: string): Promise<PublishResult>;
}

/** A notice about a matter somebody does with us through the platform's city services. */
export interface CityNotice {
  /** Of the mini-program, or of the Official Account that has the permission. */
  readonly openid: string;
  readonly templateId: string;
  /** Of this person's matter: notices with the same one are shown as one record. */
  readonly orderNo: string;
  /** What it opens. */
  readonly url: string | null;
  readonly data: Readonly<Record<string, string>>;
  /** Where else it is shown, by the style ids that came with the template. A result page needs `url`. */
  readonly styles?: { readonly resultPage?: string; readonly record?: string; readonly card?: string };
}

export interface CityNotices {
  /** Empty = may be sent. */
  check(notice: CityNotice): readonly Problem[];
  /** `resultPageUrl`: shown instead of our own page of the result. @throws DomainError kernel:invalid-request for what `check` names; PlatformError */
  send(notice: CityNotice): Promise<{ resultPageUrl: string | null }>;
}
