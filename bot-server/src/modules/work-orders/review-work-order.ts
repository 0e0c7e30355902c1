import { civilDateAt, formatDateWithWeekday } from '@suiban/shared/time';
import { clocksOf } from '@suiban/shared/work-orders';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { act, type Target } from './act';
import { advance, clockContext } from './advance';
import { publishFiles } from './attachments.repo';
import { moveClock, stopClocks } from './clocks.repo';
import { notifyFirm } from './notices';
import { mustNotReviewOwn } from './work-orders.policy';

/** 通过答复: the firm gets words and files, every clock stops, and the firm's time to rate begins. Emits `work-orders.replied`. */
export const approveReply = (deps: Deps, actor: OfficialActor, target: Target) =>
  act(deps, actor, 'reviewer', target, async (tx, order) => {
    mustNotReviewOwn(actor, order);
    const now = deps.clock.now();
    const happening = { action: 'reply-approved', actor, role: 'reviewer', ...(order.reply ? { publicBody: order.reply } : {}) } as const;
    const approved = await advance(tx, deps, order, { action: 'approve-reply' }, happening, { replied_at: now });
    await publishFiles(tx, order.id, approved.eventId);
    await stopClocks(tx, order.id, ['contact', 'plan', 'solve'], now);
    await notifyFirm(tx, deps, approved.order, 'replied');
    await deps.outbox.add(tx, {
      topic: 'work-orders.replied',
      key: order.id,
      payload: { workOrderId: order.id, enterpriseId: order.enterprise_id, campaignId: order.campaign_id },
    });
  });

/** 退改答复, back to the handler with the reason. */
export const rejectReply = (deps: Deps, actor: OfficialActor, target: Target, reason: string) =>
  act(deps, actor, 'reviewer', target, async (tx, order) => {
    mustNotReviewOwn(actor, order);
    const happening = { action: 'reply-rejected', actor, role: 'reviewer', body: reason, isInternal: true } as const;
    await advance(tx, deps, order, { action: 'reject-reply' }, happening);
  });

/** 审批延期: granted, the reply is due later and the firm is told so; denied, it stays between offices. */
export const decideExtension = (
  deps: Deps,
  actor: OfficialActor,
  target: Target,
  given: { granted: boolean; reason?: string | undefined },
) =>
  act(deps, actor, 'reviewer', target, async (tx, order) => {
    mustNotReviewOwn(actor, order);
    const extensionDays = given.granted ? (order.extension?.requestedDays ?? 0) : 0;
    const solve = clocksOf({ startedAt: order.round_started_at, extensionDays }, clockContext(deps)).find(({ kind }) => kind === 'solve');
    const due = solve && formatDateWithWeekday(civilDateAt(solve.dueAt, deps.city.timeZone));
    await advance(
      tx,
      deps,
      order,
      { action: 'decide-extension', isGranted: given.granted },
      {
        action: given.granted ? 'extension-granted' : 'extension-denied',
        actor,
        role: 'reviewer',
        ...(given.reason ? { body: given.reason } : {}),
        ...(given.granted ? { publicBody: `情况较复杂，答复期限延至 ${due}` } : { isInternal: true }),
      },
    );
    if (given.granted && solve) await moveClock(tx, order.id, solve);
  });

/** 督办: the firm sees that it happened; what was said stays between offices. */
export const superviseWorkOrder = (deps: Deps, actor: OfficialActor, target: Target, text: string) =>
  act(deps, actor, 'supervisor', target, (tx, order) =>
    advance(tx, deps, order, { action: 'supervise' }, { action: 'supervised', actor, role: 'supervisor', body: text }),
  );
