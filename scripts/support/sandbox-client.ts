import type { SandboxPersona } from '@suiban/shared/sandbox';

/** One message as one phone got it, as the sandbox tells it. */
export interface PhoneMessage {
  readonly seq: number;
  readonly platform: 'wecom' | 'wechat' | 'sms';
  readonly corpId: string | null;
  readonly recipient: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly attemptKey: string | null;
  readonly deduped: boolean;
  readonly dropped: boolean;
  readonly card: { readonly taskId: string } | null;
  readonly cardState: { readonly state: 'open' | 'answered' | 'updated' } | null;
}

export interface PhoneCounts {
  readonly received: number;
  readonly shown: number;
  readonly deduped: number;
  readonly dropped: number;
  readonly byAttempt: Readonly<Record<string, number>>;
  /** Shown messages whose person had been shown the same attempt before, over all their channels. */
  readonly repeated: number;
  readonly pushesPending: number;
  readonly oldest: number;
}

type NewPersona = Partial<Omit<SandboxPersona, 'role'>> & { readonly credits?: Readonly<Record<string, number>> };

const pageSize = 20_000;

/** Observes the phones of the sandbox and acts for the people who hold them. @see test/emulators/README.md */
export class SandboxClient {
  constructor(readonly url: string) {}

  private async ask<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`sandbox ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  script = (settings: object): Promise<object> => this.ask('/script', settings);
  counts = (): Promise<PhoneCounts> => this.ask('/observe/counts');
  totals = (): Promise<Pick<PhoneCounts, 'received' | 'shown' | 'deduped' | 'dropped'>> => this.ask('/observe/totals');

  /** Every message shown on a phone, in order; with the key of an attempt, only those. */
  async shown(attemptKey?: string): Promise<readonly PhoneMessage[]> {
    const found: PhoneMessage[] = [];
    let since = 0;
    for (;;) {
      const filter = attemptKey ? `&attemptKey=${attemptKey}` : '';
      const page = await this.ask<{ messages: PhoneMessage[]; next: number; last: number }>(
        `/observe/messages?since=${since}&shown=true&limit=${pageSize}${filter}`,
      );
      found.push(...page.messages);
      if (page.next >= page.last || page.next === since) return found;
      since = page.next;
    }
  }

  addPersonas = (personas: readonly NewPersona[]): Promise<{ registered: number }> => this.ask('/personas', { personas });

  /** Somebody writes in a chat of ours. */
  say = (persona: string, platform: 'wecom' | 'wechat-official' | 'sms', text: string): Promise<object> =>
    this.ask(`/personas/${encodeURIComponent(persona)}/say`, { platform, text });

  answerCard = (
    persona: string,
    seq: number | 'latest',
    selected: readonly { key: string; optionIds: readonly string[] }[],
  ): Promise<object> => this.ask(`/personas/${encodeURIComponent(persona)}/cards/${seq}`, { selected });
}
