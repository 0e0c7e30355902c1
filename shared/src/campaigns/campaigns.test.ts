import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CampaignAction,
  type CampaignFacts,
  type CampaignState,
  campaignActionRules,
  campaignActions,
  campaignRoles,
  campaignStates,
  campaignStateWords,
  nextActions,
  stepCampaign,
} from './campaign';
import {
  type DeliveryEvent,
  type DeliveryState,
  deliveryEvents,
  deliveryStates,
  deliveryStateWords,
  isSettled,
  mergeReceipt,
  type Receipt,
  receiptEvent,
  stepDelivery,
} from './delivery';
import { proofOf } from './proof';

const facts = (state: CampaignState, overrides: Partial<CampaignFacts> = {}): CampaignFacts => ({
  state,
  isOwnDraft: false,
  isHashCurrent: true,
  isStartLater: false,
  waiting: 0,
  refused: 0,
  unknown: 0,
  isAnswerable: true,
  ...overrides,
});
const roleOf = (action: CampaignAction) => campaignActionRules[action].roles[0] ?? 'system';
const goTo = (state: CampaignState, action: CampaignAction, overrides = {}) => {
  const result = stepCampaign(facts(state, overrides), action, roleOf(action));
  return result.ok ? result.state : result.reason.zh;
};

describe('the way of a campaign', () => {
  it('goes from draft to completed through a second person', () => {
    expect(goTo('draft', 'submit')).toBe('in_review');
    expect(goTo('in_review', 'approve')).toBe('approved');
    expect(goTo('approved', 'launch')).toBe('running');
    expect(goTo('approved', 'launch', { isStartLater: true })).toBe('scheduled');
    expect(goTo('scheduled', 'start')).toBe('running');
    expect(goTo('running', 'complete')).toBe('completed');
  });

  it('is not signed by who drafted it, nor over another content than was shown', () => {
    expect(goTo('in_review', 'approve', { isOwnDraft: true })).toBe('签发人不能是拟制人本人');
    expect(goTo('in_review', 'approve', { isHashCurrent: false })).toContain('重新核对');
    expect(goTo('approved', 'launch', { isHashCurrent: false })).toContain('重新送审');
  });

  it('loses its approval by any change', () => {
    expect(goTo('approved', 'edit')).toBe('draft');
    expect(goTo('scheduled', 'withdraw')).toBe('draft');
    expect(goTo('in_review', 'edit')).toContain('“审核中”时不能“修改”');
    expect(goTo('running', 'edit')).toContain('不能');
  });

  it('pauses, halts and goes on; completes only when nothing is on its way', () => {
    expect(goTo('running', 'pause')).toBe('paused');
    expect(goTo('running', 'halt')).toBe('halted');
    expect([goTo('paused', 'resume'), goTo('halted', 'resume')]).toEqual(['running', 'running']);
    expect(goTo('running', 'complete', { waiting: 3 })).toBe('还有 3 条未发完');
    expect(goTo('paused', 'complete')).toContain('不能');
    expect(goTo('completed', 'retry-failed', { refused: 2 })).toBe('running');
    expect(goTo('completed', 'retry-failed')).toBe('没有发送失败的记录');
    expect(goTo('halted', 'cancel')).toBe('cancelled');
    expect(goTo('completed', 'cancel')).toContain('不能');
  });

  it('offers each role its actions, the main one first', () => {
    expect(nextActions(facts('draft'), 'drafter')).toEqual(['submit', 'edit', 'test-send']);
    expect(nextActions(facts('in_review'), 'signatory')).toEqual(['approve', 'reject']);
    expect(nextActions(facts('in_review', { isOwnDraft: true }), 'signatory')).toEqual(['reject']);
    expect(nextActions(facts('running', { waiting: 5 }), 'operator')).toEqual(['pause', 'close', 'export', 'cancel']);
    expect(nextActions(facts('completed', { refused: 1, unknown: 1 }), 'operator')).toEqual([
      'resolve-unknown',
      'retry-failed',
      'close',
      'export',
    ]);
  });

  it('has words for every state and action', () => {
    for (const state of campaignStates) expect(campaignStateWords[state].zh).not.toBe('');
    expect(Object.keys(campaignActionRules).sort()).toEqual([...campaignActions].sort());
  });
});

const anyFacts = fc.record({
  isOwnDraft: fc.boolean(),
  isHashCurrent: fc.boolean(),
  isStartLater: fc.boolean(),
  waiting: fc.nat({ max: 2 }),
  refused: fc.nat({ max: 2 }),
  unknown: fc.nat({ max: 2 }),
  isAnswerable: fc.boolean(),
});
const anyStep = fc.tuple(fc.constantFrom(...campaignActions), fc.constantFrom(...campaignRoles), anyFacts);

