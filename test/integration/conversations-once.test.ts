import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import type { ChatReply } from '../../bot-server/src/channels/chat';
import type { Intent } from '../../bot-server/src/modules/intent';
import { type ChatStage, chatStage, pushOf, wordsOf } from '../support/chat-stage';

jest.setTimeout(90_000);

let stage: ChatStage;
let user = '';
let people = 0;
let runs: string[] = [];
let takesMs = 0;
let failures = 0;

const text = (words: string): ChatReply => ({ form: 'text', text: words });
const both = (zh: string) => ({ zh, en: zh });
const card: ChatReply = {
  form: 'card',
  title: '卡片',
  description: '',
  card: { taskId: 't', submitText: '提交', questions: [] },
  fallback: { form: 'link', title: '卡片', description: '', url: 'https://city.example', page: 'p', buttonText: '打开' },
};

/** Intents of the test: one that counts, one that is slow, one that breaks, one whose answer no push can carry. */
const counting: Intent[] = [
  {
    name: 'test.count',
    label: both('数数'),
    hint: both('数数'),
    phrases: ['数数'],
    handle: async ({ turnId }) => {
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      runs.push(turnId);
      if (failures > 0) {
        failures -= 1;
        throw new Error('broken on purpose');
      }
      return [text(`第 ${runs.length} 次`), text('另外一条')];
    },
  },
  { name: 'test.card', label: both('发卡'), hint: both('发卡'), phrases: ['发卡'], handle: async () => [card] },
];

beforeAll(async () => {
  stage = await chatStage(counting);
});
afterAll(() => stage.close());
beforeEach(() => {
  people += 1;
  user = `u${people}`;
  runs = [];
  takesMs = 0;
  failures = 0;
  stage.wecom.said.length = 0;
  stage.wecom.answer = undefined;
  stage.wecom.pause = async () => undefined;
});

const corpId = 'corp-1';
const push = (said: string) => pushOf(user, said, { corpId });
const said = () => wordsOf(stage.wecom.said.filter(({ to }) => to === user).map(({ reply }) => reply)).split('\n');
const settle = async () => {
  stage.deps.clock.advance(1_100);
  await stage.deps.tasks.sweep('conversations-say');
};
const states = async () =>
  (
    await stage.deps.db.rows<{ state: string }>(sql`
      select m.state from chat_message m join conversation c on c.id = m.conversation_id
      where c.user_id = ${user} and m.direction = 'out' order by m.seq`)
  ).map(({ state }) => state);

describe('one message, one answer', () => {
  it('the first answer goes inside the push, the second by a message; redelivered, the push gets the same again', async () => {
    const one = push('数数');
    const reply = await stage.conversations.replyNow?.(one, 2_000);
    expect(reply).toEqual(text('第 1 次'));
    await stage.conversations.onInbox?.chat?.(one);
    await settle();
    expect(said()).toEqual(['另外一条']);
    expect(await stage.another().replyNow?.(one, 2_000)).toEqual(text('第 1 次'));
    await stage.another().onInbox?.chat?.(one);
    await settle();
    expect(said()).toEqual(['另外一条']);
    expect(runs).toHaveLength(1);
    expect(await states()).toEqual(['passive', 'sent']);
  });

  it('two processes at once: the intent runs once, each answer is said once', async () => {
    takesMs = 100;
    const one = push('数数');
    const [first, second] = [stage.conversations, stage.another()];
    const replies = await Promise.all([
      first.replyNow?.(one, 3_000),
      second.replyNow?.(one, 3_000),
      first.onInbox?.chat?.(one),
      second.onInbox?.chat?.(one),
    ]);
    expect(runs).toHaveLength(1);
    expect(replies.slice(0, 2)).toEqual([text('第 1 次'), text('第 1 次')]);
    stage.deps.clock.advance(1_100);
    await Promise.all([stage.deps.tasks.sweep('conversations-say'), stage.deps.tasks.sweep('conversations-say')]);
    expect(said()).toEqual(['另外一条']);
  });

  it('a process that dies between the claim and the response: the redelivery gets the words, and no message repeats them', async () => {
    const one = push('数数');
    // What the dead process did: worked the turn, claimed the answer, and never wrote the response.
    await stage.another().replyNow?.(one, 2_000);
    expect(await states()).toEqual(['passive', 'waiting']);
    await stage.conversations.onInbox?.chat?.(one);
    await settle();
    expect(await stage.conversations.replyNow?.(one, 2_000)).toEqual(text('第 1 次'));
    expect(said()).toEqual(['另外一条']);
  });

  it('what takes longer than the push allows is said by messages, once', async () => {
    takesMs = 400;
    const one = push('数数');
    expect(await stage.conversations.replyNow?.(one, 200)).toBeUndefined();
    await stage.conversations.onInbox?.chat?.(one);
    await settle();
    expect(said()).toEqual(['第 1 次', '另外一条']);
    expect(await stage.conversations.replyNow?.(one, 2_000)).toBeUndefined();
    expect(runs).toHaveLength(1);
    expect(await states()).toEqual(['sent', 'sent']);
  });

  it('an answer no push can carry is not claimed: it comes by a message, without a wait', async () => {
    const one = push('发卡');
    expect(await stage.conversations.replyNow?.(one, 2_000, ({ form }) => form !== 'card')).toBeUndefined();
    await stage.deps.tasks.sweep('conversations-say');
    expect(said()).toEqual(['卡片']);
  });

  it('a process that died while it said a message: it is said again under the same name', async () => {
    const one = push('发卡');
    await stage.conversations.onInbox?.chat?.(one);
    await stage.deps.db.run(sql`
      update chat_message set state = 'saying', tries = 1, next_at = ${stage.deps.clock.now()}
      where direction = 'out' and conversation_id = (select id from conversation where user_id = ${user})`);
    await stage.deps.tasks.sweep('conversations-say');
    const [{ id }] = (await stage.deps.db.rows<{ id: string }>(sql`
      select m.id from chat_message m join conversation c on c.id = m.conversation_id where c.user_id = ${user} and m.direction = 'out'`)) as [
      { id: string },
    ];
    expect(stage.wecom.said.filter(({ to }) => to === user).map(({ ref }) => ref)).toEqual([id]);
    await settle();
    expect(stage.wecom.said.filter(({ to }) => to === user)).toHaveLength(1);
  });
});

