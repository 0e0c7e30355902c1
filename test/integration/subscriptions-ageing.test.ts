import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import {
  consumeCredits,
  grantReceiver,
  markGone,
  reachableToday,
  reconcileRefused,
  subscriptionsModule,
} from '../../bot-server/src/modules/subscriptions';
import { listCreditFigures } from '../../bot-server/src/modules/subscriptions/list-credit-figures';
import { subscriptionsApi } from '../../shared/src/api/messages';
import { official } from '../support/campaign-stage';
import { type TestDeps, testDeps } from '../support/deps';

let deps: TestDeps;
const now = new Date('2026-06-20T04:00:00Z');
const source = { channel: 'wechat-mini', account: 'default', templateId: 't1' } as const;
beforeAll(async () => {
  deps = await testDeps({ migrations: [1, 2, 3, 4, 13, 15, 16] });
  deps.tasks.define(subscriptionsModule(deps).tasks ?? []);
}, 60_000);
afterAll(() => deps.close());
beforeEach(async () => {
  deps.clock.set(now);
  for (const table of ['subscription_entry', 'subscription_credit', 'subscription_gone'])
    await deps.db.run(sql`delete from ${sql.table(table)}`);
});

/** Permissions given so many days ago, one each. */
async function granted(openid: string, daysAgo: readonly number[]): Promise<void> {
  const receive = grantReceiver(deps);
  for (const [index, days] of daysAgo.entries()) {
    const event = { type: 'subscription', openid, grants: [{ templateId: 't1', accepted: true }] } as const;
    await receive('wechat-mini', 'default', `${openid}-${index}`, event);
    await deps.db.run(sql`
      update subscription_entry set at = ${now}::timestamptz - make_interval(days => ${days})
      where openid = ${openid} and ref = ${`push:${openid}-${index}`}`);
  }
}
const figures = async () =>
  subscriptionsApi.listCreditFigures.response.parse(await listCreditFigures(deps, official(['drafter']))).items[0];
const use = (openid: string, ref: string) => consumeCredits(deps.db, source, [{ openid, ref }]);
const reach = (openids: readonly string[]) => reachableToday(deps.db, source, openids);

describe('age of permissions', () => {
  it('is that of the newest: a message uses the oldest', async () => {
    await granted('o1', [200, 100, 40, 1]);
    await granted('o2', [10]);
    expect(await figures()).toMatchObject({
      people: 2,
      credits: 5,
      byAge: [{ credits: 2 }, { credits: 1 }, { credits: 1 }, { credits: 1 }],
    });
    await use('o1', 'a1');
    expect(await figures()).toMatchObject({ credits: 4, byAge: [{ credits: 2 }, { credits: 1 }, { credits: 1 }, { credits: 0 }] });
    await use('o1', 'a1');
    await use('o1', 'a2');
    const after = await figures();
    expect(after).toMatchObject({ credits: 3, byAge: [{ credits: 2 }, { credits: 1 }, { credits: 0 }, { credits: 0 }] });
    expect(after?.oldestAt).toBe(new Date(now.getTime() - 40 * 86_400_000).toISOString());
  });

  it('starts anew after the platform said there was none left', async () => {
    await granted('o1', [100, 90]);
    await reconcileRefused(deps.db, source, [{ openid: 'o1', ref: 'a1' }]);
    expect(await figures()).toMatchObject({ people: 0, credits: 0, usedUp: 1, oldestAt: null });
    await granted('o1-again', [3]);
    await granted('o1', [100, 90, 3]);
    expect(await figures()).toMatchObject({ credits: 2, byAge: [{ credits: 2 }, { credits: 0 }, { credits: 0 }, { credits: 0 }] });
  });

  it('counts credits whose permission nobody remembers with the oldest', async () => {
    await deps.db.run(sql`insert into subscription_credit (account, openid, template_id, credits) values ('default', 'o9', 't1', 2)`);
    expect(await figures()).toMatchObject({
      people: 1,
      credits: 2,
      byAge: [{ credits: 0 }, { credits: 0 }, { credits: 0 }, { credits: 2 }],
    });
  });
});

describe('people the platform cannot reach any more', () => {
  it('count for nothing until they give a new permission', async () => {
    await granted('o1', [5]);
    await granted('o2', [5]);
    await markGone(deps.db, source, [{ openid: 'o1', code: '40003' }], now);
    await markGone(deps.db, source, [{ openid: 'o1', code: '40003' }], now);
    expect(await reach(['o1', 'o2', 'o3'])).toEqual({ reachable: 1, longTerm: 0, usedUp: 0, gone: 1, unasked: 1 });
    expect(await figures()).toMatchObject({ people: 1, credits: 1, gone: 1 });
    const event = { type: 'subscription', openid: 'o1', grants: [{ templateId: 't2', accepted: true }] } as const;
    await grantReceiver(deps)('wechat-mini', 'default', 'new', event);
    expect(await reach(['o1', 'o2'])).toMatchObject({ reachable: 2, gone: 0 });
  });
});

describe('old entries', () => {
  const entries = async () =>
    (await deps.db.rows<{ ref: string }>(sql`select ref from subscription_entry order by ref`)).map(({ ref }) => ref);
  const sweep = () => deps.tasks.sweep('subscriptions-ageing');

  it('go after a year and a month, but never a permission that can still be used', async () => {
    await granted('o1', [500, 450, 10]);
    await use('o1', 'a1');
    await deps.db.run(sql`update subscription_entry set at = ${now}::timestamptz - interval '420 days' where ref = 'a1'`);
    await sweep();
    expect(await entries()).toEqual(['push:o1-1', 'push:o1-2']);
    expect(await figures()).toMatchObject({ credits: 2, byAge: [{ credits: 1 }, { credits: 0 }, { credits: 0 }, { credits: 1 }] });
    await use('o1', 'a2');
    await sweep();
    expect(await entries()).toEqual(['a2', 'push:o1-2']);
  });
});
