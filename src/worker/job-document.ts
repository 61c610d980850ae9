import type { ClaimedJob } from '../core/job-queue.ts';

/** The job as programs in other processes are given it, as JSON. Parameters are an object of texts, by name. */
export function jobDocument(job: ClaimedJob): Record<string, unknown> {
  const { jobId, group, attempt, owner, program, type, arguments: values, targets, parameters } = job;
  return {
    id: jobId,
    ...{ group, attempt, owner, program, type },
    arguments: values,
    targets,
    parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
  };
}
