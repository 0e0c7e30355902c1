export { formatCount, formatFen, groupDigits } from './amounts';
export { addDays, type CivilDate, civilDateOf, dayNumberOf, isCivilDate, weekdayOf } from './civil-date';
export { type Clock, systemClock } from './clock';
export { formatClock, formatDate, formatDateWithWeekday, formatDay, formatDuration, formatInstant, formatStamp } from './format';
export { daysOff, type YearOfDays } from './holidays';
export { type WorkingCalendar, workingCalendar } from './working-calendar';
export { civilDateAt, endOfDay, instantAt, isZone, minuteOfDayAt, startOfDay, type Zone, zoneOffsetMinutes } from './zone';
