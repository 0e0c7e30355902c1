import { civilDateAt, formatClock, instantAt, isCivilDate, type Zone } from '@suiban/shared/time';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useLanguage } from '../../../i18n/language';

const shape = 'YYYY-MM-DD HH:mm';

/** The clocks of the zone, as the picker counts: it knows no zones, so its "local" time stands for the city's. */
const toPicked = (at: string, zone: Zone) => {
  const instant = new Date(at);
  return dayjs(`${civilDateAt(instant, zone)}T${formatClock(instant, zone)}`);
};

function fromPicked(picked: dayjs.Dayjs, zone: Zone): string | null {
  const on = picked.format('YYYY-MM-DD');
  return isCivilDate(on) ? instantAt(on, picked.hour() * 60 + picked.minute(), zone).toISOString() : null;
}

interface LocalTimeProps {
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  status?: '' | 'error';
  value: string | null;
  zone: Zone;
  /** It may be changed, never emptied. */
  isRequired?: boolean;
  onChange: (at: string | null) => void;
}

/** A date and time in the city's zone, wherever the browser is. */
export function LocalTime({ value, zone, isRequired = false, onChange, ...input }: LocalTimeProps) {
  const { lang } = useLanguage();
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
  return (
    <DatePicker
      {...input}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format={shape}
      allowClear={!isRequired}
      style={{ width: 220 }}
      value={value ? toPicked(value, zone) : null}
      onChange={(picked) => onChange(picked ? fromPicked(picked, zone) : null)}
    />
  );
}
