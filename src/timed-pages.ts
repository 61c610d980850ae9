import type { RecordPage, RecordStore } from './core/record-store.ts';

/** The same store, with `observe` told how long each page took to read, in ms; of a streamed one, its first batch. */
export function timedPages(records: RecordStore, observe: (ms: number) => void): RecordStore {
  const timed = async (read: () => Promise<RecordPage>) => {
    const started = performance.now();
    const page = await read();
    observe(performance.now() - started);
    return page;
  };
  return {
    add: (record, job) => records.add(record, job),
    claimForeignJob: (jobId, username) => records.claimForeignJob(jobId, username),
    pageByJob: (jobId, range) => timed(() => records.pageByJob(jobId, range)),
    pageByGroup: (group, range) => timed(() => records.pageByGroup(group, range)),
  };
}
