import { type CivilDate, civilDateOf, requireDayNumber } from './civil-date';

/**
 * Zones by fixed offset: the mini-program's runtimes have no reliable `Intl`, and no zone listed here has summer time. A city elsewhere
 * adds its zone; one with summer time would need a table of changes first.
 */
export const zoneOffsetMinutes = {
  'Asia/Shanghai': 480,
  'Asia/Urumqi': 360,
  'Asia/Hong_Kong': 480,
  UTC: 0,
} as const satisfies Readonly<Record<string, number>>;

export type Zone = keyof typeof zoneOffsetMinutes;

export const isZone = (name: string): name is Zone => Object.keys(zoneOffsetMinutes).includes(name);

const dayMs = 86_400_000;
const localMs = (at: Date, zone: Zone): number => at.getTime() + zoneOffsetMinutes[zone] * 60_000;

/** The date on the calendar of the zone at this instant. */
export const civilDateAt = (at: Date, zone: Zone): CivilDate => civilDateOf(Math.floor(localMs(at, zone) / dayMs));

/** Minutes since midnight in the zone, 0 to 1439. */
export const minuteOfDayAt = (at: Date, zone: Zone): number => Math.floor((localMs(at, zone) % dayMs) / 60_000 + 1440) % 1440;

/** The instant at which the day begins in the zone. @throws {RangeError} where `on` is no date */
export const startOfDay = (on: CivilDate, zone: Zone): Date => instantAt(on, 0, zone);

/** The last millisecond of the day in the zone. @throws {RangeError} */
export const endOfDay = (on: CivilDate, zone: Zone): Date => new Date(instantAt(on, 1440, zone).getTime() - 1);

/** The instant of a minute of a day in the zone. @throws {RangeError} */
export const instantAt = (on: CivilDate, minuteOfDay: number, zone: Zone): Date =>
  new Date(requireDayNumber(on) * dayMs + (minuteOfDay - zoneOffsetMinutes[zone]) * 60_000);
