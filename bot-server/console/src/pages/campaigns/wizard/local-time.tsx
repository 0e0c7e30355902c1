import { civilDateAt, formatClock, instantAt, isCivilDate, type Zone } from '@suiban/shared/time';
import { Input } from 'antd';

/** `2026-11-27T18:00` on the clocks of the zone. */
const toLocal = (at: string, zone: Zone): string => {
  const instant = new Date(at);
  return `${civilDateAt(instant, zone)}T${formatClock(instant, zone)}`;
};

function fromLocal(text: string, zone: Zone): string | null {
  const [on = '', clock = ''] = text.split('T');
  const [hour = Number.NaN, minute = Number.NaN] = clock.split(':').map(Number);
  if (!isCivilDate(on) || !Number.isInteger(hour) || !Number.isInteger(minute)) return null;
  return instantAt(on, hour * 60 + minute, zone).toISOString();
}

interface LocalTimeProps {
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  status?: '' | 'error';
  value: string | null;
  zone: Zone;
  onChange: (at: string | null) => void;
}

/** A date and time in the city's zone, wherever the browser is. */
export function LocalTime({ value, zone, onChange, ...input }: LocalTimeProps) {
  return (
    <Input
      {...input}
      type="datetime-local"
      style={{ width: 220 }}
      value={value ? toLocal(value, zone) : ''}
      onChange={(event) => onChange(fromLocal(event.target.value, zone))}
    />
  );
}
