import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { Channel } from '../../bot-server/src/channels/channel';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { refuseInsideTransaction } from '../../bot-server/src/kernel/db/transaction-scope';
import { cardTaskId } from '../../bot-server/src/modules/dispatch';
import type { Module } from '../../bot-server/src/modules/module';
import { surveysModule } from '../../bot-server/src/modules/surveys';
import { type TestDeps, testDeps } from '../support/deps';
import { addFirm, addMember, type Firm, launchVisit, pulse, type Visit } from '../support/visits';

jest.setTimeout(60_000);

let deps: TestDeps;
let surveys: Module;
let firm: Firm;
let visit: Visit;
let user = 0;
let updates: { userId: string; responseCode: string; corpId: string; text: string }[] = [];
let isBroken = false;

/** Stands for the chat: what became of the card. */
const wecom = {
  kind: 'wecom',
  account: 'default',
  cards: {
    update: async (card: (typeof updates)[number]) => {
      refuseInsideTransaction('a call to the platform');
      updates.push(card);
      if (isBroken) throw new Error('72023');
    },
  },
} as unknown as Channel;

beforeAll(async () => {
  deps = await testDeps({ channels: channelRegistry([wecom]) });
  surveys = surveysModule(deps, { workOrdersOf: async () => [] });
});
afterAll(() => deps.close());
beforeEach(async () => {
  updates = [];
  isBroken = false;
  user += 1;
  firm = await addFirm(deps);
  await addMember(deps, [firm], 'corp-1', `user${user}`);
  visit = await launchVisit(deps, [firm], { document: pulse() });
});

const selected = [
  { key: 'operation', optionIds: ['worse'] },
  { key: 'help', optionIds: ['yes'] },
];

const push = (given: Record<string, unknown> = {}) =>
  surveys.onInbox?.['card-answer']?.({
    source: 'wecom:default',
    messageKey: 'm1',
    payload: {
      type: 'card-answer',
      taskId: cardTaskId(visit.campaignId, 1, 0, 1),
      userId: `user${user}`,
      corpId: 'corp-1',
      responseCode: `code${user}`,
      selected,
      ...given,
    },
  });

const submissions = () =>
  deps.db.rows<{ answers: unknown; via: string; submitted_by: string | null }>(sql`
    select answers, via, submitted_by from submission where campaign_id = ${visit.campaignId}::bigint`);

describe('an answer given on a card', () => {
  it('is a submission like any other; the card says so, once', async () => {
    await push();
    expect(await submissions()).toEqual([
      { answers: { operation: { option: 'worse' }, help: { option: 'yes' } }, via: 'wecom', submitted_by: null },
    ]);
    expect(updates).toEqual([{ userId: `user${user}`, responseCode: `code${user}`, corpId: 'corp-1', text: '已提交，谢谢' }]);
    const { count } = await deps.db.one<{ count: number }>(sql`
      select count(*)::int as count from outbox where topic = 'surveys.submitted' and payload ->> 'campaignId' = ${visit.campaignId}`);
    expect(count).toBe(1);
  });

  it('a second one is thanked with the time of the first, and changes nothing', async () => {
    await push();
    await push({ selected: [{ key: 'operation', optionIds: ['better'] }, selected[1]] });
    expect(updates[1]?.text).toMatch(/^贵单位已于今天 \d\d:\d\d 提交过这份问卷/);
    expect(await submissions()).toHaveLength(1);
    expect((await submissions())[0]?.answers).toMatchObject({ operation: { option: 'worse' } });
  });

  it('a late one is told so', async () => {
    await deps.db.run(sql`update campaign set closed_at = '2026-06-10T01:00:00Z' where id = ${visit.campaignId}::bigint`);
    await push();
    expect(updates.map(({ text }) => text)).toEqual([expect.stringContaining('截止')]);
    expect(await submissions()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['half a card', [selected[0]]],
    ['two choices where one is asked', [{ key: 'operation', optionIds: ['worse', 'same'] }, selected[1]]],
    ['an option that is not on it', [{ key: 'operation', optionIds: ['other'] }, selected[1]]],
    ['a question that is not on it', [...selected, { key: 'ghost', optionIds: ['a'] }]],
    ['nothing', []],
  ])('%s is not stored, and the member is shown the way', async (_, given) => {
    await push({ selected: given });
    expect(updates.map(({ text }) => text)).toEqual([expect.stringContaining('点开消息里的链接')]);
    expect(await submissions()).toEqual([]);
  });

  it('counts for the firm that was asked, where the member speaks for several', async () => {
    const others = [await addFirm(deps), await addFirm(deps)];
    await addMember(deps, others, 'corp-1', `user${user}`);
    visit = await launchVisit(deps, [others[1] ?? firm], { document: pulse() });
    await push();
    const [row] = await deps.db.rows<{ id: string }>(sql`
      select enterprise_id::text as id from submission where campaign_id = ${visit.campaignId}::bigint`);
    expect(row?.id).toBe(others[1]?.id);
  });

  it('of a member who got no card, or of another corp, is not taken', async () => {
    await push({ userId: 'nobody' });
    await push({ corpId: 'corp-2' });
    expect(updates).toEqual([]);
    expect(await submissions()).toEqual([]);
  });

  it('is the same member’s, however the platform spells the userid', async () => {
    await push({ userId: `USER${user}` });
    expect(updates.map(({ text }) => text)).toEqual(['已提交，谢谢']);
  });

  it('stays stored where the card cannot be changed: the push is not repeated', async () => {
    isBroken = true;
    await push();
    expect(updates).toHaveLength(1);
    expect(await submissions()).toHaveLength(1);
  });

  it('a card that is not ours, or of no campaign, is left alone', async () => {
    await push({ taskId: 'somebody-elses' });
    expect(updates).toEqual([]);
    await push({ taskId: cardTaskId('987654321', 1, 0, 1) });
    expect(updates).toEqual([]);
    expect(await submissions()).toEqual([]);
  });
});
