import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { Database } from '../../bot-server/src/kernel/db/database';
import { systemClock } from '../../shared/src/time';
import { type ChannelStage, channelStage } from '../conformance/channel-stage';
import { subjects } from '../conformance/subjects';
import { hasSending } from '../conformance/subjects/subject';
import { testDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { temporaryFolder } from '../support/process';

const workers = 50;
const withTokens = subjects.filter(hasSending).filter(({ sending }) => sending.revokeTokens);

describe('fifty workers in five processes find the token dead at the same moment', () => {
  let stage: ChannelStage;
  beforeAll(async () => {
    stage = await channelStage();
  }, 60_000);
  afterAll(() => stage.close());
  const tokenCalls = () => [...stage.sandbox.world.requests.after(0)].filter(({ action }) => action.includes('token')).length;
  /** Of all tokens there are: each refresh of any adds one. */
  const versions = async () =>
    Number((await stage.db.one<{ sum: string }>(sql`select coalesce(sum(version), 0) as sum from platform_token`)).sum);

  it.each(withTokens.map((subject) => [subject.kind, subject] as const))(
    '%s: one refresh call, every call succeeds, the old token is not stored again',
    async (kind, subject) => {
      const { address, grant, revokeTokens } = subject.sending;
      // They share nothing but the database.
      const processes = Array.from({ length: 5 }, () => stage.make(subject, { isOtherProcess: true }));
      const send = (n: number) => {
        const channel = processes[n % processes.length];
        grant?.(stage.sandbox, n);
        const recipient = { ref: String(n), address: address(n), link: `https://example.test/s/1-${n}-1-abcdefghij` };
        const [call] = channel?.plan([recipient], { attemptKey: 'c1a1', body: subject.body }) ?? [];
        if (!channel || !call) throw new Error('no call');
        return channel.sendCall(call, new AbortController().signal);
      };
      const all = (from: number) => Promise.all(Array.from({ length: workers }, (_, index) => send(from + index)));
      const accepted = (results: Awaited<ReturnType<typeof all>>) => results.flat().filter(({ outcome }) => outcome === 'accepted').length;

      expect(accepted(await all(1))).toBe(workers);
      const before = { calls: tokenCalls(), versions: await versions() };
      revokeTokens?.(stage.sandbox);
      expect(accepted(await all(1 + workers))).toBe(workers);
      const refreshCalls = tokenCalls() - before.calls;
      process.stdout.write(`32 ${kind} ${JSON.stringify({ workers, refreshCalls })}\n`);
      expect(refreshCalls).toBe(1);
      expect(await versions()).toBe(before.versions + 1);
    },
  );
});

describe('two processes that refresh the same token', () => {
  const key = { platform: 'race', account: 'a', name: 'token' };
  let db: Database;
  beforeAll(async () => {
    db = await testDatabase({ migrations: [1] });
  }, 60_000);
  afterAll(() => db.close());
  beforeEach(() => db.run(sql`delete from platform_token`));

  /** A process's own cache; `over` puts something between it and the database. */
  const processOver = (over: Database = db) => {
    const { secrets } = loadConfig({ DATA_DIR: temporaryFolder('tokens'), NODE_ENV: 'test', SUIBAN_SECRET_KEY: 'k'.repeat(40) });
    return accessTokens({ db: over, sealer: aesFieldSealer(secrets), clock: systemClock });
  };
  const gives = (token: string, fetched: string[]) => async () => {
    fetched.push(token);
    return { token, expiresInSec: 7200 };
  };
  const none = () => Promise.reject(new Error('nobody may ask here'));

  it('one that looked before the other was done asks nobody', async () => {
    const fetched: string[] = [];
    const first = processOver();
    expect(await first.get(key, gives('t1', fetched))).toBe('t1');
    let looked = (): void => undefined;
    const hasLooked = new Promise<void>((resolve) => {
      looked = resolve;
    });
    let goOn = (): void => undefined;
    const mayGoOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let looks = 0;
    const late = processOver({
      ...db,
      first: async (query) => {
        const row = await db.first(query);
        looks += 1;
        if (looks > 1) return row;
        looked();
        await mayGoOn;
        return row;
      },
    });
    const loser = late.renew(key, 't1', gives('t3', fetched));
    await hasLooked;
    expect(await first.renew(key, 't1', gives('t2', fetched))).toBe('t2');
    goOn();
    expect(await loser).toBe('t2');
    expect(fetched).toEqual(['t1', 't2']);
  });

  it('one whose answer comes after it was given up stores nothing', async () => {
    const fetched: string[] = [];
    let answer = (): void => undefined;
    const slow = processOver().get(
      key,
      () =>
        new Promise((resolve) => {
          answer = () => resolve({ token: 'old', expiresInSec: 7200 });
        }),
    );
    await eventually(async () => (await db.rows(sql`select 1 from platform_token where refreshing_until is not null`)).length === 1);
    await db.run(sql`update platform_token set refreshing_until = now() - interval '1 second'`);
    expect(await processOver().get(key, gives('new', fetched))).toBe('new');
    answer();
    await slow;
    expect(await processOver().get(key, none)).toBe('new');
    expect(fetched).toEqual(['new']);
  });
});
