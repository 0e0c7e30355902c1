import type { EmulatedClock } from '../world/emulated-clock';

const DAY_MS = 86_400_000;
const PER_PERSON_PER_MONTH = 4;
const TO_ALL_PER_MONTH = 4;
const REQUESTS_PER_MINUTE = 60;

export interface MassMessage {
  readonly id: bigint;
  readonly key: string;
  readonly isToAll: boolean;
  readonly atMs: number;
}

/** Mass messages and their limits (service account): to all once a day and four times a month, to one person four times a month. */
export class MassMessages {
  private readonly sent: MassMessage[] = [];
  private readonly byPerson = new Map<string, string[]>();
  private requestsMs: number[] = [];
  /** Keys whose first request is not answered yet: a second one is "too fast". */
  readonly underWay = new Set<string>();

  constructor(private readonly clock: EmulatedClock) {}

  /** Records of the last 24 hours are compared. */
  withKey(key: string): MassMessage | undefined {
    return this.sent.find((message) => message.key === key && message.atMs > this.clock.ms() - DAY_MS);
  }

  find(id: string): MassMessage | undefined {
    return this.sent.find((message) => String(message.id) === id);
  }

  /** @returns false for the 61st of a minute */
  takeRequest(): boolean {
    const nowMs = this.clock.ms();
    this.requestsMs = this.requestsMs.filter((atMs) => atMs > nowMs - 60_000);
    if (this.requestsMs.length >= REQUESTS_PER_MINUTE) return false;
    this.requestsMs.push(nowMs);
    return true;
  }

  hasQuotaForAll(): boolean {
    const toAll = this.sent.filter(({ isToAll }) => isToAll).map(({ atMs }) => atMs);
    const today = toAll.filter((atMs) => dayOf(atMs) === dayOf(this.clock.ms()));
    return today.length === 0 && toAll.filter((atMs) => monthOf(atMs) === monthOf(this.clock.ms())).length < TO_ALL_PER_MONTH;
  }

  /** @returns false when the person had their four this month: the message is not shown to them */
  reaches(openid: string): boolean {
    const month = monthOf(this.clock.ms());
    const months = (this.byPerson.get(openid) ?? []).filter((each) => each === month);
    if (months.length >= PER_PERSON_PER_MONTH) return false;
    this.byPerson.set(openid, [...months, month]);
    return true;
  }

  add(message: Omit<MassMessage, 'atMs'>): void {
    this.sent.push({ ...message, atMs: this.clock.ms() });
  }

  clear(): void {
    this.sent.length = 0;
    this.requestsMs = [];
    this.byPerson.clear();
    this.underWay.clear();
  }
}

/** Days and months of the platform: UTC+8. */
const dayOf = (atMs: number): string => new Date(atMs + 8 * 3600_000).toISOString().slice(0, 10);
const monthOf = (atMs: number): string => dayOf(atMs).slice(0, 7);
