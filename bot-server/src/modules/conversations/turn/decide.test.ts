import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChatAct } from '../../../channels/chat';
import type { Intent, Slot } from '../../intent';
import { cutter } from '../matching/cutter';
import { matcher } from '../matching/matcher';
import { loadChatWords } from '../matching/words';
import { type Decision, decide, type Pending, pendingAfter, type Scene } from './decide';

const both = (zh: string) => ({ zh, en: zh });
const slot = (name: string, allowed: RegExp): Slot => ({
  name,
  prompt: both(`${name}？`),
  read: (said) => (allowed.test(said) ? { ok: true, value: said } : { ok: false, say: `${name}不对` }),
});
const firm: Slot = {
  ...slot('enterprise', /^\d$/),
  known: ({ enterpriseIds }) => (enterpriseIds.length === 1 ? enterpriseIds[0] : undefined),
};
const intent = (name: string, phrase: string, given: Partial<Intent> = {}): Intent => ({
  name,
  label: both(phrase),
  hint: both(phrase),
  phrases: [phrase],
  handle: async () => [],
  ...given,
});

const intents = [
  intent('surveys', '问卷', { needsFirm: true }),
  intent('report', '诉求', { needsFirm: true, slots: [firm, slot('matter', /^[123]$/), slot('text', /^.{5,}$/), slot('confirm', /^1$/)] }),
  intent('progress', '进度', { inline: (rest): Readonly<Record<string, string>> => (/\d/.test(rest) ? { number: rest } : {}) }),
  intent('operator', '人工'),
  intent('help', '帮助'),
];
const words = loadChatWords();
const match = (said: string) => matcher(intents, words, cutter).match(said);
const speaker = {
  channel: 'wecom',
  account: 'default',
  userId: 'u',
  corpId: 'c',
  personId: null,
  enterpriseIds: ['7'],
} as const;
const scene = (act: ChatAct | string, given: Partial<Scene> = {}): Scene => ({
  state: 'automatic',
  pending: null,
  speaker,
  act: typeof act === 'string' ? { act: 'text', text: act } : act,
  intents,
  match,
  words,
  operator: 'operator',
  isGreeted: false,
  ...given,
});

/** Says one thing after another; what is pending goes along. */
function talk(said: readonly (ChatAct | string)[], given: Partial<Scene> = {}): { decision: Decision; pending: Pending | null }[] {
  let pending: Pending | null = null;
  return said.map((each) => {
    const decision = decide(scene(each, { ...given, pending }));
    pending = pendingAfter(decision, pending);
    return { decision, pending };
  });
}
const last = (said: readonly (ChatAct | string)[], given: Partial<Scene> = {}) => talk(said, given).at(-1)?.decision;

describe('filling slots', () => {
  it('asks one after another, skips what is known, and runs with all of them', () => {
    const turns = talk(['我要投诉', '2', '隔壁噪音太大', '1']);
    expect(turns.map(({ decision }) => ('slot' in decision ? decision.slot.name : decision.do))).toEqual([
      'matter',
      'text',
      'confirm',
      'run',
    ]);
    expect(turns.at(-1)?.decision).toMatchObject({
      do: 'run',
      slots: { enterprise: '7', matter: '2', text: '隔壁噪音太大', confirm: '1' },
    });
    expect(turns.at(-1)?.pending).toBeNull();
  });

  it('asks for the firm where there are several', () => {
    expect(last(['诉求'], { speaker: { ...speaker, enterpriseIds: ['7', '8'] } })).toMatchObject({
      do: 'ask',
      slot: { name: 'enterprise' },
    });
  });

  it('says what is wrong and asks again', () => {
    expect(last(['诉求', '9'])).toMatchObject({ do: 'ask', slot: { name: 'matter' }, refusal: 'matter不对' });
  });

  it('a word of another intent inside an answer is an answer', () => {
    expect(last(['诉求', '1', '人工成本太高，问卷里也写过进度'])).toMatchObject({ do: 'ask', slot: { name: 'confirm' } });
  });

  it('another intent named in full, where the slot cannot use it, takes its place', () => {
    expect(last(['诉求', '问卷'])).toMatchObject({ do: 'run', intent: { name: 'surveys' } });
    expect(last(['诉求', '1', '进度'])).toMatchObject({ do: 'run', intent: { name: 'progress' } });
  });

  it.each(['人工', '转人工', '找客服'])('%s leads to a person from anywhere', (said) => {
    expect(last(['诉求', '1', said])).toMatchObject({ do: 'run', intent: { name: 'operator' } });
  });

  it('取消 ends it, and says so only where there is something', () => {
    expect(talk(['诉求', '1', '取消']).at(-1)).toEqual({ decision: { do: 'cancelled' }, pending: null });
    expect(last(['取消'])).toEqual({ do: 'nothing-to-cancel' });
  });

  it('返回 asks the one before again and forgets it; the first one stays', () => {
    expect(last(['诉求', '1', '返回'])).toMatchObject({ do: 'ask', slot: { name: 'matter' }, slots: { enterprise: '7' }, refusal: null });
    expect(last(['诉求', '返回'])).toMatchObject({ do: 'ask', slot: { name: 'matter' }, refusal: expect.stringContaining('第一步') });
    expect(last(['诉求', '1', '隔壁噪音太大', '上一步', '楼上漏水很久', '1'])).toMatchObject({
      do: 'run',
      slots: { text: '楼上漏水很久' },
    });
  });

  it('a tap on the menu takes its place', () => {
    expect(last(['诉求', '1', { act: 'menu', key: 'help' }])).toMatchObject({ do: 'run', intent: { name: 'help' } });
    expect(last([{ act: 'menu', key: 'gone' }])).toEqual({ do: 'unknown' });
  });

  it('a picture is no answer, and loses nothing', () => {
    expect(talk(['诉求', { act: 'media', kind: 'image', mediaId: 'x' }]).at(-1)).toMatchObject({
      decision: { do: 'media' },
      pending: { asked: 'matter' },
    });
  });
});

