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

/** An answer that is an error of HTTP's. */
export class Refused extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Sends a request and returns the answer's text. Throws Refused. */
export async function ask(url: string, request: RequestInit = {}): Promise<string> {
  const response = await fetch(url, request);
  const text = await response.text();
  if (response.ok) return text;
  throw new Refused(
    `${request.method ?? 'GET'} ${url} was answered ${response.status}: ${text}`,
    response.status,
  );
}

export function timeOf(date: string | null): number | null {
  return date === null || date === '' ? null : Date.parse(date);
}