describe('order and faults', () => {
  it('messages of one person are worked in the order they came, also when a later one comes to another process', async () => {
    takesMs = 150;
    const [first, second] = [push('数数'), push('帮助')];
    const slow = stage.conversations.onInbox?.chat?.(first);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await stage.another().onInbox?.chat?.(second);
    await slow;
    await settle();
    expect(said()[0]).toBe('第 1 次');
    expect(said().slice(2).join()).toContain('可以为您办理');
  });

  it('a turn that a dead process left open is worked before the next one', async () => {
    const [first, second] = [push('数数'), push('帮助')];
    failures = 1;
    await expect(stage.conversations.onInbox?.chat?.(first)).rejects.toThrow('broken on purpose');
    await stage.another().onInbox?.chat?.(second);
    await settle();
    expect(said()[0]).toBe('第 2 次');
    expect(new Set(runs).size).toBe(1);
  });

  it('a lease that nobody gave back runs out', async () => {
    await stage.conversations.onInbox?.chat?.(push('帮助'));
    await stage.deps.db.run(sql`
      update conversation set turn_token = gen_random_uuid(), turn_until = ${new Date(stage.deps.clock.now().getTime() + 30_000)}
      where user_id = ${user}`);
    const one = push('数数');
    await expect(stage.conversations.onInbox?.chat?.(one)).rejects.toThrow('worked elsewhere');
    expect(runs).toHaveLength(0);
    stage.deps.clock.advance(30_001);
    await stage.conversations.onInbox?.chat?.(one);
    expect(runs).toHaveLength(1);
  });

  it('a turn that breaks again and again is given up, and the person is told', async () => {
    failures = 99;
    const one = push('数数');
    const work = () => stage.conversations.onInbox?.chat?.(one);
    await expect(work()).rejects.toThrow();
    await expect(work()).rejects.toThrow();
    await work();
    await settle();
    expect(said().join()).toContain('没有办成');
    expect(runs).toHaveLength(3);
  });

  it('nothing that was said is readable in the database, the outbox, the audit trail or a task', async () => {
    await stage.conversations.onInbox?.chat?.(push('人工'));
    await stage.conversations.onInbox?.chat?.(push('我的手机号是13800001234请回电'));
    const dump = JSON.stringify([
      await stage.deps.db.rows(sql`select * from chat_message`),
      await stage.deps.db.rows(sql`select * from outbox`),
      await stage.deps.db.rows(sql`select * from audit_event`),
      await stage.deps.db.rows(sql`select pending_sealed, pending_intent from conversation`),
      stage.deps.tasks.woken,
    ]);
    expect(dump).not.toContain('13800001234');
    expect(JSON.stringify(await stage.deps.db.rows(sql`select * from audit_event`))).not.toContain(`"${user}"`);
    expect(dump).toContain('conversation.operator-asked');
  });
});
