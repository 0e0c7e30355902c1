import { DomainError } from '@suiban/shared/errors';
import type { WorkOrderOutcome } from '@suiban/shared/work-orders';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { act, type Target } from './act';
import { advance, type Happening } from './advance';
import { joinToEvent } from './attachments.repo';
import { stopClocks } from './clocks.repo';
import { isUuid } from './work-orders.policy';

const by = (actor: OfficialActor, action: Happening['action'], rest: Partial<Happening> = {}): Happening => ({
  action,
  actor,
  role: 'handler',
  ...rest,
});

/** 签收: the handler who takes it keeps it, and gets it back when it is reopened. */
export const acceptWorkOrder = (deps: Deps, actor: OfficialActor, target: Target) =>
  act(deps, actor, 'handler', target, (tx, order) =>
    advance(tx, deps, order, { action: 'accept' }, by(actor, 'accepted'), { handler_id: actor.id }),
  );

/** 退回派单员: the reason is between offices. */
export const returnWorkOrder = (deps: Deps, actor: OfficialActor, target: Target, reason: string) =>
  act(deps, actor, 'handler', target, (tx, order) =>
    advance(tx, deps, order, { action: 'return' }, by(actor, 'returned', { body: reason }), { handler_id: null }),
  );

export const recordContact = (deps: Deps, actor: OfficialActor, target: Target, text: string) =>
  act(deps, actor, 'handler', target, async (tx, order) => {
    await advance(tx, deps, order, { action: 'record-contact' }, by(actor, 'contact-recorded', { body: text }));
    await stopClocks(tx, order.id, ['contact'], deps.clock.now());
  });

export const recordPlan = (deps: Deps, actor: OfficialActor, target: Target, text: string) =>
  act(deps, actor, 'handler', target, async (tx, order) => {
    await advance(tx, deps, order, { action: 'record-plan' }, by(actor, 'plan-recorded', { body: text }));
    await stopClocks(tx, order.id, ['contact', 'plan'], deps.clock.now());
  });

/** 申请延期: internal until it is granted. */
export const requestExtension = (deps: Deps, actor: OfficialActor, target: Target, given: { days: number; reason: string }) =>
  act(deps, actor, 'handler', target, (tx, order) =>
    advance(
      tx,
      deps,
      order,
      { action: 'request-extension' },
      by(actor, 'extension-requested', { body: `申请延长 ${given.days} 个工作日：${given.reason}`, isInternal: true }),
      { extension: { requestedDays: given.days, reason: given.reason, state: 'requested' } },
    ),
  );

/**
 * 提交答复 for review, with the files uploaded for it. The firm reads it once it is approved.
 * @throws DomainError kernel:invalid-request for a file that is not this order's
 */
export const replyWorkOrder = (
  deps: Deps,
  actor: OfficialActor,
  target: Target,
  given: { reply: string; outcome: WorkOrderOutcome; attachmentIds: readonly string[] },
) =>
  act(deps, actor, 'handler', target, async (tx, order) => {
    const step = { action: 'reply', outcome: given.outcome, text: given.reply } as const;
    const change = { reply: given.reply, handler_id: actor.id };
    const { eventId } = await advance(tx, deps, order, step, by(actor, 'replied', { body: given.reply }), change);
    const ids = [...new Set(given.attachmentIds)];
    const isKnown = ids.every(isUuid) && (ids.length === 0 || (await joinToEvent(tx, order.id, ids, eventId)) === ids.length);
    if (isKnown) return;
    throw new DomainError('kernel:invalid-request', '有的附件不属于这张工单，请重新上传', {
      errors: [{ pointer: '/body/attachmentIds', detail: '附件不存在或属于其他工单' }],
    });
  });
