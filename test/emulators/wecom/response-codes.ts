import { randomBytes } from 'node:crypto';

/** Which card a response code may change, and on whose phone. */
export interface ResponseGrant {
  readonly corpId: string;
  readonly agentId: number;
  readonly messageId: string;
  readonly userId: string | null;
  readonly expiresAtMs: number;
}

const LIFE_MS = 24 * 3600 * 1000;
const HELD = 50_000;

/**
 * A response code changes a card once, inside 24 hours (one page of the documentation says 72: the shorter is modelled).
 * unused → used; used or outlived codes are refused.
 */
export class ResponseCodes {
  private readonly open = new Map<string, ResponseGrant>();

  issue(grant: Omit<ResponseGrant, 'expiresAtMs'>, nowMs: number): string {
    const code = randomBytes(24).toString('base64url');
    this.open.set(code, { ...grant, expiresAtMs: nowMs + LIFE_MS });
    if (this.open.size > HELD)
      for (const oldest of this.open.keys()) {
        this.open.delete(oldest);
        break;
      }
    return code;
  }

  use(code: string, app: { corpId: string; agentId: number }, nowMs: number): ResponseGrant | undefined {
    const grant = this.open.get(code);
    if (!grant || grant.corpId !== app.corpId || grant.agentId !== app.agentId) return undefined;
    this.open.delete(code);
    return grant.expiresAtMs > nowMs ? grant : undefined;
  }

  clear(): void {
    this.open.clear();
  }
}
