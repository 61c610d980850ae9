import type { Database } from './database.ts';
import { isDuplicate } from './database-error.ts';
import { insertPlaced } from './insert-placed.ts';
import { insertRecords, type RecordGuard, type RecordValues } from './insert-records.ts';
import type { Places } from './read-places.ts';
import { RecordPlaces } from './record-places.ts';
import { retryOn } from './retry.ts';

/** Adds records at the next positions of a group and of each job: where this process thinks they are, or else looks them up. */
export class RecordInsertion {
  readonly #database: Database;
  readonly #places: RecordPlaces;

  constructor(database: Database) {
    this.#database = database;
    this.#places = new RecordPlaces(database);
  }

  /** Returns the first one's position in the group; undefined when the group is gone or a guard fails: then nothing was added. */
  async insert(
    groupId: number,
    guards: readonly RecordGuard[],
    records: readonly RecordValues[],
  ): Promise<number | undefined> {
    const counts = new Map<string, number>();
    for (const { jobId } of records) counts.set(jobId, (counts.get(jobId) ?? 0) + 1);
    const places = await this.#places.find(groupId, [...counts.keys()]);
    if (places && (await this.#insertPlaced(places, guards, records))) {
      this.#places.added(places, counts);
      return places.next;
    }
    const first = await retryOn(isDuplicate, () => insertRecords(this.#database, groupId, guards, records));
    if (first !== undefined) this.#places.addedAt(groupId, first, counts);
    return first;
  }

  async #insertPlaced(
    places: Places,
    guards: readonly RecordGuard[],
    records: readonly RecordValues[],
  ): Promise<boolean> {
    try {
      return await insertPlaced(this.#database, places, guards, records);
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }
}
