/** The port to the calendar: when a cron expression is due. */
export interface CronTimes {
  /**
   * Throws INVALID_ARGUMENT, saying what is wrong, unless `expression` has 5 or 6 fields (the first of 6 is seconds) and
   * comes due some day, and `timeZone` is an IANA name.
   */
  check(expression: string | null, timeZone: string): void;
  /**
   * The first time after `after` (both ms UTC); null where there is none. A time that a change of clocks leaves out is
   * due when it would have been, one that comes twice is due once.
   */
  next(expression: string, timeZone: string, after: number): number | null;
}
