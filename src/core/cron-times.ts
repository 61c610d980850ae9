/** The port to the calendar: when a cron expression is due. */
export interface CronTimes {
  /**
   * Throws INVALID_ARGUMENT, saying what is wrong, unless `expression` has 5 or 6 fields (the first of 6 is seconds) and
   * comes due some day, and `timeZone` is an IANA name.
   */
  check(expression: string | null, timeZone: string): void;
  /**
   * The first time after `after` (both ms UTC); null where there is none. Of an expression that names times of day, a time
   * that a change of clocks leaves out is due as soon as it is over, and one that comes twice is due once; one that says
   * every so often (a wildcard or a step in seconds, minutes or hours) goes on with real time.
   */
  next(expression: string, timeZone: string, after: number): number | null;
}
