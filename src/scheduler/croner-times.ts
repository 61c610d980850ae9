import { Cron } from 'croner';
import type { CronTimes } from '../core/cron-times.ts';
import { JobgateError } from '../core/error.ts';

/** Also what its column holds. */
const LONGEST_EXPRESSION = 255;

/** The calendar by croner, whose changes of clocks are Vixie cron's. */
export const CRONER_TIMES: CronTimes = {
  check(expression, timeZone) {
    checkTimeZone(timeZone);
    if (expression === null) return;
    if (!/^[\x20-\x7e]+$/.test(expression) || expression.length > LONGEST_EXPRESSION) {
      throw invalid(`the cron expression must be 1 to ${LONGEST_EXPRESSION} printable ASCII characters`);
    }
    const fields = expression.trim().split(/ +/).length;
    // croner would also take a date, a seventh field and words such as @daily.
    if (fields !== 5 && fields !== 6) {
      throw invalid(`the cron expression must have 5 or 6 fields, not ${fields}`);
    }
    // From a fixed day, so that whether an expression is valid does not change with the years.
    if (nextRun(expression, timeZone, 0) === null) {
      throw invalid(`the cron expression "${expression}" names a time that never comes`);
    }
  },
  next: nextRun,
};

function nextRun(expression: string, timeZone: string, after: number): number | null {
  try {
    const cron = new Cron(expression, {
      mode: '5-or-6-parts',
      fixedTimeRule: 'no-wildcard',
      timezone: timeZone,
    });
    return cron.nextRun(new Date(after))?.getTime() ?? null;
  } catch (error) {
    const reason = (error as Error).message.replace(/^CronPattern: /, '');
    throw invalid(`the cron expression "${expression}" cannot be read: ${reason}`);
  }
}

function checkTimeZone(timeZone: string): void {
  // Offsets such as +02:00, which newer versions of Node take too, know no summer time.
  if (/^[A-Z]/i.test(timeZone) && isKnown(timeZone)) return;
  throw invalid(
    `the time zone must be an IANA name such as Europe/Berlin, not "${timeZone.slice(0, 64).toWellFormed()}"`,
  );
}

function isKnown(timeZone: string): boolean {
  // Nearly always; and the first look at the zones' tables costs 47 ms, which every start would pay.
  if (timeZone === 'UTC') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function invalid(message: string): JobgateError {
  return new JobgateError('INVALID_ARGUMENT', message);
}
