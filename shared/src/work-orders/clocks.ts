import { type CivilDate, civilDateAt, endOfDay, type WorkingCalendar, type Zone } from '../time';
import type { Words } from '../words';

export type ClockKind = 'contact' | 'plan' | 'solve';

/** Working days given for each step, and for the firm's silence. Settings of the city; these are the ones of 1-5-15 without the long one. */
export interface ClockSetting {
  readonly contactDays: number;
  readonly planDays: number;
  readonly solveDays: number;
  readonly silenceDays: number;
}

export const defaultClocks: ClockSetting = { contactDays: 1, planDays: 3, solveDays: 5, silenceDays: 5 };

/** When the steps were done. A reopening starts all clocks anew: give the times of the round that runs. */
export interface RoundTimes {
  /** Created, or reopened. */
  readonly startedAt: Date;
  readonly contactedAt?: Date | null;
  readonly plannedAt?: Date | null;
  /** The reply was approved. */
  readonly repliedAt?: Date | null;
  /** Working days granted on top for the solution. */
  readonly extensionDays?: number;
}

export interface WorkOrderClock {
  readonly kind: ClockKind;
  readonly dueOn: CivilDate;
  /** The last moment of that day in the city. */
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  /** Beyond the known calendar: may move when the holidays are announced. */
  readonly isProvisional: boolean;
  /** Done too late, or not done and the time is over. */
  readonly isBreached: boolean;
}

export interface ClockContext {
  readonly calendar: Pick<WorkingCalendar, 'addWorkingDays'>;
  readonly zone: Zone;
  readonly now: Date;
  readonly setting?: ClockSetting;
}

const first = (...times: readonly (Date | null | undefined)[]): Date | null =>
  times.reduce<Date | null>((earliest, each) => (each && (!earliest || each < earliest) ? each : earliest), null);

function clock(kind: ClockKind, times: RoundTimes, workingDays: number, doneAt: Date | null, context: ClockContext): WorkOrderClock {
  const { on: dueOn, provisional: isProvisional } = context.calendar.addWorkingDays(
    civilDateAt(times.startedAt, context.zone),
    workingDays,
  );
  const dueAt = endOfDay(dueOn, context.zone);
  return { kind, dueOn, dueAt, doneAt, isProvisional, isBreached: (doneAt ?? context.now) > dueAt };
}

/** The three clocks of a round. A later step done is proof of the earlier: who has replied has contacted. */
export function clocksOf(times: RoundTimes, context: ClockContext): readonly WorkOrderClock[] {
  const setting = context.setting ?? defaultClocks;
  const { contactedAt, plannedAt, repliedAt, extensionDays = 0 } = times;
  return [
    clock('contact', times, setting.contactDays, first(contactedAt, plannedAt, repliedAt), context),
    clock('plan', times, setting.planDays, first(plannedAt, repliedAt), context),
    clock('solve', times, setting.solveDays + extensionDays, repliedAt ?? null, context),
  ];
}

/** The clock to look at: the earliest due of those that run; undefined once all are done. */
export const runningClock = (clocks: readonly WorkOrderClock[]): WorkOrderClock | undefined =>
  clocks
    .filter((each) => each.doneAt === null)
    .reduce<WorkOrderClock | undefined>((soonest, each) => (soonest && soonest.dueAt <= each.dueAt ? soonest : each), undefined);

/** Until when the firm may rate before the order closes by silence. */
export function silenceEndsAt(answeredAt: Date, context: Omit<ClockContext, 'now'>): Date {
  const { silenceDays } = context.setting ?? defaultClocks;
  return endOfDay(context.calendar.addWorkingDays(civilDateAt(answeredAt, context.zone), silenceDays).on, context.zone);
}

export const clockWords: Readonly<Record<ClockKind, Words>> = {
  contact: { zh: '首次联系', en: 'First contact' },
  plan: { zh: '制定方案', en: 'Plan' },
  solve: { zh: '办理答复', en: 'Reply' },
};
