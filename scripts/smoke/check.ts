import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@suiban/shared/time';
import type { AccessTokens } from '../../bot-server/src/channels/access-tokens';
import { PlatformError } from '../../bot-server/src/channels/platform-error';
import type { PlatformAccounts, PlatformName } from '../../bot-server/src/config/accounts';
import type { Outbound } from '../../bot-server/src/kernel/outbound/outbound';

/** One harmless call: nothing is sent to anybody, nothing at the platform changes. */
export interface Check {
  readonly platform: PlatformName;
  readonly name: string;
  /** What was found, in words without any secret. @throws Error saying what the platform said */
  run(): Promise<string>;
}

export interface CheckDeps {
  readonly accounts: PlatformAccounts;
  readonly outbound: Outbound;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
}

export interface Checked {
  readonly platform: PlatformName;
  readonly name: string;
  readonly isOk: boolean;
  readonly text: string;
  readonly tookMs: number;
}

const longestMs = 30_000;

export async function runCheck({ platform, name, run }: Check): Promise<Checked> {
  const startedAt = performance.now();
  const ended = (isOk: boolean, text: string): Checked => ({
    platform,
    name,
    isOk,
    text,
    tookMs: Math.round(performance.now() - startedAt),
  });
  const abort = new AbortController();
  try {
    const text = await Promise.race([
      run(),
      sleep(longestMs, undefined, { signal: abort.signal }).then(() => Promise.reject(new Error('no answer'))),
    ]);
    return ended(true, text);
  } catch (error) {
    return ended(false, wordsOf(error));
  } finally {
    abort.abort();
  }
}

const wordsOf = (error: unknown): string => {
  if (error instanceof PlatformError) return `refused with ${error.code} (${error.errorClass})`;
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
};

/** Tokens of one run; every account's is fetched anew, which is the first thing to be tried. */
export function freshTokens(): AccessTokens {
  const held = new Map<string, string>();
  const fetchInto = async (id: string, obtainNew: Parameters<AccessTokens['get']>[1], dead?: string): Promise<string> => {
    const { token } = await obtainNew(dead);
    held.set(id, token);
    return token;
  };
  const idOf = ({ platform, account, name }: Parameters<AccessTokens['get']>[0]): string => `${platform}/${account}/${name}`;
  return {
    get: async (key, obtainNew) => held.get(idOf(key)) ?? fetchInto(idOf(key), obtainNew),
    renew: (key, used, obtainNew) => fetchInto(idOf(key), obtainNew, used),
  };
}
