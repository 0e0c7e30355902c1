import type { Words } from '../words';
import { actionRules, type WorkOrderAction } from './actions';
import type { SolvedAnswer, WorkOrderOutcome, WorkOrderRole, WorkOrderState } from './states';

/** What the machine needs to know of an order. */
export interface WorkOrderFacts {
  readonly state: WorkOrderState;
  /** The handler's word, from the reply on; null before and after a reopening. */
  readonly outcome: WorkOrderOutcome | null;
  /** Of this round of handling. */
  readonly extension: 'none' | 'requested' | 'granted' | 'denied';
  /** The firm's word. */
  readonly solved: SolvedAnswer | null;
  readonly closedBy: 'rating' | 'silence' | null;
  readonly reopenCount: number;
  readonly urgeCount: number;
}

/** An action with what the rules ask of it. Texts and files are the caller's, only that a reply has words is checked here. */
export type WorkOrderStep =
  | { readonly action: Exclude<WorkOrderAction, 'decide-extension' | 'reply' | 'rate' | 'close-silently'> }
  | { readonly action: 'decide-extension'; readonly isGranted: boolean }
  | { readonly action: 'reply'; readonly outcome: WorkOrderOutcome; readonly text: string }
  | { readonly action: 'rate'; readonly solved: SolvedAnswer }
  | { readonly action: 'close-silently'; readonly isSilenceOver: boolean };

export type StepResult = { readonly ok: true; readonly facts: WorkOrderFacts } | { readonly ok: false; readonly reason: Words };

export const newWorkOrder: WorkOrderFacts = {
  state: 'to-assign',
  outcome: null,
  extension: 'none',
  solved: null,
  closedBy: null,
  reopenCount: 0,
  urgeCount: 0,
};

const no = (zh: string, en: string): StepResult => ({ ok: false, reason: { zh, en } });

/** Whether the state and the order's history allow the action, whoever does it. */
function isOpenTo(facts: WorkOrderFacts, action: WorkOrderAction): boolean {
  if (!actionRules[action].from.includes(facts.state)) return false;
  if (action === 'request-extension') return facts.extension === 'none' || facts.extension === 'denied';
  return action !== 'decide-extension' || facts.extension === 'requested';
}

function after(facts: WorkOrderFacts, step: WorkOrderStep): WorkOrderFacts {
  switch (step.action) {
    case 'assign':
      return { ...facts, state: 'to-accept' };
    case 'accept':
      return { ...facts, state: 'handling' };
    case 'return':
      return { ...facts, state: 'to-assign', extension: 'none' };
    case 'request-extension':
      return { ...facts, extension: 'requested' };
    case 'decide-extension':
      return { ...facts, extension: step.isGranted ? 'granted' : 'denied' };
    case 'reply':
      // A request still open is answered by the reply itself.
      return {
        ...facts,
        state: 'reply-review',
        outcome: step.outcome,
        extension: facts.extension === 'requested' ? 'none' : facts.extension,
      };
    case 'approve-reply':
      return { ...facts, state: 'awaiting-rating' };
    case 'reject-reply':
      return { ...facts, state: 'handling', outcome: null };
    case 'rate':
      return { ...facts, state: 'closed', solved: step.solved, closedBy: 'rating' };
    case 'reopen':
      return { ...facts, state: 'handling', outcome: null, extension: 'none', reopenCount: facts.reopenCount + 1 };
    case 'close-silently':
      return { ...facts, state: 'closed', closedBy: 'silence' };
    case 'urge':
      return { ...facts, urgeCount: facts.urgeCount + 1 };
    case 'record-contact':
    case 'record-plan':
    case 'supervise':
    case 'supplement':
      return facts;
  }
}

/** Does one step, or says why it cannot be done now. Pure; a step refused changes nothing. */
export function stepWorkOrder(facts: WorkOrderFacts, step: WorkOrderStep, role: WorkOrderRole): StepResult {
  const rule = actionRules[step.action];
  if (rule.role !== role) return no(`“${rule.words.zh}”不由您办理`, `"${rule.words.en}" is not yours to do`);
  if (!isOpenTo(facts, step.action)) {
    return no(`工单当前不能“${rule.words.zh}”，请刷新后查看`, `"${rule.words.en}" is not possible now: reload and look again`);
  }
  if (step.action === 'reply' && step.text.trim() === '') return no('请写明答复内容', 'a reply needs words');
  if (step.action === 'close-silently' && !step.isSilenceOver) return no('还没有到评价截止时间', 'the time to rate is not over');
  return { ok: true, facts: after(facts, step) };
}

/** What this role may do now, the main action first. */
export const nextActions = (facts: WorkOrderFacts, role: WorkOrderRole): readonly WorkOrderAction[] =>
  (Object.keys(actionRules) as WorkOrderAction[]).filter((action) => actionRules[action].role === role && isOpenTo(facts, action));

/** Solved in the eyes of the firm: what 解决率 counts. An order closed by silence is 待核实 and counts as not confirmed. */
export const isConfirmedSolved = (facts: WorkOrderFacts): boolean => facts.closedBy === 'rating' && facts.solved === 'yes';
