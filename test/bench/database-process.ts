import { readFileSync } from 'node:fs';
import type { BenchDatabase } from './bench-database.ts';
import { processorTime } from './process-tree.ts';

/** The processor time that the database server has used so far, ms; undefined where it runs on another machine or unseen. */
export async function databaseTime(database: BenchDatabase): Promise<(() => number) | undefined> {
  const [row] = await database.query<{ file: string }>('SELECT @@pid_file AS file');
  try {
    const pid = Number(readFileSync(row?.file ?? '', 'utf8'));
    // The file may be another server's than the one that was asked.
    if (!/^(mariadbd|mysqld)$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())) return undefined;
    return () => processorTime(pid);
  } catch {
    return undefined;
  }
}
