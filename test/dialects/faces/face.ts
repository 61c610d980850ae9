/** What a client knows a job by. Some systems name only one of the two. */
export interface JobNames {
  readonly id: string;
  readonly group: string;
}

/** What a face shows of a job beside its status. Times are ms UTC; what its system has no place for is left out. */
export interface JobFacts extends JobNames {
  readonly owner: string;
  readonly program: string;
  /** The name of the schedule that began it. */
  readonly schedule: string | null;
  readonly error: string | null;
  readonly created: number;
  readonly updated: number;
  readonly started: number | null;
  readonly completed: number | null;
}

export interface Sighting {
  /** In the system's own numbers and words, as they came: `0 Incomplete`. */
  readonly status: string;
  readonly facts: Partial<JobFacts>;
}

/** A client of one of the systems, with a user's token. */
export interface Face {
  /** Starts the program `walk` and returns what the system answers to know it by. */
  submit(): Promise<Partial<JobNames>>;
  /** Asks for a job by what this system knows it by, whoever began it. */
  read(job: JobNames): Promise<Sighting>;
}

/** Sends a request and returns the answer's text; any status but 200 and 201 is an error. */
export async function ask(url: string, request: RequestInit = {}): Promise<string> {
  const response = await fetch(url, request);
  const text = await response.text();
  if (response.status !== 200 && response.status !== 201) {
    throw new Error(`${request.method ?? 'GET'} ${url} was answered ${response.status}: ${text}`);
  }
  return text;
}

export function timeOf(date: string | null): number | null {
  return date === null || date === '' ? null : Date.parse(date);
}
