/** A civil date, `YYYY-MM-DD`, with no time zone of its own. */
export type CivilDate = string;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01 in the proleptic Gregorian calendar; undefined where the text is no real date. */
export function dayNumberOf(on: string): number | undefined {
  const found = shape.exec(on);
  if (!found) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  // Days since 1 March of year 0, counted in years that begin in March, so that the leap day is the last one.
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return 365 * marchYear + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400) + dayOfYear - 719468;
}

/** The inverse of `dayNumberOf`, for the years 0000 to 9999. */
export function civilDateOf(dayNumber: number): CivilDate {
  const days = dayNumber + 719468;
  const era = Math.floor(days / 146097);
  const dayOfEra = days - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export const isCivilDate = (text: string): boolean => dayNumberOf(text) !== undefined;

/** Day number of a date that is known to be one. @throws {RangeError} where it is none. */
export function requireDayNumber(on: CivilDate): number {
  const dayNumber = dayNumberOf(on);
  if (dayNumber === undefined) throw new RangeError(`not a civil date: ${on}`);
  return dayNumber;
}

/** 0 = Sunday … 6 = Saturday. @throws {RangeError} */
export const weekdayOf = (on: CivilDate): number => (((requireDayNumber(on) + 4) % 7) + 7) % 7;

/** @throws {RangeError} */
export const addDays = (on: CivilDate, days: number): CivilDate => civilDateOf(requireDayNumber(on) + days);

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
