const DATE_TIME =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))?$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTE = 60_000;
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * xsd:dateTime -> ms UTC; undefined = it is none. Without an offset it is taken as UTC.
 * Digits beyond milliseconds are cut off, since rounding would carry into the next day.
 * Years 0001 to 9999: what lies beyond, no other system could read back.
 */
export function parseDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (day < 1 || day > daysIn(year, month) || minute > 59 || second > 59) return undefined;
  const fraction = match[7] ?? '';
  const isMidnight = hour === 24 && minute === 0 && second === 0 && /^0*$/.test(fraction);
  if (hour > 23 && !isMidnight) return undefined;
  const offset = offsetMinutes(match[8], Number(match[9] ?? 0), Number(match[10] ?? 0));
  if (offset === undefined) return undefined;
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  const midnight = Date.parse(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`);
  const sinceMidnight =
    ((hour * 60 + minute) * 60 + second) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  const time = midnight + sinceMidnight - offset * MINUTE;
  return time >= FIRST && time <= LAST ? time : undefined;
}

const SECONDS = Array.from({ length: 60 }, (_, second) => `${String(second).padStart(2, '0')}.`);
const MILLISECONDS = Array.from({ length: 1000 }, (_, ms) => `${String(ms).padStart(3, '0')}Z`);

/** The last minute written, and its text up to the seconds. Records that stand together were written together. */
let lastMinute = Number.NaN;
let lastMinuteText = '';

/**
 * ms UTC -> `2010-01-02T03:04:05.678Z`; undefined = no time that xsd:dateTime can hold in four
 * digits of year. The text of a minute is kept because toISOString took a third of the time of
 * writing a page of records.
 */
export function formatDateTime(time: number): string | undefined {
  if (!(Number.isInteger(time) && time >= FIRST && time <= LAST)) return undefined;
  const minute = Math.floor(time / MINUTE);
  if (minute !== lastMinute) {
    lastMinute = minute;
    lastMinuteText = new Date(minute * MINUTE).toISOString().slice(0, 17);
  }
  const within = time - minute * MINUTE;
  return `${lastMinuteText}${SECONDS[Math.floor(within / 1000)]}${MILLISECONDS[within % 1000]}`;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/** XML Schema allows up to 14 hours. */
function offsetMinutes(sign: string | undefined, hours: number, minutes: number): number | undefined {
  const size = hours * 60 + minutes;
  if (minutes > 59 || size > 14 * 60) return undefined;
  return sign === '-' ? -size : size;
}
