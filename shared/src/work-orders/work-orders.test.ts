import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { workingCalendar } from '../time';
import { actionRules, type WorkOrderAction, workOrderActions } from './actions';
import { clocksOf, runningClock, silenceEndsAt } from './clocks';
import { sentenceOf } from './sentence';
import { outcomeWords, type WorkOrderRole, type WorkOrderState, workOrderOutcomes, workOrderRoles, workOrderStates } from './states';
import { isConfirmedSolved, newWorkOrder, nextActions, stepWorkOrder, type WorkOrderFacts, type WorkOrderStep } from './step';

const step = (action: WorkOrderAction): WorkOrderStep => {
  if (action === 'reply') return { action, outcome: 'solved', text: '已协调减免两个月房租。' };
  if (action === 'rate') return { action, solved: 'yes' };
  if (action === 'decide-extension') return { action, isGranted: true };
  if (action === 'close-silently') return { action, isSilenceOver: true };
  return { action };
};

/** Does these steps, each by the role that may. @throws where one is refused */
function after(...actions: readonly WorkOrderAction[]): WorkOrderFacts {
  return actions.reduce<WorkOrderFacts>((facts, action) => {
    const result = stepWorkOrder(facts, step(action), actionRules[action].role);
    if (!result.ok) throw new Error(`${action}: ${result.reason.zh}`);
    return result.facts;
  }, newWorkOrder);
}

const answered = ['assign', 'accept', 'reply', 'approve-reply'] as const;

describe('the way of a work order', () => {
  it('goes from 待派单 to 已办结 by the firm’s word', () => {
    const facts = after(...answered, 'rate');
    expect(facts).toMatchObject({ state: 'closed', outcome: 'solved', solved: 'yes', closedBy: 'rating' });
    expect(isConfirmedSolved(facts)).toBe(true);
    expect(isConfirmedSolved(after(...answered))).toBe(false);
  });

  it('closes by silence only after its time, and does not count as confirmed', () => {
    const early = stepWorkOrder(after(...answered), { action: 'close-silently', isSilenceOver: false }, 'system');
    expect(early.ok).toBe(false);
    const facts = after(...answered, 'close-silently');
    expect(facts).toMatchObject({ state: 'closed', outcome: 'solved', solved: null, closedBy: 'silence' });
    expect(isConfirmedSolved(facts)).toBe(false);
  });

  it('is reopened by the firm, with a clean round', () => {
    const facts = after('assign', 'accept', 'request-extension', 'decide-extension', 'reply', 'approve-reply', 'reopen');
    expect(facts).toMatchObject({ state: 'handling', outcome: null, extension: 'none', reopenCount: 1 });
  });

  it('goes back to the dispatcher, and the reply back to the handler', () => {
    expect(after('assign', 'return').state).toBe('to-assign');
    expect(after('assign', 'accept', 'return').state).toBe('to-assign');
    expect(after('assign', 'accept', 'reply', 'reject-reply')).toMatchObject({ state: 'handling', outcome: null });
  });

  it('grants one extension a round, asked for again only when denied', () => {
    expect(() => after('assign', 'accept', 'request-extension', 'request-extension')).toThrow();
    expect(() => after('assign', 'accept', 'request-extension', 'decide-extension', 'request-extension')).toThrow();
    const denied = stepWorkOrder(
      after('assign', 'accept', 'request-extension'),
      { action: 'decide-extension', isGranted: false },
      'reviewer',
    );
    expect(denied.ok && nextActions(denied.facts, 'handler')).toContain('request-extension');
    expect(after('assign', 'accept', 'request-extension', 'reply').extension).toBe('none');
  });

  it('needs words for a reply, and the right person for a step', () => {
    expect(stepWorkOrder(after('assign', 'accept'), { action: 'reply', outcome: 'solved', text: '  ' }, 'handler')).toMatchObject({
      ok: false,
      reason: { zh: '请写明答复内容' },
    });
    expect(stepWorkOrder(newWorkOrder, { action: 'assign' }, 'handler')).toMatchObject({ ok: false, reason: { zh: '“派单”不由您办理' } });
  });

  it('offers each role its actions, the main one first', () => {
    expect(nextActions(newWorkOrder, 'dispatcher')).toEqual(['assign']);
    expect(nextActions(after('assign'), 'handler')).toEqual(['accept', 'return']);
    expect(nextActions(after('assign', 'accept'), 'handler')).toEqual([
      'reply',
      'record-contact',
      'record-plan',
      'request-extension',
      'return',
    ]);
    expect(nextActions(after('assign', 'accept'), 'enterprise')).toEqual(['urge', 'supplement']);
    expect(nextActions(after(...answered), 'enterprise')).toEqual(['rate', 'reopen']);
    for (const role of workOrderRoles) expect(nextActions(after(...answered, 'rate'), role)).toEqual([]);
  });
});

