import type { Fence } from '../core/job-queue.ts';
import type { Binding } from './sql.ts';

/** The condition that a fence still holds; the states it allows are the statement's own. */
export const FENCE_SQL = 'id = ? AND worker_id = ? AND attempt = ?';

export function fenceBindings({ jobId, workerId, attempt }: Fence): Binding[] {
  return [jobId, workerId, attempt];
}
