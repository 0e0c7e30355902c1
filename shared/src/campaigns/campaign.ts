import type { Words } from '../words';

/**
 * A push or cloud visit, from draft to end.
 *
 *   draft ──submit──▶ in_review ──approve──▶ approved ──launch──▶ running ──complete──▶ completed
 *     ▲                  │  │                 │   │                 ▲
 *     ├────reject────────┘  │                 │   └─(launch, later)─▶ scheduled ──start──▶ running
 *     ├────withdraw─────────┴─────────────────┤(also from scheduled)
 *     └────edit (voids the approval)──────────┘
 *
 *   running ⇄ paused (pause, resume) · running → halted (halt, by a safety rule) → running (resume)
 *   completed → running (retry-failed: refused rows become planned again)
 *   cancel: from every state before the end → cancelled (what is not sent is 已取消; what was sent stays)
 *
 * `cancelled` is the end. Answers are taken until the window closes or `close`, whatever the sending does.
 */
export const campaignStates = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'running',
  'paused',
  'halted',
  'completed',
  'cancelled',
] as const;
export type CampaignState = (typeof campaignStates)[number];

/** 拟制人, 签发人, who runs the sending, and the program itself. */
export const campaignRoles = ['drafter', 'signatory', 'operator', 'system'] as const;
export type CampaignRole = (typeof campaignRoles)[number];

export const campaignActions = [
  'submit',
  'edit',
  'withdraw',
  'approve',
  'reject',
  'launch',
  'start',
  'pause',
  'resume',
  'halt',
  'complete',
  'retry-failed',
  'resolve-unknown',
  'close',
  'cancel',
  'test-send',
  'export',
] as const;
export type CampaignAction = (typeof campaignActions)[number];

interface CampaignActionRule {
  readonly roles: readonly CampaignRole[];
  readonly from: readonly CampaignState[];
  /** `same` = the state stays. */
  readonly to: CampaignState | 'same';
  readonly words: Words;
}

const launched: readonly CampaignState[] = ['running', 'paused', 'halted', 'completed', 'cancelled'];
const unsigned: readonly CampaignState[] = ['draft', 'in_review', 'approved', 'scheduled'];

/** The main action of a state stands before the others. */
export const campaignActionRules: Readonly<Record<CampaignAction, CampaignActionRule>> = {
  submit: { roles: ['drafter'], from: ['draft'], to: 'in_review', words: { zh: '送审', en: 'Submit for review' } },
  approve: { roles: ['signatory'], from: ['in_review'], to: 'approved', words: { zh: '签发', en: 'Approve' } },
  launch: { roles: ['operator'], from: ['approved'], to: 'running', words: { zh: '启动发送', en: 'Launch' } },
  start: { roles: ['system'], from: ['scheduled'], to: 'running', words: { zh: '到时启动', en: 'Start on time' } },
  resume: { roles: ['operator'], from: ['paused', 'halted'], to: 'running', words: { zh: '继续发送', en: 'Resume' } },
  pause: { roles: ['operator'], from: ['running'], to: 'paused', words: { zh: '暂停发送', en: 'Pause' } },
  halt: { roles: ['system'], from: ['running'], to: 'halted', words: { zh: '异常自动停发', en: 'Halt' } },
  complete: { roles: ['system'], from: ['running'], to: 'completed', words: { zh: '发送完成', en: 'Complete' } },
  'resolve-unknown': {
    roles: ['operator'],
    from: launched,
    to: 'same',
    words: { zh: '核实结果', en: 'Resolve unknown results' },
  },
  'retry-failed': { roles: ['operator'], from: ['completed'], to: 'running', words: { zh: '重发失败的', en: 'Retry failed' } },
  reject: { roles: ['signatory'], from: ['in_review'], to: 'draft', words: { zh: '退回修改', en: 'Send back' } },
  edit: { roles: ['drafter'], from: ['draft', 'approved'], to: 'draft', words: { zh: '修改', en: 'Edit' } },
  withdraw: { roles: ['drafter'], from: ['in_review', 'approved', 'scheduled'], to: 'draft', words: { zh: '撤回', en: 'Withdraw' } },
  'test-send': { roles: ['drafter'], from: unsigned, to: 'same', words: { zh: '试发', en: 'Send a test' } },
  close: { roles: ['operator'], from: launched, to: 'same', words: { zh: '提前结束填报', en: 'Close answering' } },
  export: { roles: ['drafter', 'signatory', 'operator'], from: launched, to: 'same', words: { zh: '导出', en: 'Export' } },
  cancel: {
    roles: ['operator'],
    from: [...unsigned, 'running', 'paused', 'halted'],
    to: 'cancelled',
    words: { zh: '取消未发的部分', en: 'Cancel what is left' },
  },
};

