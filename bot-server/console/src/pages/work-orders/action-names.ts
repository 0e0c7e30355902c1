import type { WorkOrderAction } from '@suiban/shared/work-orders';

/** Operation of the contract → action of the state machine, which has the words. */
export const actionOf = {
  assignWorkOrder: 'assign',
  acceptWorkOrder: 'accept',
  returnWorkOrder: 'return',
  requestExtension: 'request-extension',
  decideExtension: 'decide-extension',
  replyWorkOrder: 'reply',
  approveReply: 'approve-reply',
  rejectReply: 'reject-reply',
  recordContact: 'record-contact',
  recordPlan: 'record-plan',
  superviseWorkOrder: 'supervise',
} as const satisfies Record<string, WorkOrderAction>;
export type ActionName = keyof typeof actionOf;
export const isAction = (name: string): name is ActionName => name in actionOf;