describe('any sequence of steps', () => {
  it('sends nothing that no second person signed, and never leaves cancelled', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        let state: CampaignState = 'draft';
        let isSigned = false;
        let wasLaunched = false;
        for (const [action, role, rest] of steps) {
          const before = { ...rest, state };
          const result = stepCampaign(before, action, role);
          expect(nextActions(before, role).includes(action)).toBe(result.ok);
          if (!result.ok) continue;
          if (action === 'approve') isSigned = !rest.isOwnDraft && rest.isHashCurrent;
          if (result.state === 'draft') isSigned = false;
          if (result.state === 'running' && !wasLaunched) expect(isSigned).toBe(true);
          if (result.state === 'running') wasLaunched = true;
          if (state === 'cancelled') expect(result.state).toBe('cancelled');
          if (wasLaunched) expect(['draft', 'in_review', 'approved', 'scheduled']).not.toContain(result.state);
          state = result.state;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a row of the ledger', () => {
  const final: readonly DeliveryState[] = ['accepted', 'suppressed', 'cancelled'];

  it('never changes once accepted, suppressed or cancelled, and leaves unknown only resolved', () => {
    for (const event of deliveryEvents) {
      for (const state of final) expect([state, event, stepDelivery(state, event)]).toEqual([state, event, undefined]);
      expect([undefined, 'accepted', 'refused']).toContain(stepDelivery('unknown', event));
    }
  });

  it('is never sent a second time without the platform’s no or its dedupe', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...deliveryEvents), { maxLength: 40 }), (events) => {
        let state: DeliveryState = 'planned';
        let reached = 0;
        let last: DeliveryEvent | undefined;
        for (const event of events) {
          const next = stepDelivery(state, event);
          if (!next) continue;
          if (event === 'mark') expect([undefined, 'again', 'next', 'retry']).toContain(last);
          if (next === 'accepted') reached += 1;
          expect(deliveryStates).toContain(next);
          state = next;
          last = event;
        }
        expect(reached).toBeLessThanOrEqual(1);
        if (isSettled(state)) expect(deliveryStateWords[state].zh).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('learns from receipts in any order the same, and never less', () => {
    const receipt = fc.constantFrom<Receipt>('none', 'failed', 'delivered');
    fc.assert(
      fc.property(fc.array(receipt), (told) => {
        const forth = told.reduce<Receipt>(mergeReceipt, 'none');
        expect([...told].reverse().reduce<Receipt>(mergeReceipt, 'none')).toBe(forth);
        expect(mergeReceipt(forth, forth)).toBe(forth);
        if (told.includes('delivered')) expect(forth).toBe('delivered');
      }),
    );
    expect([
      receiptEvent('unknown', 'delivered'),
      receiptEvent('unknown', 'failed'),
      receiptEvent('unknown', 'none'),
      receiptEvent('accepted', 'failed'),
    ]).toEqual(['resolve-accepted', 'resolve-refused', undefined, undefined]);
  });
});

describe('the proof', () => {
  const count = fc.nat({ max: 1000 });

  it('holds for rows that were only moved by events', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...deliveryEvents), { maxLength: 8 }), { maxLength: 50 }), (rows) => {
        const states = rows.map((events) => events.reduce<DeliveryState>((state, event) => stepDelivery(state, event) ?? state, 'planned'));
        const having = (...wanted: readonly DeliveryState[]) => states.filter((state) => wanted.includes(state)).length;
        const proof = proofOf({
          planned: rows.length,
          waiting: having('planned', 'sending'),
          accepted: having('accepted'),
          refused: having('refused'),
          unknown: having('unknown'),
          suppressed: having('suppressed'),
          cancelled: having('cancelled'),
        });
        expect([proof.isBalanced, proof.isFinal]).toEqual([true, states.every(isSettled)]);
      }),
    );
  });

  it('names the difference where it does not', () => {
    fc.assert(
      fc.property(fc.tuple(count, count, count, count, count), count, ([accepted, refused, unknown, suppressed, cancelled], lost) => {
        const proof = proofOf({
          planned: accepted + refused + unknown + suppressed + cancelled + lost,
          accepted,
          refused,
          unknown,
          suppressed,
          cancelled,
          waiting: 0,
        });
        expect([proof.difference, proof.isBalanced]).toEqual([lost, lost === 0]);
      }),
    );
    const counts = { planned: 10, accepted: 6, refused: 1, unknown: 1, suppressed: 1, cancelled: 0, waiting: 0 };
    expect(proofOf(counts).text.zh).toBe('应发 10 ≠ 平台已受理 6 + 发送失败 1 + 结果待核实 1 + 按规则不发 1 + 已取消 0');
    expect(proofOf({ ...counts, waiting: 1 }).text.zh).toBe(
      '应发 10 = 平台已受理 6 + 发送失败 1 + 结果待核实 1 + 按规则不发 1 + 已取消 0 + 未发完 1',
    );
    expect(() => proofOf({ ...counts, accepted: -1 })).toThrow(RangeError);
  });
});