const anyStep: fc.Arbitrary<readonly [WorkOrderStep, WorkOrderRole]> = fc.tuple(
  fc.constantFrom(...workOrderActions).chain((action): fc.Arbitrary<WorkOrderStep> => {
    if (action === 'reply')
      return fc.record({ action: fc.constant(action), outcome: fc.constantFrom(...workOrderOutcomes), text: fc.constantFrom('已办', ' ') });
    if (action === 'rate') return fc.record({ action: fc.constant(action), solved: fc.constantFrom('yes', 'partly', 'no') });
    if (action === 'decide-extension') return fc.record({ action: fc.constant(action), isGranted: fc.boolean() });
    if (action === 'close-silently') return fc.record({ action: fc.constant(action), isSilenceOver: fc.boolean() });
    return fc.constant({ action });
  }),
  fc.constantFrom(...workOrderRoles),
);

/** The drawing of `states.ts` as edges, written down a second time. */
const edges: readonly (readonly [WorkOrderState, WorkOrderAction, WorkOrderState])[] = [
  ['to-assign', 'assign', 'to-accept'],
  ['to-accept', 'assign', 'to-accept'],
  ['to-accept', 'accept', 'handling'],
  ['to-accept', 'return', 'to-assign'],
  ['handling', 'return', 'to-assign'],
  ['handling', 'reply', 'reply-review'],
  ['reply-review', 'approve-reply', 'awaiting-rating'],
  ['reply-review', 'reject-reply', 'handling'],
  ['awaiting-rating', 'rate', 'closed'],
  ['awaiting-rating', 'reopen', 'handling'],
  ['awaiting-rating', 'close-silently', 'closed'],
];

describe('any sequence of steps', () => {
  it('keeps to the drawing and to what must always hold', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        let facts = newWorkOrder;
        for (const [each, role] of steps) {
          const isOffered = nextActions(facts, role).includes(each.action);
          const result = stepWorkOrder(facts, each, role);
          if (!result.ok) {
            expect(result.reason.zh === '' || result.reason.en === '').toBe(false);
            continue;
          }
          expect(isOffered).toBe(true);
          expect(actionRules[each.action].role).toBe(role);
          if (result.facts.state !== facts.state) expect(edges).toContainEqual([facts.state, each.action, result.facts.state]);
          facts = result.facts;
          const isReplied = ['reply-review', 'awaiting-rating', 'closed'].includes(facts.state);
          expect(facts.outcome !== null).toBe(isReplied);
          expect(facts.closedBy !== null).toBe(facts.state === 'closed');
          expect(facts.solved !== null).toBe(facts.closedBy === 'rating');
          if (facts.extension === 'requested') expect(facts.state).toBe('handling');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('can always go on to the end', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        let facts = steps.reduce<WorkOrderFacts>((sum, [each, role]) => {
          const result = stepWorkOrder(sum, each, role);
          return result.ok ? result.facts : sum;
        }, newWorkOrder);
        for (const action of ['assign', 'accept', 'reply', 'approve-reply', 'rate'] as const) {
          const result = stepWorkOrder(facts, step(action), actionRules[action].role);
          if (result.ok) facts = result.facts;
        }
        expect(facts.state).toBe('closed');
      }),
    );
  });
});

