import { type JobDetail, overallPercentage } from '../core/job.ts';

const BAR_CELLS = 30;

/** One line of at most `columns` characters: bar, percentage, state, count, and what the program says of itself. */
export function progressBar(job: JobDetail, columns: number): string {
  const percent = overallPercentage(job);
  const filled = Math.round((percent * BAR_CELLS) / 100);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
  const { count, target } = job.progress;
  const counted = target > 0 ? ` ${count}/${target}` : '';
  const said = job.statusMessage === null ? '' : ` ${job.statusMessage.replace(/\p{Cc}/gu, '�')}`;
  const line = `${bar} ${String(percent).padStart(3)}% ${job.state}${counted}${said}`;
  return [...line].slice(0, columns).join('');
}
