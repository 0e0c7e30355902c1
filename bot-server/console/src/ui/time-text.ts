import { civilDateAt, formatClock, formatDay, formatDuration, formatInstant, formatStamp, isZone, type Zone } from '@suiban/shared/time';
import { useLanguage } from '../i18n/language';
import { useSession } from '../layout/session';

/** Instants in the city's zone and the reader's language. */
export function useTimeText() {
  const { lang } = useLanguage();
  const { city } = useSession();
  const zone: Zone = isZone(city.timeZone) ? city.timeZone : 'UTC';
  return {
    zone,
    /** 今天 14:30 */
    near: (at: string | null | undefined) => (at ? formatInstant(new Date(at), new Date(), zone, lang) : '—'),
    /** 14:30 today, else the day: for narrow rows. */
    short: (at: string) => {
      const [when, now] = [new Date(at), new Date()];
      const [on, today] = [civilDateAt(when, zone), civilDateAt(now, zone)];
      return on === today ? formatClock(when, zone) : formatDay(on, today, lang);
    },
    /** 2026-11-23 14:30 */
    stamp: (at: string | null | undefined) => (at ? formatStamp(new Date(at), zone) : '—'),
    /** 2 小时 5 分钟 */
    length: (durationMs: number) => formatDuration(durationMs, lang),
  };
}
