/** Days on which the rule of the weekday does not hold, from the State Council's yearly notice. */
export interface YearOfDays {
  readonly year: number;
  /** Weekdays and weekends off, as first and last day, both included. */
  readonly off: readonly (readonly [from: string, to: string])[];
  /** Saturdays and Sundays that are worked instead. */
  readonly workOn: readonly string[];
}

/**
 * Compared by a test with chinese-days 1.5.7 and holiday-calendar 1.3.3, which agree for both years. Neither has 2027, and chinese-days
 * then says that New Year's Day is a working day: hence the horizon in `working-calendar.ts`.
 */
export const daysOff: readonly YearOfDays[] = [
  {
    year: 2025,
    off: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    workOn: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    off: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    workOn: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
];
