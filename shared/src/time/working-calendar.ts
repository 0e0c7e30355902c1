import { addDays, type CivilDate, civilDateOf, requireDayNumber } from './civil-date';
import { daysOff, type YearOfDays } from './holidays';

/** `provisional`: it rests on a day outside the published years, where only the rule of the weekday is known. */
export interface WorkingCalendar {
  /** First and last day of which the days off are published. */
  readonly knownFrom: CivilDate;
  readonly knownUntil: CivilDate;
  /** @throws {RangeError} where `on` is no date */
  isWorkingDay(on: CivilDate): { readonly working: boolean; readonly provisional: boolean };
  /**
   * The n-th working day after `on` (before it for a negative n); `on` itself is never counted, and is the answer for 0.
   * @throws {RangeError} where `on` is no date or n no whole number up to 10,000
   */
  addWorkingDays(on: CivilDate, n: number): { readonly on: CivilDate; readonly provisional: boolean };
  /** Working days after `from` up to and including `to`; negative where `to` lies before. Undoes `addWorkingDays` for n ≥ 0. */
  workingDaysBetween(from: CivilDate, to: CivilDate): { readonly count: number; readonly provisional: boolean };
}

/** Builds a calendar from published years, which must follow each other. @throws {RangeError} on a gap */
export function workingCalendar(years: readonly YearOfDays[] = daysOff): WorkingCalendar {
  const exceptions = exceptionsOf(years);
  const [first, last] = boundsOf(years);
  const isKnown = (dayNumber: number) => dayNumber >= first && dayNumber <= last;
  const isWorking = (dayNumber: number) => exceptions.get(dayNumber) ?? isWeekday(dayNumber);

  /** Walks from one day to another, either way, and counts the working days it steps on. */
  const walk = (from: number, isDone: (dayNumber: number, count: number) => boolean, step: 1 | -1) => {
    let dayNumber = from;
    let count = 0;
    let isProvisional = false;
    while (!isDone(dayNumber, count)) {
      dayNumber += step;
      if (isWorking(dayNumber)) count += 1;
      if (!isKnown(dayNumber)) isProvisional = true;
    }
    return { dayNumber, count, provisional: isProvisional };
  };

  return {
    knownFrom: civilDateOf(first),
    knownUntil: civilDateOf(last),
    isWorkingDay: (on) => {
      const dayNumber = requireDayNumber(on);
      return { working: isWorking(dayNumber), provisional: !isKnown(dayNumber) };
    },
    addWorkingDays: (on, n) => {
      if (!Number.isInteger(n) || Math.abs(n) > 10_000) throw new RangeError(`working days: ${n}`);
      const start = requireDayNumber(on);
      if (n === 0) return { on, provisional: !isKnown(start) };
      const { dayNumber, provisional } = walk(start, (_, count) => count === Math.abs(n), n > 0 ? 1 : -1);
      return { on: civilDateOf(dayNumber), provisional };
    },
    workingDaysBetween: (from, to) => {
      const [start, end] = [requireDayNumber(from), requireDayNumber(to)];
      const { count, provisional } = walk(Math.min(start, end), (dayNumber) => dayNumber === Math.max(start, end), 1);
      return { count: end >= start ? count : 0 - count, provisional };
    },
  };
}

function exceptionsOf(years: readonly YearOfDays[]): ReadonlyMap<number, boolean> {
  const exceptions = new Map<number, boolean>();
  for (const year of years) {
    for (const [from, to] of year.off) {
      for (let on = from; on <= to; on = addDays(on, 1)) exceptions.set(requireDayNumber(on), false);
    }
    for (const on of year.workOn) exceptions.set(requireDayNumber(on), true);
  }
  return exceptions;
}

function boundsOf(years: readonly YearOfDays[]): readonly [first: number, last: number] {
  const sorted = years.map((year) => year.year).sort((one, other) => one - other);
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  if (first === undefined || last === undefined || last - first + 1 !== sorted.length) throw new RangeError('years must follow each other');
  return [requireDayNumber(`${first}-01-01`), requireDayNumber(`${last}-12-31`)];
}

/** Day 0 was a Thursday. */
function isWeekday(dayNumber: number): boolean {
  const weekday = (((dayNumber + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}