describe('clocks in working days', () => {
  const context = { calendar: workingCalendar(), zone: 'Asia/Shanghai', now: new Date('2026-10-12T02:00:00Z') } as const;

  it('know the holidays: five working days after 30 September end on 13 October', () => {
    const clocks = clocksOf({ startedAt: new Date('2026-09-30T09:00:00+08:00') }, context);
    expect(clocks.map((each) => [each.kind, each.dueOn, each.isBreached])).toEqual([
      ['contact', '2026-10-08', true],
      ['plan', '2026-10-10', true],
      ['solve', '2026-10-13', false],
    ]);
    expect(clocks[2]?.dueAt.toISOString()).toBe('2026-10-13T15:59:59.999Z');
    expect(runningClock(clocks)?.kind).toBe('contact');
  });

  it('take a later step as proof of an earlier, add a granted extension, and say what is not certain', () => {
    const times = { startedAt: new Date('2026-12-28T10:00:00+08:00'), plannedAt: new Date('2026-12-29T10:00:00+08:00'), extensionDays: 5 };
    const clocks = clocksOf(times, { ...context, now: new Date('2026-12-30T10:00:00+08:00') });
    expect(clocks.map((each) => [each.kind, each.doneAt !== null, each.isBreached, each.isProvisional])).toEqual([
      ['contact', true, false, false],
      ['plan', true, false, false],
      ['solve', false, false, true],
    ]);
    expect(runningClock(clocks)).toMatchObject({ kind: 'solve', dueOn: '2027-01-11' });
    const done = clocksOf({ ...times, repliedAt: new Date('2027-02-01T00:00:00Z') }, context);
    expect([done[2]?.isBreached, runningClock(done)]).toEqual([true, undefined]);
  });

  it('end the wait for a rating at the end of a working day', () => {
    expect(silenceEndsAt(new Date('2026-11-24T10:00:00+08:00'), context).toISOString()).toBe('2026-12-01T15:59:59.999Z');
  });
});

describe('the sentence on the phone', () => {
  const base = {
    state: 'handling',
    bureauName: '区商务委',
    dueOn: '2026-11-27',
    isProvisional: false,
    isOverdue: false,
    closedBy: null,
    solved: null,
    reopenCount: 0,
  } as const;

  it('says state and date in the words of the screen', () => {
    expect(sentenceOf(base)).toBe('区商务委正在办理，预计 11月27日（周五）前答复');
    expect(sentenceOf({ ...base, reopenCount: 1 })).toBe('区商务委正在重新办理，预计 11月27日（周五）前答复');
    expect(sentenceOf({ ...base, isProvisional: true })).toContain('节假日安排公布后可能调整');
    expect(sentenceOf({ ...base, isOverdue: true })).toContain('已超期');
    expect(sentenceOf({ ...base, state: 'closed', closedBy: 'silence' })).toBe('逾期未评价，系统办结');
    expect(sentenceOf(base, 'en')).toBe('区商务委 is handling it; a reply is expected by Fri 27 Nov');
  });

  it('exists for every state in both languages, with and without a bureau and a date', () => {
    for (const state of workOrderStates) {
      for (const bureauName of [null, '某局']) {
        for (const dueOn of [null, '2026-11-27']) {
          const facts = { ...base, state, bureauName, dueOn };
          expect(sentenceOf(facts)).not.toMatch(/null|undefined/);
          expect(sentenceOf(facts, 'en')).not.toMatch(/null|undefined/);
        }
      }
    }
    expect(Object.keys(outcomeWords)).toEqual([...workOrderOutcomes]);
  });
});
