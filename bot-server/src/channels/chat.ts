/** Where a conversation happens, and with whom: the platform's own name of the person. */
export interface ChatPeer {
  /** openid or userid. */
  readonly userId: string;
  /** WeCom: the corp the member belongs to. */
  readonly corpId?: string;
}

/** What somebody did in a chat. */
export type ChatAct =
  | { readonly act: 'text'; readonly text: string }
  /** A menu entry was tapped. */
  | { readonly act: 'menu'; readonly key: string }
  /** Followed, or entered the application; `scene` from a code with a parameter. */
  | { readonly act: 'follow'; readonly scene?: string }
  | { readonly act: 'unfollow' }
  | { readonly act: 'scan'; readonly scene: string }
  /** Pictures, voice and the like: kept by the platform for a few days under `mediaId`. */
  | { readonly act: 'media'; readonly kind: string; readonly mediaId: string };

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

/** One message of ours in a conversation. Each channel shows the nearest form it has. */
export type ChatReply =
  | { readonly form: 'text'; readonly text: string }
  /** `url` opens in a browser, `page` (with query, no leading slash) inside the mini-program where the platform can. */
  | {
      readonly form: 'link';
      readonly title: string;
      readonly description: string;
      readonly url: string;
      readonly page: string;
      readonly buttonText: string;
    }
  /** A questionnaire short enough for the chat. Where the platform has no interactive cards it becomes the link beside it. */
  | {
      readonly form: 'card';
      readonly title: string;
      readonly description: string;
      readonly card: InteractiveCard;
      readonly fallback: Extract<ChatReply, { form: 'link' }>;
    };

/** An entry of the chat's menu; the deepest level either answers with its `key` or opens `url`/`page`. */
export interface ChatMenuItem {
  readonly label: string;
  readonly key?: string;
  readonly url?: string;
  readonly page?: string;
  readonly items?: readonly ChatMenuItem[];
}

/** Answer to a push inside its deadline: the body of our HTTP response. */
export interface PassiveAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** What a channel with conversations gives. */
export interface Chat {
  /** Sends outside the deadline (customer message, app message). `ref` names it: the same one is not shown twice where the platform recognises repeats. @throws PlatformError */
  say(peer: ChatPeer, reply: ChatReply, ref: string): Promise<void>;
  /** Most menu entries at the top, below one, and characters of a label. */
  readonly menuLimits: { readonly top: number; readonly below: number; readonly labelCharacters: number };
  /** Replaces the menu. @throws PlatformError */
  setMenu(items: readonly ChatMenuItem[]): Promise<void>;
}
