import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  civilDateAt,
  endOfDay,
  formatClock,
  formatCount,
  formatDate,
  formatDateWithWeekday,
  formatDay,
  formatDuration,
  formatFen,
  formatInstant,
  formatStamp,
  groupDigits,
  instantAt,
  isZone,
  minuteOfDayAt,
  startOfDay,
} from './index';

const zone = 'Asia/Shanghai';
const at = (text: string) => new Date(text);

describe('the zone of the city', () => {
  it('changes the date at its own midnight, not at that of UTC', () => {
    expect(civilDateAt(at('2026-11-24T15:59:59.999Z'), zone)).toBe('2026-11-24');
    expect(civilDateAt(at('2026-11-24T16:00:00Z'), zone)).toBe('2026-11-25');
    expect(startOfDay('2026-11-25', zone).toISOString()).toBe('2026-11-24T16:00:00.000Z');
    expect(endOfDay('2026-11-25', zone).toISOString()).toBe('2026-11-25T15:59:59.999Z');
    expect(instantAt('2026-11-25', 22 * 60, zone).toISOString()).toBe('2026-11-25T14:00:00.000Z');
    expect(civilDateAt(at('1969-12-31T15:59:00Z'), zone)).toBe('1969-12-31');
    expect(minuteOfDayAt(at('1969-12-31T15:59:59.999Z'), zone)).toBe(1439);
  });

  it('agrees with Intl at any instant since 1992, whatever the zone of the machine', () => {
    const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    fc.assert(
      fc.property(fc.date({ min: at('1992-01-01T00:00:00Z'), max: at('2099-12-31T00:00:00Z'), noInvalidDate: true }), (instant) => {
        expect(formatStamp(instant, zone)).toBe(parts.format(instant));
      }),
      { numRuns: 2000 },
    );
  });

  it('day and minute lead back to the instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 4e7 }), (minutes) => {
        const instant = new Date(minutes * 60_000);
        expect(instantAt(civilDateAt(instant, zone), minuteOfDayAt(instant, zone), zone)).toEqual(instant);
      }),
    );
  });

  it('is known by name', () => {
    expect([isZone('Asia/Shanghai'), isZone('UTC'), isZone('Europe/Berlin'), isZone('toString')]).toEqual([true, true, false, false]);
  });
});

describe('dates on screen', () => {
  const now = at('2026-11-24T03:00:00Z');

  it.each([
    ['2026-11-24T06:30:00Z', '今天 14:30', 'today 14:30'],
    ['2026-11-24T16:05:00Z', '明天 00:05', 'tomorrow 00:05'],
    ['2026-11-23T01:00:00Z', '昨天 09:00', 'yesterday 09:00'],
    ['2026-11-26T02:00:00Z', '周四 10:00', 'Thu 10:00'],
    ['2026-11-30T02:00:00Z', '周一 10:00', 'Mon 10:00'],
    ['2026-12-01T02:00:00Z', '12月1日 10:00', '1 Dec 10:00'],
    ['2026-11-22T02:00:00Z', '11月22日 10:00', '22 Nov 10:00'],
    ['2027-01-05T02:00:00Z', '2027年1月5日 10:00', '5 Jan 2027 10:00'],
  ])('%s', (instant, zh, en) => {
    expect(formatInstant(at(instant), now, zone)).toBe(zh);
    expect(formatInstant(at(instant), now, zone, 'en')).toBe(en);
  });

  it('alone, with a weekday, as a clock', () => {
    expect(formatDay('2026-11-25', '2026-11-24')).toBe('明天');
    expect(formatDate('2026-11-23')).toBe('11月23日');
    expect(formatDate('2026-11-23', 'zh', true)).toBe('2026年11月23日');
    expect(formatDate('2026-11-23', 'en', true)).toBe('23 Nov 2026');
    expect(formatDateWithWeekday('2026-11-27')).toBe('11月27日（周五）');
    expect(formatDateWithWeekday('2026-11-27', 'en')).toBe('Fri 27 Nov');
    expect(formatClock(at('2026-11-24T00:05:00Z'), zone)).toBe('08:05');
    expect(() => formatDate('2026-02-30')).toThrow(RangeError);
  });

  it.each([
    [0, '0 秒', '0 seconds'],
    [-5000, '0 秒', '0 seconds'],
    [999, '1 秒', '1 second'],
    [45_000, '45 秒', '45 seconds'],
    [60_000, '1 分钟', '1 minute'],
    [185_000, '3 分钟 5 秒', '3 minutes 5 seconds'],
    [605_000, '10 分钟', '10 minutes'],
    [7_500_000, '2 小时 5 分钟', '2 hours 5 minutes'],
    [97_200_000, '1 天 3 小时', '1 day 3 hours'],
    [86_400_000, '1 天', '1 day'],
  ])('%d ms last %s', (ms, zh, en) => {
    expect(formatDuration(ms)).toBe(zh);
    expect(formatDuration(ms, 'en')).toBe(en);
  });
});

describe('counts and amounts', () => {
  it.each([
    [0, '0'],
    [1234, '1,234'],
    [9999, '9,999'],
    [10_000, '1 万'],
    [239_000, '23.9 万'],
    [238_949, '23.9 万'],
    [2_058_000, '205.8 万'],
    [23_890_000, '2,389 万'],
    [99_999_999, '1 亿'],
    [260_000_000, '2.6 亿'],
    [-23_456, '-2.3 万'],
  ])('%d reads %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('are exact in English and in amounts', () => {
    expect(formatCount(239_000, 'en')).toBe('239,000');
    expect(formatFen(1000)).toBe('¥10.00');
    expect(formatFen(5)).toBe('¥0.05');
    expect(formatFen(-123_450)).toBe('¥-1,234.50');
    expect(() => formatFen(1.5)).toThrow(RangeError);
    expect(groupDigits(1234567.25)).toBe('1,234,567.25');
    expect(groupDigits(-1234)).toBe('-1,234');
    expect(groupDigits(1e-7)).toBe('0');
  });

  it('read back to what they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (fen) => {
        const [yuan = '', cents = ''] = formatFen(fen).replace(/[¥,-]/g, '').split('.');
        expect(Number(yuan) * 100 + Number(cents)).toBe(Math.abs(fen));
        expect(cents).toHaveLength(2);
        expect(Number(groupDigits(fen).replace(/,/g, ''))).toBe(fen);
      }),
    );
  });
});
