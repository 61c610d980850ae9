import { type JobPlace, type Places, readPlaces } from './read-places.ts';
import type { Sql } from './sql.ts';

interface GroupPlace {
  readonly next: number;
  /** undefined = not known. */
  readonly version: number | undefined;
  /** How many insertions in a row found the group as the last had left it. */
  readonly undisturbed: number;
}

interface RememberedJob {
  readonly next: number;
  /** The group's: a removal gives a new one to each group that it takes records from. undefined = `next` is not known. */
  readonly version: number | undefined;
}

const REMEMBERED = 10_000;
/** Where several processes add to a group, what one remembers is wrong nearly always, and a statement was for nothing. */
const UNDISTURBED = 8;

/** Where records go on in groups and their jobs, as far as this process knows from what it added itself. */
export class RecordPlaces {
  readonly #sql: Sql;
  readonly #groups = new Map<number, GroupPlace>();
  readonly #jobs = new Map<string, RememberedJob>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Where these jobs' records are to be tried; undefined where that is not worth it. */
  async find(groupId: number, jobIds: readonly string[]): Promise<Places | undefined> {
    const group = this.#groups.get(groupId);
    if (!group || group.undisturbed < UNDISTURBED) return undefined;
    const { next, version } = group;
    const jobs = new Map<string, JobPlace>();
    for (const id of jobIds) {
      // One never heard of begins at 0, most likely: else that is taken.
      const job = this.#jobs.get(keyOf(groupId, id)) ?? { next: 0, version };
      if (version === undefined || job.version !== version) return this.#read(groupId, jobIds);
      jobs.set(id, { next: job.next });
    }
    return version === undefined ? undefined : { groupId, version, next, jobs };
  }

  /** So many records of each job were added at these places. */
  added({ groupId, version, next, jobs }: Places, counts: ReadonlyMap<string, number>): void {
    let position = next;
    for (const [id, count] of counts) {
      this.#rememberJob(groupId, id, { next: (jobs.get(id)?.next ?? 0) + count, version });
      position += count;
    }
    this.#remember(groupId, { next: position, version, undisturbed: UNDISTURBED });
  }

  /** So many records of each job were added at `first`, wherever that was thought to be. */
  addedAt(groupId: number, first: number, counts: ReadonlyMap<string, number>): void {
    const group = this.#groups.get(groupId);
    const undisturbed = group ? (group.next === first ? group.undisturbed + 1 : 0) : UNDISTURBED;
    let position = first;
    for (const [id, count] of counts) {
      this.#rememberJob(groupId, id, { next: 0, version: undefined });
      position += count;
    }
    this.#remember(groupId, { next: position, version: undefined, undisturbed });
  }

  async #read(groupId: number, jobIds: readonly string[]): Promise<Places | undefined> {
    const places = await readPlaces(this.#sql, groupId, jobIds);
    return places?.next === this.#groups.get(groupId)?.next ? places : undefined;
  }

  #remember(groupId: number, place: GroupPlace): void {
    if (this.#groups.size >= REMEMBERED) this.#groups.clear();
    this.#groups.set(groupId, place);
  }

  #rememberJob(groupId: number, id: string, job: RememberedJob): void {
    if (this.#jobs.size >= REMEMBERED) this.#jobs.clear();
    this.#jobs.set(keyOf(groupId, id), job);
  }
}

function keyOf(groupId: number, jobId: string): string {
  return `${groupId} ${jobId}`;
}
