import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { addDays, civilDateOf, dayNumberOf, isCivilDate, weekdayOf, workingCalendar } from './index';

const calendar = workingCalendar();
const require = createRequire(import.meta.url);

/** Every day of the year. */
function daysOf(year: number): string[] {
  const days: string[] = [];
  for (let on = `${year}-01-01`; on.startsWith(String(year)); on = addDays(on, 1)) days.push(on);
  return days;
}

/** What holiday-calendar's file of the year says of each day that is not as its weekday is. */
function holidayCalendarOf(year: number): ReadonlyMap<string, boolean> {
  const file = require.resolve(`holiday-calendar/data/CN/${year}.json`);
  const { dates } = JSON.parse(readFileSync(file, 'utf8')) as { dates: { date: string; type: string }[] };
  return new Map(dates.map((day) => [day.date, day.type === 'transfer_workday']));
}

describe('days off', () => {
  it.each([2025, 2026])('of %d are as chinese-days and holiday-calendar have them, day by day', (year) => {
    const other = holidayCalendarOf(year);
    expect(other.size).toBeGreaterThan(20);
    for (const on of daysOf(year)) {
      const { working, provisional } = calendar.isWorkingDay(on);
      expect([on, working]).toEqual([on, chineseDays.isWorkday(on)]);
      expect([on, working]).toEqual([on, other.get(on) ?? ![0, 6].includes(weekdayOf(on))]);
      expect(provisional).toBe(false);
    }
  });

  it('of 2026 are the published ones', () => {
    const off = daysOf(2026).filter((on) => !calendar.isWorkingDay(on).working && ![0, 6].includes(weekdayOf(on)));
    expect(off).toHaveLength(19);
    const workedWeekends = daysOf(2026).filter((on) => calendar.isWorkingDay(on).working && [0, 6].includes(weekdayOf(on)));
    expect(workedWeekends).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);
  });
});

describe('the horizon', () => {
  it('ends with 2026; beyond it only the weekday is known, and it says so', () => {
    expect([calendar.knownFrom, calendar.knownUntil]).toEqual(['2025-01-01', '2026-12-31']);
    expect(calendar.isWorkingDay('2026-12-31')).toEqual({ working: true, provisional: false });
    expect(calendar.isWorkingDay('2027-01-01')).toEqual({ working: true, provisional: true });
    expect(calendar.isWorkingDay('2027-01-02')).toEqual({ working: false, provisional: true });
    expect(calendar.isWorkingDay('2024-12-31')).toEqual({ working: true, provisional: true });
  });

  it('makes a sum provisional as soon as it steps over it', () => {
    expect(calendar.addWorkingDays('2026-12-30', 1)).toEqual({ on: '2026-12-31', provisional: false });
    expect(calendar.addWorkingDays('2026-12-30', 2)).toEqual({ on: '2027-01-01', provisional: true });
    expect(calendar.workingDaysBetween('2026-12-30', '2027-01-04')).toEqual({ count: 3, provisional: true });
  });

  it('moves when a year is added, and a gap between years is refused', () => {
    expect(workingCalendar([{ year: 2030, off: [['2030-01-01', '2030-01-01']], workOn: [] }]).knownUntil).toBe('2030-12-31');
    expect(() =>
      workingCalendar([
        { year: 2025, off: [], workOn: [] },
        { year: 2027, off: [], workOn: [] },
      ]),
    ).toThrow(RangeError);
    expect(() => workingCalendar([])).toThrow(RangeError);
  });
});

describe('addWorkingDays', () => {
  it.each([
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-08', 2, '2026-10-10'],
    ['2026-10-01', 1, '2026-10-08'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-02-27', 1, '2026-02-28'],
    ['2026-09-18', 2, '2026-09-21'],
    ['2025-09-30', 1, '2025-10-09'],
    ['2025-12-31', 1, '2026-01-04'],
    ['2026-11-24', 15, '2026-12-15'],
    ['2026-10-13', -5, '2026-09-30'],
    ['2026-10-04', 0, '2026-10-04'],
  ])('%s and %d working days is %s', (from, n, on) => {
    expect(calendar.addWorkingDays(from, n)).toEqual({ on, provisional: false });
  });

  it('refuses what is no date or no count', () => {
    expect(() => calendar.addWorkingDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => calendar.addWorkingDays('2026-02-28', 1.5)).toThrow(RangeError);
    expect(() => calendar.addWorkingDays('2026-02-28', 10_001)).toThrow(RangeError);
    expect(() => calendar.isWorkingDay('20260228')).toThrow(RangeError);
  });

  const day = fc.integer({ min: dayNumberOf('2024-11-01') ?? 0, max: dayNumberOf('2027-03-01') ?? 0 }).map(civilDateOf);
  const count = fc.integer({ min: -60, max: 60 });

  it('lands on a working day, counts back, grows with n and with the day (10,000 cases)', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        const { on, provisional } = calendar.addWorkingDays(from, n);
        if (n !== 0) expect(calendar.isWorkingDay(on).working).toBe(true);
        const back = calendar.workingDaysBetween(from, on);
        // Between counts the later end and not the earlier: going back from a day off, the answer itself is left out.
        const isFromWorked = calendar.isWorkingDay(from).working;
        expect(back.count).toBe(n < 0 && !isFromWorked ? n + 1 : n);
        expect(calendar.addWorkingDays(from, n + 1).on > on).toBe(true);
        expect(calendar.addWorkingDays(addDays(from, 1), n).on >= on).toBe(true);
        if (on > calendar.knownUntil || on < calendar.knownFrom) expect(provisional).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('adds up: between a and c is between a and b plus between b and c', () => {
    fc.assert(
      fc.property(day, day, day, (a, b, c) => {
        const between = (from: string, to: string) => calendar.workingDaysBetween(from, to).count;
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('civil dates', () => {
  it('are the calendar of Date, day by day from 1899 to 2101', () => {
    fc.assert(
      fc.property(fc.integer({ min: -26_000, max: 48_000 }), (dayNumber) => {
        const expected = new Date(dayNumber * 86_400_000);
        expect(civilDateOf(dayNumber)).toBe(expected.toISOString().slice(0, 10));
        expect(dayNumberOf(civilDateOf(dayNumber))).toBe(dayNumber);
        expect(weekdayOf(civilDateOf(dayNumber))).toBe(expected.getUTCDay());
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    '2026-02-29',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-4-1',
    '26-04-01',
    '2026/04/01',
    '',
    '2026-04-01T00:00',
  ])('%s is none', (text) => {
    expect(isCivilDate(text)).toBe(false);
  });

  it('know leap years', () => {
    expect(['2024-02-29', '2000-02-29', '0000-02-29', '9999-12-31'].every(isCivilDate)).toBe(true);
  });
});
