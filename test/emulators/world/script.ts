import { PLATFORMS, type Platform } from './observation';

/** What goes wrong on purpose. Everything is off at the start. */
export interface Burst {
  /** The next so many sends … */
  next: number;
  /** … or each one with this probability. */
  rate: number;
}

export interface PlatformScript {
  latencyMs: { min: number; max: number };
  errors: (Burst & { code: string; httpStatus: number }) | null;
  /** Taken and carried out, then the socket is closed without an answer. */
  lostReplies: Burst | null;
  /** Sends left before the quota code, null = no quota. */
  quotaLeft: number | null;
  /** Callers let in, null = all. */
  allowedIps: readonly string[] | null;
}

export interface PushScript {
  target: string | null;
  timeoutMs: number;
  /** Repeats after a failure (the platforms say three times in all; both readings are a setting). */
  repeats: number;
  repeatDelayMs: number;
  /** Every push is delivered so many times more, even when it was taken. */
  duplicates: number;
  /** Holds so many pushes and delivers them newest first. */
  shuffle: number;
  /** Body format of the mini-program's pushes: a console setting on the real platform. */
  wechatFormat: 'json' | 'xml';
  /** SMS: how long a phone takes to get a message, and the share that never arrives. */
  receiptDelayMs: number;
  receiptFailRate: number;
  /** Whose signature WeChat Pay's notices carry: `mixed` is a merchant in migration, `public-key` one that has no certificate. */
  paySigner: 'cert' | 'public-key' | 'mixed';
  /** 1 = the real waits between notices (15 s … 6 h). */
  payWaitScale: number;
  /** Forged notices by WeChat Pay itself before each real one. */
  payProbes: number;
  /** What becomes of refunds; `hold` leaves them to the desk. */
  payRefund: 'SUCCESS' | 'ABNORMAL' | 'CLOSED' | 'hold';
}

const freshPlatform = (): PlatformScript => ({
  latencyMs: { min: 0, max: 0 },
  errors: null,
  lostReplies: null,
  quotaLeft: null,
  allowedIps: null,
});

const freshPush = (): PushScript => ({
  target: null,
  timeoutMs: 5000,
  repeats: 3,
  repeatDelayMs: 1000,
  duplicates: 0,
  shuffle: 0,
  wechatFormat: 'json',
  receiptDelayMs: 300,
  receiptFailRate: 0,
  paySigner: 'mixed',
  payWaitScale: 1,
  payProbes: 0,
  payRefund: 'SUCCESS',
});

export class Script {
  readonly platforms = Object.fromEntries(PLATFORMS.map((platform) => [platform, freshPlatform()])) as Record<Platform, PlatformScript>;
  readonly push: PushScript = freshPush();

  constructor(private readonly random: () => number = Math.random) {}

  reset(): void {
    const { target } = this.push;
    for (const platform of Object.keys(this.platforms) as Platform[]) this.platforms[platform] = freshPlatform();
    Object.assign(this.push, freshPush(), { target });
  }

  latencyMs(platform: Platform): number {
    const { min, max } = this.platforms[platform].latencyMs;
    return min >= max ? min : min + Math.floor(this.random() * (max - min + 1));
  }

  fires(burst: Burst | null): boolean {
    if (!burst) return false;
    if (burst.next > 0) {
      burst.next -= 1;
      return true;
    }
    return burst.rate > 0 && this.random() < burst.rate;
  }

  takeQuota(platform: Platform, sends: number): boolean {
    const script = this.platforms[platform];
    if (script.quotaLeft === null) return true;
    if (script.quotaLeft < sends) return false;
    script.quotaLeft -= sends;
    return true;
  }
}
