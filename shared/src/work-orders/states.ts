import type { Words } from '../words';

/**
 * A problem that a firm reported, from 派单 to 办结.
 *
 *   to-assign ──assign──▶ to-accept ──accept──▶ handling ──reply──▶ reply-review ──approve-reply──▶ awaiting-rating ──rate──▶ closed
 *       ▲                     │                  │    ▲                  │                              │        └─close-silently─▶ closed
 *       └────────return───────┴──────return──────┘    ├──reject-reply────┘                              │
 *                                                     └──────────────────────reopen─────────────────────┘
 *
 * While *handling*, an extension may be asked for (one grant per round). *closed* is the end. Whether the problem is solved is not a state:
 * the handler states an outcome with the reply, the firm has the last word, and without it the order closes as 逾期未评价，系统办结.
 */
export const workOrderStates = ['to-assign', 'to-accept', 'handling', 'reply-review', 'awaiting-rating', 'closed'] as const;
export type WorkOrderState = (typeof workOrderStates)[number];

export const workOrderRoles = ['dispatcher', 'handler', 'reviewer', 'supervisor', 'enterprise', 'system'] as const;
export type WorkOrderRole = (typeof workOrderRoles)[number];

/** What the handler says was achieved. */
export const workOrderOutcomes = ['solved', 'partly', 'unsolved', 'explained'] as const;
export type WorkOrderOutcome = (typeof workOrderOutcomes)[number];

/** What the firm says: 是否解决. */
export const solvedAnswers = ['yes', 'partly', 'no'] as const;
export type SolvedAnswer = (typeof solvedAnswers)[number];

export const stateWords: Readonly<Record<WorkOrderState, Words>> = {
  'to-assign': { zh: '待派单', en: 'To be assigned' },
  'to-accept': { zh: '待签收', en: 'To be accepted' },
  handling: { zh: '办理中', en: 'Being handled' },
  'reply-review': { zh: '答复审核', en: 'Reply under review' },
  'awaiting-rating': { zh: '已答复，待评价', en: 'Answered, awaiting your rating' },
  closed: { zh: '已办结', en: 'Closed' },
};

export const roleWords: Readonly<Record<WorkOrderRole, Words>> = {
  dispatcher: { zh: '派单员', en: 'Dispatcher' },
  handler: { zh: '承办人', en: 'Handler' },
  reviewer: { zh: '审核人', en: 'Reviewer' },
  supervisor: { zh: '督办人员', en: 'Supervisor' },
  enterprise: { zh: '企业', en: 'Firm' },
  system: { zh: '系统', en: 'System' },
};

export const outcomeWords: Readonly<Record<WorkOrderOutcome, Words>> = {
  solved: { zh: '已解决', en: 'Solved' },
  partly: { zh: '部分解决', en: 'Partly solved' },
  unsolved: { zh: '未解决', en: 'Not solved' },
  explained: { zh: '已解释说明', en: 'Explained' },
};

export const solvedWords: Readonly<Record<SolvedAnswer, Words>> = {
  yes: { zh: '已解决', en: 'Solved' },
  partly: { zh: '部分解决', en: 'Partly solved' },
  no: { zh: '未解决', en: 'Not solved' },
};
