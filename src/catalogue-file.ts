import type { Project } from './core/catalogue.ts';
import type { JobType } from './core/job.ts';
import type { ProgramCatalogue } from './core/program.ts';
import type { ScheduleRequest } from './core/schedule-request.ts';

/** The catalogue as it stands in its file; catalogue.schema.json says the same, with the limits. */
export interface CatalogueFile {
  readonly programs?: Readonly<Record<string, ProgramEntry>>;
  /** Job type -> the program for jobs that name none. */
  readonly types?: Readonly<Record<string, string>>;
  readonly projects?: Readonly<Record<string, ProjectEntry>>;
  readonly schedules?: Readonly<Record<string, ScheduleEntry>>;
}

export type ProgramEntry = (ModuleEntry | CommandEntry | HttpEntry) & {
  readonly type?: JobType;
  readonly published?: boolean;
};

interface ModuleEntry {
  readonly module: string;
}

interface CommandEntry {
  readonly command: readonly [string, ...string[]];
  /** Absent = the catalogue's own. */
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, ConfiguredText>>;
  readonly timeLimitSeconds?: number;
}

interface HttpEntry {
  /** A URL. */
  readonly http: string;
  readonly headers?: Readonly<Record<string, ConfiguredText>>;
  readonly timeLimitSeconds?: number;
}

/** A text, or the name of the environment variable that holds it. */
export type ConfiguredText = string | { readonly from: string };

/** What may be left out is empty, null or UTC. */
export type ScheduleEntry = Pick<ScheduleRequest, 'type' | 'program'> &
  Partial<Pick<ScheduleRequest, 'description' | 'arguments' | 'cron' | 'timeZone'>>;

interface ProjectEntry {
  /** Job id -> program. */
  readonly jobs: Readonly<Record<string, string>>;
  /** Each a list of job ids in the order they run. */
  readonly chains?: readonly (readonly string[])[];
}

/** Problems name the place in the file, below `/projects`. */
export function readProjects(
  entries: Readonly<Record<string, ProjectEntry>>,
  programs: ProgramCatalogue,
  problem: (place: readonly string[], text: string) => void,
): ReadonlyMap<string, Project> {
  const projects = Object.entries(entries).map(([name, entry]): [string, Project] => {
    const jobs = new Map(Object.entries(entry.jobs));
    for (const [job, program] of jobs) {
      if (!programs.has(program)) problem([name, 'jobs', job], `there is no program "${program}"`);
    }
    const next = new Map<string, string>();
    const chained = new Set<string>();
    for (const [index, chain] of (entry.chains ?? []).entries()) {
      const place = [name, 'chains', String(index)];
      for (const job of chain) {
        if (!jobs.has(job)) problem(place, `the project has no job "${job}"`);
        // Else it would be unclear what follows it, or a chain would have no end.
        if (chained.has(job)) problem(place, `the job "${job}" is in a chain already`);
        chained.add(job);
      }
      for (const [position, job] of chain.slice(1).entries()) next.set(chain[position] ?? '', job);
    }
    return [name, { jobs, next }];
  });
  return new Map(projects);
}
