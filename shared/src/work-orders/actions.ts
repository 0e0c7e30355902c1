import type { Words } from '../words';
import type { WorkOrderRole, WorkOrderState } from './states';

export const workOrderActions = [
  'assign',
  'accept',
  'return',
  'record-contact',
  'record-plan',
  'request-extension',
  'decide-extension',
  'reply',
  'approve-reply',
  'reject-reply',
  'supervise',
  'urge',
  'supplement',
  'rate',
  'reopen',
  'close-silently',
] as const;
export type WorkOrderAction = (typeof workOrderActions)[number];

export interface ActionRule {
  readonly role: WorkOrderRole;
  readonly from: readonly WorkOrderState[];
  /** On the button. */
  readonly words: Words;
  /** On the timeline, after the fact. */
  readonly done: Words;
}

const atWork: readonly WorkOrderState[] = ['to-assign', 'to-accept', 'handling', 'reply-review'];

/** Who may do what from which state, the main step of each state first. */
export const actionRules: Readonly<Record<WorkOrderAction, ActionRule>> = {
  assign: {
    role: 'dispatcher',
    from: ['to-assign', 'to-accept'],
    words: { zh: '派单', en: 'Assign' },
    done: { zh: '已派单', en: 'Assigned' },
  },
  accept: { role: 'handler', from: ['to-accept'], words: { zh: '签收', en: 'Accept' }, done: { zh: '已签收', en: 'Accepted' } },
  reply: {
    role: 'handler',
    from: ['handling'],
    words: { zh: '提交答复', en: 'Submit reply' },
    done: { zh: '已提交答复', en: 'Reply submitted' },
  },
  'record-contact': {
    role: 'handler',
    from: ['handling'],
    words: { zh: '登记联系情况', en: 'Record contact' },
    done: { zh: '已联系企业', en: 'Contacted the firm' },
  },
  'record-plan': {
    role: 'handler',
    from: ['handling'],
    words: { zh: '登记办理方案', en: 'Record plan' },
    done: { zh: '已制定办理方案', en: 'Plan made' },
  },
  'request-extension': {
    role: 'handler',
    from: ['handling'],
    words: { zh: '申请延期', en: 'Ask for more time' },
    done: { zh: '已申请延期', en: 'Asked for more time' },
  },
  return: {
    role: 'handler',
    from: ['to-accept', 'handling'],
    words: { zh: '退回派单员', en: 'Return to dispatcher' },
    done: { zh: '已退回', en: 'Returned' },
  },
  'approve-reply': {
    role: 'reviewer',
    from: ['reply-review'],
    words: { zh: '通过答复', en: 'Approve reply' },
    done: { zh: '答复已通过', en: 'Reply approved' },
  },
  'reject-reply': {
    role: 'reviewer',
    from: ['reply-review'],
    words: { zh: '退改答复', en: 'Send reply back' },
    done: { zh: '答复已退改', en: 'Reply sent back' },
  },
  'decide-extension': {
    role: 'reviewer',
    from: ['handling'],
    words: { zh: '审批延期', en: 'Decide on more time' },
    done: { zh: '已审批延期', en: 'Decided on more time' },
  },
  supervise: {
    role: 'supervisor',
    from: atWork,
    words: { zh: '督办', en: 'Supervise' },
    done: { zh: '已督办', en: 'Supervised' },
  },
  rate: {
    role: 'enterprise',
    from: ['awaiting-rating'],
    words: { zh: '已解决，去评价', en: 'Solved: rate it' },
    done: { zh: '企业已评价', en: 'Rated by the firm' },
  },
  reopen: {
    role: 'enterprise',
    from: ['awaiting-rating'],
    words: { zh: '未解决，申请重办', en: 'Not solved: reopen' },
    done: { zh: '企业申请重办', en: 'Reopened by the firm' },
  },
  urge: { role: 'enterprise', from: atWork, words: { zh: '催办', en: 'Urge' }, done: { zh: '企业催办', en: 'Urged by the firm' } },
  supplement: {
    role: 'enterprise',
    from: atWork,
    words: { zh: '补充材料', en: 'Add material' },
    done: { zh: '企业补充了材料', en: 'The firm added material' },
  },
  'close-silently': {
    role: 'system',
    from: ['awaiting-rating'],
    words: { zh: '系统办结', en: 'Close by timeout' },
    done: { zh: '逾期未评价，系统办结', en: 'Not rated in time, closed by the system' },
  },
};
