import { type CivilDate, requireDayNumber, weekdayOf } from './civil-date';
import { civilDateAt, minuteOfDayAt, type Zone } from './zone';

type Lang = 'zh' | 'en';

/** A date beside today's: 今天, 明天, 昨天, the weekday within the six days to come, else 11月23日, with the year when it is another. */
export function formatDay(on: CivilDate, today: CivilDate, lang: Lang = 'zh'): string {
  const away = requireDayNumber(on) - requireDayNumber(today);
  const near = nearDays[lang][away];
  if (near !== undefined) return near;
  if (away > 1 && away <= 6) return weekdays[lang][weekdayOf(on)] ?? '';
  return formatDate(on, lang, on.slice(0, 4) !== today.slice(0, 4));
}

/** 11月23日 / 23 Nov; with the year 2026年11月23日 / 23 Nov 2026. @throws {RangeError} where `on` is no date */
export function formatDate(on: CivilDate, lang: Lang = 'zh', hasYear = false): string {
  requireDayNumber(on);
  const [year, month, day] = [Number(on.slice(0, 4)), Number(on.slice(5, 7)), Number(on.slice(8, 10))];
  if (lang === 'zh') return `${hasYear ? `${year}年` : ''}${month}月${day}日`;
  return `${day} ${months[month - 1]}${hasYear ? ` ${year}` : ''}`;
}

/** 11月27日（周五） / Fri 27 Nov. @throws {RangeError} */
export function formatDateWithWeekday(on: CivilDate, lang: Lang = 'zh'): string {
  const weekday = weekdays[lang][weekdayOf(on)];
  return lang === 'zh' ? `${formatDate(on, 'zh')}（${weekday}）` : `${weekday} ${formatDate(on, 'en')}`;
}

/** An instant beside now, in the zone: 今天 14:30, 明天 09:00, 周四 10:00, 11月23日 08:15. */
export const formatInstant = (at: Date, now: Date, zone: Zone, lang: Lang = 'zh'): string =>
  `${formatDay(civilDateAt(at, zone), civilDateAt(now, zone), lang)} ${formatClock(at, zone)}`;

/** 14:30 */
export function formatClock(at: Date, zone: Zone): string {
  const minute = minuteOfDayAt(at, zone);
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

/** 2026-11-23 14:30, for tables and exports. */
export const formatStamp = (at: Date, zone: Zone): string => `${civilDateAt(at, zone)} ${formatClock(at, zone)}`;

/** A length of time in its two largest units: 45 秒, 3 分钟, 2 小时 5 分钟, 1 天 3 小时. Negative lengths count as none. */
export function formatDuration(durationMs: number, lang: Lang = 'zh'): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  const whole = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const first = whole.findIndex((count) => count > 0);
  if (first < 0) return `0 ${unitOf(3, 0, lang)}`;
  // Seconds beside minutes are noise once ten minutes have passed.
  const last = first === 2 && seconds >= 600 ? 2 : first + 1;
  return whole
    .slice(first, last + 1)
    .flatMap((count, index) => (count > 0 ? [`${count} ${unitOf(first + index, count, lang)}`] : []))
    .join(' ');
}

const pad = (number: number): string => String(number).padStart(2, '0');

const unitsZh = ['天', '小时', '分钟', '秒'] as const;
const unitsEn = ['day', 'hour', 'minute', 'second'] as const;
const unitOf = (index: number, count: number, lang: Lang): string =>
  (lang === 'zh' ? unitsZh[index] : `${unitsEn[index]}${count === 1 ? '' : 's'}`) ?? '';

const nearDays: Readonly<Record<Lang, Readonly<Record<number, string>>>> = {
  zh: { [-1]: '昨天', 0: '今天', 1: '明天' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
};
const weekdays: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
