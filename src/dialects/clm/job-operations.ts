import { mapBatches } from '../../core/batches.ts';
import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import { HELD_STATES, isFinal } from '../../core/job-state.ts';
import type { Jobs } from '../../core/jobs.ts';
import type { Sessions } from '../../core/sessions.ts';
import { type ClmCall, inBand } from './call.ts';
import { counted } from './counted.ts';
import { toStatus } from './errors.ts';
import { authenticate } from './session-operations.ts';
import {
  type ClmJob,
  type ClmJobStatus,
  type GivenToken,
  type IDStatus,
  type IDStatusItem,
  type ProgressStatus,
  type Status,
  SUCCESS,
  toClmJob,
  toClmJobStatusItem,
  toProgressStatus,
} from './wire.ts';

interface JobQuery {
  readonly token: GivenToken;
  readonly job_id: string;
}

interface ListQuery {
  readonly token: GivenToken;
  readonly include_all_user: boolean;
}

export interface ExecuteRequest {
  readonly token: GivenToken;
  readonly jobGroup: string | null;
  readonly programName: string;
  readonly targetIds: readonly string[];
  readonly arguments: readonly string[];
}

export function jobOperations(sessions: Sessions, jobs: Jobs) {
  return {
    /** Our addition, in the form of CLM's own async functions. Returns the request id, which is the job id. */
    async asyncExecuteProgram(request: ExecuteRequest, call: ClmCall): Promise<string> {
      const caller = await authenticate(sessions, request.token, call);
      return jobs.submit(caller, {
        group: request.jobGroup,
        program: request.programName,
        arguments: request.arguments,
        targets: request.targetIds,
      });
    },

    /** "If job_id does not exist, this function returns null." */
    async getAsyncOperationJobRecords({ token, job_id }: JobQuery, call: ClmCall): Promise<ClmJob | null> {
      const caller = await authenticate(sessions, token, call);
      const job = await jobs.find(caller, job_id);
      return job ? toClmJob(job) : null;
    },

    /** "Returns all complete, incomplete, and running … jobs." */
    async listAllAsyncOperationJobRecords(query: ListQuery, call: ClmCall): Promise<ClmJobStatus> {
      return list(query, call, false);
    },

    async listRunningAsyncOperationJobRecords(query: ListQuery, call: ClmCall): Promise<ClmJobStatus> {
      return list(query, call, true);
    },

    /** "If the asynchronous task is completed, the entry of the task is removed and the overall status returns a job_id not found error." */
    async getAsyncOperationStatus(
      { token, taskID }: { token: GivenToken; taskID: string },
      call: ClmCall,
    ): Promise<ProgressStatus> {
      return inBand(
        call,
        async () => {
          const caller = await authenticate(sessions, token, call);
          const job = await jobs.findWithTargets(caller, taskID);
          if (!job || isFinal(job.state)) {
            throw new JobgateError('JOB_NOT_FOUND', `there is no unfinished job ${taskID}`);
          }
          return toProgressStatus(job);
        },
        (status) => ({ ...status, overallPercentage: 0, targetIds: [], progress: [] }),
      );
    },

    async killAsyncOperation({ token, job_id }: JobQuery, call: ClmCall): Promise<Status> {
      return change(token, call, (caller) => jobs.kill(caller, job_id));
    },

    async setAsyncOperationJobComment(
      { token, job_id, comment }: JobQuery & { comment: string | null },
      call: ClmCall,
    ): Promise<Status> {
      return change(token, call, (caller) => jobs.setComment(caller, job_id, comment));
    },

    /** One item a job id, each with its own error; the whole succeeds even when single items fail. */
    async deleteAsyncOperationJobRecords(
      { token, job_ids }: { token: GivenToken; job_ids: readonly string[] },
      call: ClmCall,
    ): Promise<IDStatus> {
      return inBand(
        call,
        async () => {
          const caller = await authenticate(sessions, token, call);
          const items: IDStatusItem[] = [];
          for (const id of job_ids) {
            items.push({ id, ...(await statusOf(() => jobs.remove(caller, id))) });
          }
          return { ...SUCCESS, items };
        },
        (status) => ({ ...status, items: [] }),
      );
    },
  };

  async function list(query: ListQuery, call: ClmCall, held: boolean): Promise<ClmJobStatus> {
    return inBand(
      call,
      async () => {
        const caller = await authenticate(sessions, query.token, call);
        const everybody = query.include_all_user;
        // Before the list is begun: what is added meanwhile is then over and above, and can be left out.
        const total = call.countsLists ? await countJobs(caller, everybody, held) : undefined;
        const found = mapBatches(await jobs.list(caller, { everybody, held }), toClmJobStatusItem);
        return { ...SUCCESS, items: total === undefined ? found : counted(found, total) };
      },
      (status) => ({ ...status, items: [] }),
    );
  }

  async function countJobs(caller: Caller, everybody: boolean, held: boolean): Promise<number> {
    const scope = { own: !everybody, ...(held ? { states: HELD_STATES } : {}) };
    return (await jobs.page(caller, scope, 'oldest', { skip: 0, take: 0 })).total;
  }

  async function change(
    token: GivenToken,
    call: ClmCall,
    act: (caller: Caller) => Promise<void>,
  ): Promise<Status> {
    return inBand(
      call,
      async () => {
        await act(await authenticate(sessions, token, call));
        return SUCCESS;
      },
      (status) => status,
    );
  }
}

async function statusOf(act: () => Promise<void>): Promise<Status> {
  try {
    await act();
    return SUCCESS;
  } catch (error) {
    const status = toStatus(error);
    if (!status) throw error;
    return status;
  }
}
