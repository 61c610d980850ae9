import { type Level, type LevelWithSilent, type Logger, pino } from 'pino';

/** Lines go out together once they are so many bytes, or have waited so long. */
const WRITTEN_AT_ONCE = 4_096;
const LONGEST_WAIT_MS = 200;
/** What waits for a reader that stands still; more is dropped. */
const MOST_WAITING = 16 * 1024 * 1024;

/**
 * The process's log, JSON lines on standard output. It is not waited for, since a reader that stands still would hold up
 * every request, and not written line by line: a write is a quarter of what a small answer costs otherwise. All of it is
 * written at exit; a process that is killed loses its last 0.2 s.
 */
export function createLog(level: LevelWithSilent | Level): Logger {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: WRITTEN_AT_ONCE,
    periodicFlush: LONGEST_WAIT_MS,
    maxLength: MOST_WAITING,
  });
  return pino({ name: 'jobgate', level }, destination);
}
