import { randomBytes } from 'node:crypto';
import { canaries } from '../../support/canaries';
import { refusal } from '../world/errcode';
import type { Answer } from '../world/platform-call';
import type { WecomCorp, World } from '../world/world';

const LIFE_SEC = 7200;

interface Grant {
  readonly token: string;
  readonly corp: WecomCorp;
  readonly expiresAtMs: number;
}

/**
 * One token per corp and app. Inside its life a repeated call returns the same token; a revoked one answers 40014, an
 * outlived one 42001.
 */
export class CorpTokens {
  private readonly current = new Map<string, Grant>();
  private readonly byToken = new Map<string, Grant>();
  private readonly revoked = new Set<string>();

  constructor(private readonly world: World) {}

  grant(corp: WecomCorp): { token: string; expiresInSec: number } {
    const key = `${corp.corpId}/${corp.agentId}`;
    const nowMs = this.world.clock.ms();
    let grant = this.current.get(key);
    if (!grant || grant.expiresAtMs <= nowMs) {
      grant = { token: `${canaries.token}${randomBytes(64).toString('base64url')}`, corp, expiresAtMs: nowMs + LIFE_SEC * 1000 };
      this.current.set(key, grant);
      this.byToken.set(grant.token, grant);
    }
    return { token: grant.token, expiresInSec: Math.ceil((grant.expiresAtMs - nowMs) / 1000) };
  }

  /** Whose token it is, or why it is no use. */
  check(token: string | null): WecomCorp | Answer {
    if (!token) return refusal(41001);
    const grant = this.byToken.get(token);
    if (!grant || this.revoked.has(token)) return refusal(40014);
    return grant.expiresAtMs <= this.world.clock.ms() ? refusal(42001) : grant.corp;
  }

  /** The platform may take a token back before its time. */
  revokeAll(): void {
    for (const grant of this.current.values()) this.revoked.add(grant.token);
    this.current.clear();
  }
}

export const isAnswer = (value: object): value is Answer => 'isRefusal' in value;
