import { randomBytes } from 'node:crypto';
import type { World } from '../world/world';

const LIFE_MS = 300_000;
const HELD = 50_000;

/** Codes that a phone hands to the mini-program: five minutes, once. */
export class Codes {
  private readonly open = new Map<string, { subject: string; expiresAtMs: number; isUsed: boolean }>();

  constructor(private readonly world: World) {}

  issue(subject: string): string {
    const code = randomBytes(24).toString('base64url').slice(0, 32);
    this.open.set(code, { subject, expiresAtMs: this.world.clock.ms() + LIFE_MS, isUsed: false });
    if (this.open.size > HELD)
      for (const oldest of this.open.keys()) {
        this.open.delete(oldest);
        break;
      }
    return code;
  }

  use(code: string): { subject: string } | 'unknown' | 'used' {
    const found = this.open.get(code);
    if (!found || found.expiresAtMs <= this.world.clock.ms()) return 'unknown';
    if (found.isUsed) return 'used';
    found.isUsed = true;
    return { subject: found.subject };
  }

  clear(): void {
    this.open.clear();
  }
}
