import { randomBytes } from 'node:crypto';
import type { World } from '../world/world';

const LIFE_MS = 300_000;
const HELD = 50_000;

/** OAuth codes: five minutes, once, and only for the corp whose page was opened. */
export class LoginCodes {
  private readonly open = new Map<string, { corpId: string; userId: string; expiresAtMs: number }>();

  constructor(private readonly world: World) {}

  issue(corpId: string, userId: string): string {
    const code = randomBytes(32).toString('base64url');
    this.open.set(code, { corpId, userId, expiresAtMs: this.world.clock.ms() + LIFE_MS });
    if (this.open.size > HELD)
      for (const oldest of this.open.keys()) {
        this.open.delete(oldest);
        break;
      }
    return code;
  }

  /** Another corp's question does not use the code up. */
  use(corpId: string, code: string): string | undefined {
    const found = this.open.get(code);
    if (!found || found.corpId !== corpId || found.expiresAtMs <= this.world.clock.ms()) return undefined;
    this.open.delete(code);
    return found.userId;
  }

  clear(): void {
    this.open.clear();
  }
}
