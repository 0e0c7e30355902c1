import { createHash } from 'node:crypto';
import { Ring } from './ring';

/** Every platform of the sandbox. */
export const PLATFORMS = ['wecom', 'wechat', 'wechat-official', 'alipay', 'wechat-pay', 'sms', 'email'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A card that can be answered in the chat, as the phone draws it. */
export interface CardView {
  readonly type: 'vote' | 'multiple' | 'button' | 'notice';
  readonly taskId: string;
  readonly submitText: string;
  readonly submitKey: string;
  readonly questions: readonly {
    readonly key: string;
    readonly title: string;
    readonly mode: 'single' | 'multiple';
    readonly options: readonly { readonly id: string; readonly text: string }[];
  }[];
  readonly buttons: readonly { readonly key: string; readonly text: string; readonly style: number }[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** What one person has done with a card: open → answered → updated (the platform replaced its button). */
export interface CardState {
  state: 'open' | 'answered' | 'updated';
  selected: readonly { readonly key: string; readonly optionIds: readonly string[] }[];
  note: string;
}

/** One message as one phone got it, or would have got it (`deduped`, `dropped`). */
export interface ObservedMessage {
  readonly seq: number;
  readonly at: string;
  readonly platform: Platform;
  readonly account: string;
  readonly corpId: string | null;
  readonly recipient: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly buttonText: string | null;
  readonly attemptKey: string | null;
  /** SHA-256 of the request's bytes, first 32 hex digits: identical requests are identical bytes. */
  readonly requestHash: string;
  readonly messageId: string;
  /** The platform recognised the identical request: nothing new appeared on the phone. */
  readonly deduped: boolean;
  /** Over the person's limit: the platform said yes and showed nothing. */
  readonly dropped: boolean;
  readonly templateId: string | null;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly card: CardView | null;
  cardState: CardState | null;
  isRecalled: boolean;
}

export type NewMessage = Omit<ObservedMessage, 'seq' | 'at' | 'cardState' | 'isRecalled'>;

/** What a person wrote or did in a chat: shown on their side of it. */
export interface OwnEntry {
  readonly at: string;
  readonly own: true;
  readonly text: string;
}

export type ChatEntry = ObservedMessage | OwnEntry;

const MESSAGES_HELD = 200_000;
const ENTRIES_PER_CHAT = 200;

export const hashOf = (raw: Buffer): string => createHash('sha256').update(raw).digest('hex').slice(0, 32);

export const chatKeyOf = (message: Pick<ObservedMessage, 'platform' | 'corpId' | 'recipient'>): string =>
  message.platform === 'wecom'
    ? `wecom:${message.corpId ?? ''}/${message.recipient.toLowerCase()}`
    : `${message.platform}:${message.recipient}`;

/** Every message of every phone, in order; the newest 200,000 are held, totals are kept for ever. */
export class Observation {
  readonly totals = { received: 0, shown: 0, deduped: 0, dropped: 0 };
  /** The platforms of every sandbox, and of the others those that were used. */
  readonly totalsByPlatform: Partial<Record<Platform, number>> = { wecom: 0, wechat: 0, sms: 0 };
  private readonly ring = new Ring<ObservedMessage>(MESSAGES_HELD, (message) => this.forget(message));
  private readonly chats = new Map<string, ChatEntry[]>();
  private readonly listeners = new Set<(message: ObservedMessage | null) => void>();

  constructor(private readonly now: () => Date) {}

  record(fresh: NewMessage): ObservedMessage {
    const message: ObservedMessage = {
      seq: this.ring.next,
      at: this.now().toISOString(),
      ...fresh,
      cardState: fresh.card ? { state: 'open', selected: [], note: '' } : null,
      isRecalled: false,
    };
    this.ring.add(message);
    this.totals.received += 1;
    this.totalsByPlatform[fresh.platform] = (this.totalsByPlatform[fresh.platform] ?? 0) + 1;
    if (fresh.deduped) this.totals.deduped += 1;
    else if (fresh.dropped) this.totals.dropped += 1;
    else {
      this.totals.shown += 1;
      this.push(chatKeyOf(fresh), message);
    }
    for (const listen of this.listeners) listen(message);
    return message;
  }

  addOwn(chatKey: string, text: string): void {
    this.push(chatKey, { at: this.now().toISOString(), own: true, text });
    this.touched();
  }

  /** Something already shown has changed (a card, a recall): watchers look again. */
  touched(): void {
    for (const listen of this.listeners) listen(null);
  }

  chat(chatKey: string): readonly ChatEntry[] {
    return this.chats.get(chatKey) ?? [];
  }

  get(seq: number): ObservedMessage | undefined {
    return this.ring.at(seq);
  }

  after(since: number): Generator<ObservedMessage> {
    return this.ring.after(since);
  }

  get oldest(): number {
    return this.ring.oldest;
  }

  get last(): number {
    return this.ring.next - 1;
  }

  recall(platform: Platform, messageId: string): number {
    let recalled = 0;
    for (const message of this.ring.after(0)) {
      if (message.platform !== platform || message.messageId !== messageId || message.isRecalled) continue;
      message.isRecalled = true;
      recalled += 1;
    }
    if (recalled > 0) this.touched();
    return recalled;
  }

  watch(listen: (message: ObservedMessage | null) => void): () => void {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  }

  /** Addresses that got something and are in nobody's name yet. */
  recentChatKeys(matching: string, limit: number): string[] {
    const found: string[] = [];
    for (const key of this.chats.keys()) if (key.includes(matching) && found.push(key) >= limit) break;
    return found;
  }

  clear(): void {
    this.ring.clear();
    this.chats.clear();
    Object.assign(this.totals, { received: 0, shown: 0, deduped: 0, dropped: 0 });
    for (const platform of PLATFORMS) delete this.totalsByPlatform[platform];
    Object.assign(this.totalsByPlatform, { wecom: 0, wechat: 0, sms: 0 });
    this.touched();
  }

  private push(chatKey: string, entry: ChatEntry): void {
    const entries = this.chats.get(chatKey);
    if (!entries) this.chats.set(chatKey, [entry]);
    else {
      entries.push(entry);
      if (entries.length > ENTRIES_PER_CHAT) entries.shift();
    }
  }

  private forget(message: ObservedMessage): void {
    const key = chatKeyOf(message);
    const entries = this.chats.get(key);
    if (entries?.[0] !== message) return;
    entries.shift();
    if (entries.length === 0) this.chats.delete(key);
  }
}
