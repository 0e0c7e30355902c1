import { randomBytes } from 'node:crypto';
import { canaries } from '../../support/canaries';
import { refusal } from '../world/errcode';
import type { Answer } from '../world/platform-call';
import type { World } from '../world/world';

const LIFE_MS = 7200_000;
const OVERLAP_MS = 300_000;
const FORCED_PER_DAY = 20;
const FORCED_GAP_MS = 30_000;

interface Grant {
  token: string;
  expiresAtMs: number;
}

/**
 * Two families that know nothing of each other. `token`: every fetch replaces the one before, which lives on for five
 * minutes. `stable_token`: repeated calls return the same token with what is left of its life; the platform renews it five
 * minutes before its end, old and new both valid meanwhile; a forced refresh kills the old one at once.
 */
export class AppTokens {
  private readonly validUntilMs = new Map<string, number>();
  private plain: Grant | null = null;
  private stable: Grant | null = null;
  private forcedAtMs: number[] = [];

  constructor(private readonly world: World) {}

  fetchPlain(): Grant {
    const nowMs = this.world.clock.ms();
    if (this.plain) this.shorten(this.plain.token, nowMs + OVERLAP_MS);
    this.plain = this.issue(nowMs);
    return this.plain;
  }

  fetchStable(isForced: boolean): Grant | Answer {
    const nowMs = this.world.clock.ms();
    if (isForced) {
      this.forcedAtMs = this.forcedAtMs.filter((at) => at > nowMs - 86_400_000);
      if (this.forcedAtMs.length >= FORCED_PER_DAY) return refusal(45009);
      if ((this.forcedAtMs.at(-1) ?? 0) > nowMs - FORCED_GAP_MS) return refusal(45011);
      this.forcedAtMs.push(nowMs);
      if (this.stable) this.validUntilMs.delete(this.stable.token);
      this.stable = null;
    }
    if (!this.stable || this.stable.expiresAtMs - OVERLAP_MS <= nowMs) this.stable = this.issue(nowMs);
    return this.stable;
  }

  /** Null when the token may be used. */
  check(token: string | null): Answer | null {
    if (!token) return refusal(41001);
    const untilMs = this.validUntilMs.get(token);
    if (untilMs === undefined) return refusal(40001);
    return untilMs <= this.world.clock.ms() ? refusal(42001) : null;
  }

  revokeAll(): void {
    this.validUntilMs.clear();
    this.plain = null;
    this.stable = null;
    this.forcedAtMs = [];
  }

  private issue(nowMs: number): Grant {
    const grant = { token: `${canaries.token}${randomBytes(96).toString('base64url')}`, expiresAtMs: nowMs + LIFE_MS };
    this.validUntilMs.set(grant.token, grant.expiresAtMs);
    return grant;
  }

  private shorten(token: string, untilMs: number): void {
    const current = this.validUntilMs.get(token);
    if (current !== undefined) this.validUntilMs.set(token, Math.min(current, untilMs));
  }
}
