import type { EmulatedClock } from '../world/emulated-clock';

const HOUR_MS = 3600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;
const PER_MONTH = 10;
const PER_HOUR = 5;

/** The account's place in the city services (城市服务): who came through it, and what those who do not follow were sent. */
export class CityService {
  /** Without it: 48001. */
  isGranted = true;
  /** Taken off, or too long under review: 82026. */
  isOnline = true;
  private readonly visitedAtMs = new Map<string, number>();
  private readonly sentAtMs = new Map<string, number[]>();
  private readonly owners = new Map<string, string>();

  constructor(private readonly clock: EmulatedClock) {}

  visit(openid: string): void {
    this.visitedAtMs.set(openid, this.clock.ms());
  }

  /** An order is one person's. The documentation names one number for everybody as an example of a wrong one: this is stricter. */
  takeOrder(orderNo: string, openid: string): boolean {
    const owner = this.owners.get(orderNo) ?? openid;
    this.owners.set(orderNo, owner);
    return owner === openid;
  }

  /** Of somebody who does not follow; undefined: counted, and may be sent. */
  refusalFor(openid: string): number | undefined {
    const nowMs = this.clock.ms();
    const visitedMs = this.visitedAtMs.get(openid);
    if (visitedMs === undefined) return 82020;
    if (visitedMs <= nowMs - MONTH_MS) return 82021;
    const sent = (this.sentAtMs.get(openid) ?? []).filter((atMs) => atMs > nowMs - MONTH_MS);
    if (sent.length >= PER_MONTH) return 82022;
    if (sent.filter((atMs) => atMs > nowMs - HOUR_MS).length >= PER_HOUR) return 82023;
    this.sentAtMs.set(openid, [...sent, nowMs]);
    return undefined;
  }

  clear(): void {
    this.isGranted = true;
    this.isOnline = true;
    for (const part of [this.visitedAtMs, this.sentAtMs, this.owners]) part.clear();
  }
}
