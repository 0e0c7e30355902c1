import type { EmulatedClock } from '../world/emulated-clock';

const GRANTS = {
  message: { messages: 5, lifeMs: 48 * 3600_000 },
  tap: { messages: 3, lifeMs: 60_000 },
} as const;

interface Grant {
  left: number;
  readonly untilMs: number;
}

/**
 * How many customer messages an account may still send to each person: five within 48 hours of a message, three within a minute
 * of a menu tap, a follow or a scan. What the person does again renews what it grants.
 */
export class ChatWindows {
  private readonly byOpenid = new Map<string, Partial<Record<keyof typeof GRANTS, Grant>>>();

  constructor(private readonly clock: EmulatedClock) {}

  open(openid: string, by: keyof typeof GRANTS): void {
    const { messages, lifeMs } = GRANTS[by];
    this.byOpenid.set(openid, { ...this.byOpenid.get(openid), [by]: { left: messages, untilMs: this.clock.ms() + lifeMs } });
  }

  /** 45015: no window is open. 45047: one is, and used up. The one that ends first is used first. */
  take(openid: string): 45015 | 45047 | null {
    const open = Object.values(this.byOpenid.get(openid) ?? {}).filter(({ untilMs }) => untilMs > this.clock.ms());
    if (open.length === 0) return 45015;
    const usable = open.filter(({ left }) => left > 0).sort((a, b) => a.untilMs - b.untilMs)[0];
    if (!usable) return 45047;
    usable.left -= 1;
    return null;
  }

  close(openid: string): void {
    this.byOpenid.delete(openid);
  }

  clear(): void {
    this.byOpenid.clear();
  }
}
