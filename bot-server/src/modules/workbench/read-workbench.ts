import type { WorkbenchFigure, WorkbenchItem } from '@suiban/shared/api/workbench';
import { addDays, civilDateAt, startOfDay } from '@suiban/shared/time';
import type { OfficialActor } from '../../kernel/http/actor';
import type { Deps } from '../module';
import {
  acceptedByDay,
  answeredByDay,
  type CampaignNeed,
  countQueue,
  type DayCount,
  listOverdue,
  listToSign,
  listWithUnknown,
  type OrderQueue,
  ordersByDay,
} from './needs.repo';
import { dutiesOf, linesPerKind, seriesDays } from './workbench.policy';

const ofCampaign =
  (kind: WorkbenchItem['kind'], detail: (need: CampaignNeed) => string) =>
  (need: CampaignNeed): WorkbenchItem => ({
    kind,
    id: need.id,
    title: need.title,
    detail: detail(need),
    count: need.count,
    href: `/campaigns/${need.id}`,
    since: need.since.toISOString(),
    dueAt: null,
  });

const queues: Readonly<Record<OrderQueue, { kind: WorkbenchItem['kind']; title: string; detail: string }>> = {
  'to-assign': { kind: 'order-to-assign', title: '待派单的工单', detail: '确认事项和承办单位后派出' },
  'to-accept': { kind: 'order-to-accept', title: '待签收的工单', detail: '签收后开始办理，不属于本单位的请退回' },
  'reply-review': { kind: 'reply-to-review', title: '待审核的答复', detail: '审核通过后企业才能看到答复' },
};

/** What waits for this official, most pressing first, and four figures of the own bureau over fourteen days. */
export async function readWorkbench(deps: Deps, actor: OfficialActor): Promise<{ needsMe: WorkbenchItem[]; figures: WorkbenchFigure[] }> {
  return { needsMe: await needsOf(deps, actor), figures: await figuresOf(deps, actor) };
}

async function needsOf({ db, clock }: Deps, actor: OfficialActor): Promise<WorkbenchItem[]> {
  const duties = dutiesOf(actor);
  const { bureauId } = actor;
  const items: WorkbenchItem[] = [];
  if (duties.handles || duties.supervises) {
    const overdue = await listOverdue(db, bureauId, duties.supervises ? 'owner' : 'handler', clock.now(), linesPerKind);
    items.push(
      ...overdue.map((order) => ({
        kind: 'overdue-order' as const,
        id: order.id,
        title: order.title,
        detail: order.number,
        count: 1,
        href: `/work-orders/${order.id}`,
        since: order.since.toISOString(),
        dueAt: order.due_at.toISOString(),
      })),
    );
  }
  if (duties.signs) {
    const toSign = await listToSign(db, bureauId, actor.id, linesPerKind);
    items.push(...toSign.map(ofCampaign('approval', () => '等待签发')));
  }
  if (duties.runs) {
    const unclear = await listWithUnknown(db, bureauId, linesPerKind);
    items.push(...unclear.map(ofCampaign('unknown-deliveries', ({ count }) => `${count} 家企业的发送结果待核实`)));
  }
  const wanted: OrderQueue[] = [];
  if (duties.assigns) wanted.push('to-assign');
  if (duties.handles) wanted.push('to-accept');
  if (duties.reviews) wanted.push('reply-review');
  for (const queue of wanted) {
    const { count, since } = await countQueue(db, bureauId, queue);
    if (count === 0 || !since) continue;
    items.push({ ...queues[queue], id: queue, count, href: `/work-orders?state=${queue}`, since: since.toISOString(), dueAt: null });
  }
  return items;
}

async function figuresOf({ db, clock, city }: Deps, actor: OfficialActor): Promise<WorkbenchFigure[]> {
  const zone = city.timeZone;
  const today = civilDateAt(clock.now(), zone);
  const dates = Array.from({ length: seriesDays }, (_, index) => addDays(today, index - seriesDays + 1));
  const days = { bureauId: actor.bureauId, zone, from: startOfDay(dates[0] ?? today, zone) };
  const figure = (key: WorkbenchFigure['key'], label: string, counts: readonly DayCount[]): WorkbenchFigure => {
    const byDay = new Map(counts.map(({ on, count }) => [on, count]));
    const series = dates.map((on) => ({ on, value: byDay.get(on) ?? 0 }));
    const value = series.at(-1)?.value ?? 0;
    return { key, label, value, difference: value - (series.at(-2)?.value ?? 0), series };
  };
  return [
    figure('accepted', '平台已受理', await acceptedByDay(db, days)),
    figure('answered', '收到答卷', await answeredByDay(db, days)),
    figure('problems', '新增诉求', await ordersByDay(db, days, 'created_at')),
    figure('closed', '办结工单', await ordersByDay(db, days, 'closed_at')),
  ];
}
