import {
  civilDateAt,
  formatClock,
  formatDateWithWeekday,
  formatDay,
  formatInstant,
  isZone,
  systemClock,
  type Zone,
} from '@suiban/shared/time';
import { useCity } from '@/features/city';
import { useLanguage } from '@/features/language';

export interface When {
  /** 今天 14:30, 明天 09:00, 11月23日 08:15 */
  instant(at: string): string;
  /** 11月27日（周五）18:00 */
  deadline(at: string): string;
  /** 今天, 明天, 周四, 11月23日 */
  day(at: string): string;
}

export function whenIn(zone: Zone, language: 'zh' | 'en', now: () => Date): When {
  return {
    instant: (at) => formatInstant(new Date(at), now(), zone, language),
    deadline: (at) => `${formatDateWithWeekday(civilDateAt(new Date(at), zone), language)} ${formatClock(new Date(at), zone)}`,
    day: (at) => formatDay(civilDateAt(new Date(at), zone), civilDateAt(now(), zone), language),
  };
}

/** Times in the city's zone and the person's language, whatever the phone is set to. */
export function useWhen(): When {
  const city = useCity();
  const language = useLanguage();
  const zone = city && isZone(city.timeZone) ? city.timeZone : 'Asia/Shanghai';
  return whenIn(zone, language, () => systemClock.now());
}