/** What the steps look at beside the state. Counts are those of the ledger. */
export interface CampaignFacts {
  readonly state: CampaignState;
  /** 拟制人 and the official who acts: nobody signs what they drafted. */
  readonly isOwnDraft: boolean;
  /** The hash shown to the signatory, or approved, is still that of the content. */
  readonly isHashCurrent: boolean;
  /** The window begins in the future: a launch then only schedules. */
  readonly isStartLater: boolean;
  /** Rows on their way: planned or sending. */
  readonly waiting: number;
  readonly refused: number;
  readonly unknown: number;
  /** Answers are still taken. */
  readonly isAnswerable: boolean;
}

export type CampaignStep = { readonly ok: true; readonly state: CampaignState } | { readonly ok: false; readonly reason: Words };

const no = (zh: string, en: string): { ok: false; reason: Words } => ({ ok: false, reason: { zh, en } });

function obstacle(facts: CampaignFacts, action: CampaignAction): Words | undefined {
  switch (action) {
    case 'approve':
      if (facts.isOwnDraft) return no('签发人不能是拟制人本人', 'nobody signs what they drafted').reason;
      return facts.isHashCurrent
        ? undefined
        : no('内容有改动，请重新核对送审稿编号', 'the content has changed: compare the hash again').reason;
    case 'launch':
      return facts.isHashCurrent
        ? undefined
        : no('签发后内容有改动，请重新送审', 'the content has changed since approval: submit it again').reason;
    case 'complete':
      return facts.waiting === 0 ? undefined : no(`还有 ${facts.waiting} 条未发完`, `${facts.waiting} are still on their way`).reason;
    case 'retry-failed':
      return facts.refused > 0 ? undefined : no('没有发送失败的记录', 'nothing was refused').reason;
    case 'resolve-unknown':
      return facts.unknown > 0 ? undefined : no('没有结果待核实的记录', 'no result is unknown').reason;
    case 'close':
      return facts.isAnswerable ? undefined : no('填报已经截止', 'answering is closed already').reason;
    default:
      return undefined;
  }
}

/** Does one step, or says why it cannot be done now. Pure. */
export function stepCampaign(facts: CampaignFacts, action: CampaignAction, role: CampaignRole): CampaignStep {
  const rule = campaignActionRules[action];
  if (!rule.roles.includes(role)) return no(`“${rule.words.zh}”不由您办理`, `"${rule.words.en}" is not yours to do`);
  if (!rule.from.includes(facts.state)) {
    const state = campaignStateWords[facts.state];
    return no(`“${state.zh}”时不能“${rule.words.zh}”，请刷新后查看`, `"${rule.words.en}" is not possible while ${state.en.toLowerCase()}`);
  }
  const reason = obstacle(facts, action);
  if (reason) return { ok: false, reason };
  if (action === 'launch' && facts.isStartLater) return { ok: true, state: 'scheduled' };
  return { ok: true, state: rule.to === 'same' ? facts.state : rule.to };
}

/** What this role may do now, the main action first. */
export const nextActions = (facts: CampaignFacts, role: CampaignRole): readonly CampaignAction[] =>
  (Object.keys(campaignActionRules) as CampaignAction[]).filter((action) => stepCampaign(facts, action, role).ok);

export const campaignStateWords: Readonly<Record<CampaignState, Words>> = {
  draft: { zh: '草稿', en: 'Draft' },
  in_review: { zh: '审核中', en: 'In review' },
  approved: { zh: '已签发', en: 'Approved' },
  scheduled: { zh: '待发送', en: 'Scheduled' },
  running: { zh: '发送中', en: 'Sending' },
  paused: { zh: '已暂停', en: 'Paused' },
  halted: { zh: '异常自动停发', en: 'Halted by a safety rule' },
  completed: { zh: '已完成', en: 'Completed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};
