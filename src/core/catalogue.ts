import type { JobType } from './job.ts';
import type { ProgramCatalogue } from './program.ts';
import type { ScheduleRequest } from './schedule-request.ts';

/** What can be run, and under which other names clients know it. Every program named here is one of `programs`. */
export interface Catalogue {
  readonly programs: ProgramCatalogue;
  /** The program for jobs that name a type and no program. */
  readonly typePrograms: ReadonlyMap<JobType, string>;
  readonly projects: ReadonlyMap<string, Project>;
  /** Checked; their names differ. Absent where there is no catalogue: then the store's stay as they are. */
  readonly schedules?: readonly ScheduleRequest[];
}

/** Starfish's name for a set of jobs. */
export interface Project {
  /** Job id -> the name of its program. */
  readonly jobs: ReadonlyMap<string, string>;
  /** Job id -> the id of the job that follows it in its chain. No job follows itself, at any distance. */
  readonly next: ReadonlyMap<string, string>;
}
