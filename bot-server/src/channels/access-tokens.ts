import type { Clock } from '@suiban/shared/time';
import { sql } from 'kysely';
import type { FieldSealer } from '../kernel/crypto/field-sealer';
import type { Database } from '../kernel/db/database';

/**
 * One access token per platform, account and name, shared by all processes.
 *
 * State of a row: empty → refreshing (one caller holds `refreshing_until`) → valid → refreshing …; `version` grows with each
 * token. Who finds a token dead asks `renew(used)`: when the stored one is another by now it is taken, so a late loser never
 * refreshes again and never stores an old token over a new one. Fifty workers in any number of processes cause one fetch.
 */
export interface AccessTokens {
  get(key: TokenKey, obtainNew: FetchToken): Promise<string>;
  /** `used` was refused by the platform. */
  renew(key: TokenKey, used: string, obtainNew: FetchToken): Promise<string>;
}

export interface TokenKey {
  readonly platform: string;
  readonly account: string;
  readonly name: string;
}

/** `dead` is the token that must not come back. */
export type FetchToken = (dead: string | undefined) => Promise<{ token: string; expiresInSec: number }>;

interface Held {
  readonly token: string;
  readonly expiresAtMs: number;
}

interface Row {
  readonly value_sealed: string | null;
  readonly version: string;
  readonly seconds_left: number;
  readonly is_refreshing: boolean;
}

const purpose = 'platform_token.value';
const refreshSec = 15;
const pollMs = 50;
const marginSec = 60;

export function accessTokens(deps: { db: Database; sealer: FieldSealer; clock: Clock }): AccessTokens {
  const held = new Map<string, Held>();
  const running = new Map<string, Promise<string>>();

  const once = (key: TokenKey, dead: string | undefined, obtainNew: FetchToken): Promise<string> => {
    const name = nameOf(key);
    const present = running.get(name);
    if (present) return present;
    const fresh = obtain(key, dead, obtainNew).finally(() => running.delete(name));
    running.set(name, fresh);
    return fresh;
  };

  async function obtain(key: TokenKey, dead: string | undefined, obtainNew: FetchToken): Promise<string> {
    for (;;) {
      const row = await readRow(deps.db, key);
      const stored = row?.value_sealed && row.seconds_left > 0 ? deps.sealer.open(purpose, row.value_sealed) : undefined;
      if (row && stored !== undefined && stored !== dead) return keep(key, stored, row.seconds_left);
      if (row?.is_refreshing || !(await claim(deps.db, key, row?.version ?? '0'))) {
        await new Promise((resolve) => setTimeout(resolve, pollMs));
        continue;
      }
      return await refresh(key, row?.version ?? '0', dead ?? stored, obtainNew);
    }
  }

  async function refresh(key: TokenKey, version: string, dead: string | undefined, obtainNew: FetchToken): Promise<string> {
    try {
      const { token, expiresInSec } = await obtainNew(dead);
      const lifeSec = Math.max(1, expiresInSec - Math.min(marginSec, expiresInSec / 10));
      await store(deps.db, key, version, deps.sealer.seal(purpose, token), lifeSec);
      return keep(key, token, lifeSec);
    } catch (error) {
      await release(deps.db, key, version);
      throw error;
    }
  }

  function keep(key: TokenKey, token: string, lifeSec: number): string {
    held.set(nameOf(key), { token, expiresAtMs: deps.clock.now().getTime() + lifeSec * 1000 });
    return token;
  }

  return {
    async get(key, obtainNew) {
      const own = held.get(nameOf(key));
      if (own && own.expiresAtMs > deps.clock.now().getTime()) return own.token;
      return once(key, undefined, obtainNew);
    },
    async renew(key, used, obtainNew) {
      const own = held.get(nameOf(key));
      if (own && own.token !== used) return own.token;
      held.delete(nameOf(key));
      return once(key, used, obtainNew);
    },
  };
}

const nameOf = (key: TokenKey): string => `${key.platform}/${key.account}/${key.name}`;

const readRow = (db: Database, key: TokenKey): Promise<Row | undefined> =>
  db.first<Row>(sql`
    select value_sealed, version, coalesce(extract(epoch from expires_at - now()), 0)::float8 as seconds_left,
      coalesce(refreshing_until > now(), false) as is_refreshing
    from platform_token where platform = ${key.platform} and account = ${key.account} and name = ${key.name}`);

const claim = async (db: Database, key: TokenKey, version: string): Promise<boolean> =>
  (await db.run(sql`
    insert into platform_token (platform, account, name, refreshing_until)
    values (${key.platform}, ${key.account}, ${key.name}, now() + make_interval(secs => ${refreshSec}))
    on conflict (platform, account, name) do update set refreshing_until = excluded.refreshing_until
    where platform_token.version = ${version} and (platform_token.refreshing_until is null or platform_token.refreshing_until <= now())`)) >
  0;

const store = (db: Database, key: TokenKey, version: string, sealed: string, lifeSec: number): Promise<number> =>
  db.run(sql`
    update platform_token set value_sealed = ${sealed}, version = version + 1, obtained_at = now(),
      expires_at = now() + make_interval(secs => ${lifeSec}), refreshing_until = null
    where platform = ${key.platform} and account = ${key.account} and name = ${key.name} and version = ${version}`);

const release = (db: Database, key: TokenKey, version: string): Promise<number> =>
  db.run(sql`
    update platform_token set refreshing_until = null
    where platform = ${key.platform} and account = ${key.account} and name = ${key.name} and version = ${version}`);
