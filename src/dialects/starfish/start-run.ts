import type { Caller } from '../../core/caller.ts';
import type { Project } from '../../core/catalogue.ts';
import { JobgateError } from '../../core/error.ts';
import type { JobParameter } from '../../core/job.ts';
import type { RunRequest as CoreRun } from '../../core/runs.ts';
import type { House } from '../dialect.ts';
import type { RunRequest } from './run-request.ts';

/** The webhooks whose body this room makes. */
export const WEBHOOK_FORMAT = 'starfish';

/**
 * Starts the run, unless the same request has before. Undefined when it is started, else the error text of an
 * answer that says `started: false`. Throws INVALID_ARGUMENT.
 */
export async function startRun(
  house: House,
  caller: Caller,
  request: RunRequest,
  webHookURL: string | null,
): Promise<string | undefined> {
  const { runID, projectID, jobID } = request;
  const project = house.catalogue.projects.get(projectID);
  if (!project) return `There is no project with the ID '${projectID}'.`;
  if (!project.jobs.has(jobID)) return `The project '${projectID}' has no job with the ID '${jobID}'.`;
  const jobIds = request.chainJobs ? chainFrom(project, jobID) : [jobID];
  try {
    const { kind } = await house.runs.start(caller, {
      key: runID,
      jobs: jobIds.map((id) => toJob(request, id, project.jobs.get(id) ?? '')),
      webhook: webHookURL === null ? null : { url: webHookURL, format: WEBHOOK_FORMAT },
    });
    return kind === 'different' ? `The runID '${runID}' was used before, for another request.` : undefined;
  } catch (error) {
    if (error instanceof JobgateError && error.code === 'PROGRAM_NOT_FOUND') {
      return `The job '${jobID}' cannot be run: ${error.message}.`;
    }
    throw error;
  }
}

/** "Execute all jobs in the chain": from the one that was named on. */
function chainFrom(project: Project, first: string): string[] {
  const chain: string[] = [];
  for (let id: string | undefined = first; id !== undefined; id = project.next.get(id)) chain.push(id);
  return chain;
}

function toJob(request: RunRequest, jobID: string, program: string): CoreRun['jobs'][number] {
  const { argument } = request;
  return {
    program,
    arguments: argument === null ? [] : [argument],
    targets: [],
    parameters: toParameters({ ...request, jobID }),
  };
}

function toParameters(request: RunRequest): JobParameter[] {
  const { projectID, jobID, loggingLevel, beginAtRow, endAfterRow, threadCount } = request;
  const values = {
    projectID,
    jobID,
    loggingLevel: String(loggingLevel),
    beginAtRow,
    endAfterRow,
    threadCount,
  };
  return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}
