import type { Problem } from './content';

/** A picture may stand above the text. */
export interface LifeArticle {
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly imageUrl: string | null;
}

export type LifeContent = { readonly text: string } | { readonly articles: readonly LifeArticle[] };

/** One message of a template to one follower. `fields`: `first`, `keyword1` … `remark`. */
export interface LifeMessage {
  readonly openid: string;
  readonly templateId: string;
  readonly context: {
    /** What it opens, and the words of the button; null where the template has none. */
    readonly url: string | null;
    readonly buttonText: string | null;
    readonly fields: Readonly<Record<string, string>>;
  };
}

/** Answers what a follower just did. */
export type LifeAnswer = LifeContent & { readonly openid: string; readonly event: 'follow' | 'click' | 'enter' };

/** alipay: the life account (生活号). The platform knows no repeat: after an unclear answer look before trying again. */
export interface LifeAccount {
  /** Empty = may be sent. */
  check(message: LifeMessage | LifeContent): readonly Problem[];
  /** @throws DomainError kernel:invalid-request for what `check` names; PlatformError */
  sendOne(message: LifeMessage): Promise<void>;
  /** To every follower. @throws DomainError kernel:invalid-request; PlatformError */
  sendAll(content: LifeContent): Promise<{ platformId: string }>;
  /** @throws DomainError kernel:invalid-request; PlatformError */
  answer(answer: LifeAnswer): Promise<void>;
}