describe('choosing', () => {
  it('offers what fits, and takes a number or other words', () => {
    expect(last(['问卷和诉求'])).toMatchObject({ do: 'offer', intents: [{ name: 'surveys' }, { name: 'report' }] });
    expect(last(['问卷和诉求', '第二个'])).toMatchObject({ do: 'ask', intent: { name: 'report' } });
    expect(last(['问卷和诉求', '帮助'])).toMatchObject({ do: 'run', intent: { name: 'help' } });
    expect(last(['问卷和诉求', '5'])).toEqual({ do: 'unknown' });
  });

  it('a number said with the phrase goes along', () => {
    expect(last(['进度 20261103-000001'])).toMatchObject({ do: 'run', slots: { number: '20261103 000001' } });
  });

  it('whoever acts for no firm is shown how to sign in before anything is asked', () => {
    expect(last(['诉求'], { speaker: { ...speaker, enterpriseIds: [] } })).toMatchObject({ do: 'sign-in', intent: { name: 'report' } });
    expect(last(['进度'], { speaker: { ...speaker, enterpriseIds: [] } })).toMatchObject({ do: 'run' });
  });
});

describe('entering', () => {
  it('greets once, and not those who just wrote', () => {
    expect(last([{ act: 'follow' }])).toEqual({ do: 'greet' });
    expect(last([{ act: 'scan', scene: 'x' }])).toEqual({ do: 'greet' });
    expect(last([{ act: 'follow' }], { isGreeted: true })).toEqual({ do: 'silent' });
  });

  it('whoever leaves the chat leaves everything', () => {
    expect(talk(['诉求', { act: 'unfollow' }]).at(-1)).toEqual({ decision: { do: 'gone' }, pending: null });
    expect(last([{ act: 'unfollow' }], { state: 'assigned' })).toEqual({ do: 'gone' });
  });
});

const anySaid = fc.oneof(
  fc.constantFrom(
    '问卷',
    '诉求',
    '诉球',
    '进度',
    '人工',
    '取消',
    '返回',
    '取消人工',
    '退出',
    '1',
    '2',
    '隔壁噪音太大',
    '问卷和诉求',
    '？',
    'hello',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom<ChatAct>(
    { act: 'follow' },
    { act: 'unfollow' },
    { act: 'menu', key: 'report' },
    { act: 'media', kind: 'image', mediaId: 'm' },
  ),
);

describe('whatever is said', () => {
  it('while a person answers nothing speaks but the way out', () => {
    fc.assert(
      fc.property(fc.constantFrom('waiting' as const, 'assigned' as const), anySaid, (state, said) => {
        const decision = decide(scene(said, { state }));
        const isOut = typeof said === 'string' && words.commands.leave.has(said);
        const isGone = typeof said !== 'string' && said.act === 'unfollow';
        expect(decision.do).toBe(isGone ? 'gone' : isOut ? 'leave' : 'silent');
      }),
    );
  });

  it('a pending slot is always one of its intent and never filled; a run has every slot', () => {
    fc.assert(
      fc.property(fc.array(anySaid, { maxLength: 12 }), (said) => {
        for (const { decision, pending } of talk(said)) {
          if (pending?.kind === 'slot') {
            const slots = intents.find(({ name }) => name === pending.intent)?.slots?.map(({ name }) => name) ?? [];
            expect(slots).toContain(pending.asked);
            expect(pending.slots).not.toHaveProperty(pending.asked);
            expect(JSON.parse(JSON.stringify(pending))).toEqual(pending);
          }
          if (decision.do === 'run') {
            for (const { name } of decision.intent.slots ?? []) expect(decision.slots).toHaveProperty(name);
          }
        }
      }),
    );
  });
});
