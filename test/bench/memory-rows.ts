import type { Job, TargetProgress } from '../../src/core/job.ts';
import type { StatusRecord } from '../../src/core/status-record.ts';

/** Records as BenchDatabase.fillGroup makes them, of the group `bench`. */
export function benchRecords(count: number): StatusRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    recordId: `1-${index}`,
    jobId: `bench-${Math.floor(index / 1_000)}`,
    group: 'bench',
    targetId: `device-${index}`,
    errorCode: index % 3,
    errorMessage: index % 3 === 0 ? null : `no answer from 10.0.${index % 250}.1`,
    username: 'admin',
    created: 1_700_000_000_000 + index * 37,
  }));
}

/** A running job with one target. */
export function benchJob(): Job & TargetProgress {
  return {
    id: '5f0c7c0e-3a0b-4a52-9d3c-6c5f3f6f0d11',
    group: 'bench',
    program: 'walk',
    type: 'program',
    owner: 'admin',
    state: 'running',
    statusMessage: null,
    errorMessage: null,
    comment: null,
    workerId: 'bench',
    progress: { startedAt: 1_700_000_000_000, count: 40, target: 100, percent: 40 },
    isRead: false,
    attempt: 1,
    created: 1_700_000_000_000,
    updated: 1_700_000_001_000,
    started: 1_700_000_000_500,
    completed: null,
    targets: ['device-1'],
    percentages: [40],
  };
}
