import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { type ChatStage, chatStage, converse, pushOf, refusal } from '../support/chat-stage';
import { addFirm, addMember } from '../support/visits';

jest.setTimeout(90_000);

const corpId = 'corp-1';
const queue = 'conversations-notice';
const heard: string[] = [];
let stage: ChatStage;
let answer: Error | undefined;

beforeAll(async () => {
  stage = await chatStage();
  Object.assign(stage.wecom.channel, {
    groupNotice: async (words: string) => {
      if (answer) throw answer;
      heard.push(words);
    },
  });
});
afterAll(() => stage.close());

/** A member asks for an operator. */
async function asks(user: string): Promise<{ id: string; waitingSince: Date; revision: number }> {
  await addMember(stage.deps, [await addFirm(stage.deps, { districtCode: '310101' })], corpId, user);
  await converse(stage, stage.wecom, pushOf(user, '转人工', { corpId }));
  return stage.deps.db.one(
    sql<{ id: string; waitingSince: Date; revision: number }>`
      select id, waiting_since as "waitingSince", revision from conversation where user_id = ${user} and state = 'waiting'`,
  );
}
const at = async (instant: Date, laterSec: number): Promise<readonly string[]> => {
  heard.length = 0;
  stage.deps.clock.set(new Date(instant.getTime() + laterSec * 1000));
  await stage.deps.tasks.sweep(queue);
  return [...heard];
};
const words = (count: number, minutes: number) =>
  `有 ${count} 位企业经办人在等待人工接待，最久已等 ${minutes} 分钟\n[打开会话](${stage.deps.config.publicBaseUrl}/console/conversations)`;

describe('the group of the operators', () => {
  it('hears after a minute that somebody waits, again after five minutes, and no more once all are served', async () => {
    expect(await at(new Date('2026-06-10T02:00:00Z'), 0)).toEqual([]);
    const first = await asks('first');
    expect(await at(first.waitingSince, 59)).toEqual([]);
    expect(await at(first.waitingSince, 61)).toEqual([words(1, 1)]);
    const second = await asks('second');
    expect(await at(first.waitingSince, 360)).toEqual([]);
    expect(await at(first.waitingSince, 361)).toEqual([words(2, 6)]);
    const operator = await stage.app.official({ roles: ['dispatcher'], bureauId: 'economy', districtCodes: [] });
    for (const { id, revision } of [first, second]) {
      expect((await operator.post(`/api/conversations/${id}/take`, { revision })).status).toBe(200);
    }
    expect(await at(first.waitingSince, 1000)).toEqual([]);
  });

  it('hears once from many processes', async () => {
    const { waitingSince } = await asks('third');
    heard.length = 0;
    stage.deps.clock.set(new Date(waitingSince.getTime() + 600_000));
    await Promise.all([1, 2, 3].map(() => stage.deps.tasks.sweep(queue)));
    expect(heard).toHaveLength(1);
  });

  it('is told a minute later when the platform said no, and not when nobody knows', async () => {
    const rows = await stage.deps.db.rows(sql<{ at: Date }>`select told_at as at from waiting_notice`);
    const told = rows[0]?.at ?? new Date(0);
    expect(rows).toHaveLength(1);
    answer = refusal('45009', 'quota');
    expect(await at(told, 300)).toEqual([]);
    answer = undefined;
    expect(await at(told, 359)).toEqual([]);
    expect(await at(told, 360)).toHaveLength(1);
    answer = refusal('timeout', 'unknown');
    expect(await at(told, 660)).toEqual([]);
    answer = undefined;
    expect(await at(told, 900)).toEqual([]);
    expect(await at(told, 960)).toHaveLength(1);
  });
});
