import type { StatusRecord } from '../core/status-record.ts';

/** Some 11,000 records of usual size. */
export const KEPT_RECORDS_BYTES = 33_554_432;
/** Positions that are kept, and forgotten, together. */
const BLOCK = 128;
/**
 * What a kept record takes, at most: 400 bytes of objects and 1,200 of markup, which the text of it in both of CLM's
 * bindings has; its own texts with two bytes a character, and each answer's with six, if all have to be escaped.
 */
const RECORD_BYTES = 1_600;
const CHARACTER_BYTES = 14;
/** Longer ones are seldom asked for twice, and one takes the place of fifty. */
const LONGEST_CHARACTERS = 2_000;

interface Block {
  readonly records: (StatusRecord | undefined)[];
  bytes: number;
}

/**
 * Records read lately, by group and position. A record never changes and its position is never another's, so what is
 * kept is never wrong; whether a position is still taken is for the caller to know. They are frozen: who makes
 * something of one may keep that as long as the record is kept.
 */
export class KeptRecords {
  readonly #maxBytes: number;
  /** Least lately used first. */
  readonly #blocks = new Map<string, Block>();
  #bytes = 0;

  /** `maxBytes` 0 = nothing is kept. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** What all that is kept takes at most. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The records of `count` positions from `from` on; undefined unless all of them are kept. */
  find(groupId: number, from: number, count: number): StatusRecord[] | undefined {
    const found: StatusRecord[] = [];
    for (let position = from; position < from + count; ) {
      const block = this.#use(blockKey(groupId, position));
      if (!block) return undefined;
      const end = Math.min(from + count, blockStart(position) + BLOCK);
      for (; position < end; position++) {
        const record = block.records[position % BLOCK];
        if (!record) return undefined;
        found.push(record);
      }
    }
    return found;
  }

  /** Keeps a record, unless it is too long; returns it frozen where it is kept. */
  keep(groupId: number, position: number, record: StatusRecord): StatusRecord {
    const bytes = sizeOf(record);
    if (bytes > this.#maxBytes || bytes > RECORD_BYTES + LONGEST_CHARACTERS * CHARACTER_BYTES) return record;
    const key = blockKey(groupId, position);
    const block = this.#use(key) ?? { records: new Array(BLOCK), bytes: 0 };
    const known = block.records[position % BLOCK];
    if (known) return known;
    this.#blocks.set(key, block);
    block.records[position % BLOCK] = Object.freeze(record);
    block.bytes += bytes;
    this.#bytes += bytes;
    this.#forgetOldest();
    return record;
  }

  #use(key: string): Block | undefined {
    const block = this.#blocks.get(key);
    if (!block) return undefined;
    this.#blocks.delete(key);
    this.#blocks.set(key, block);
    return block;
  }

  #forgetOldest(): void {
    for (const [key, { bytes }] of this.#blocks) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#blocks.delete(key);
      this.#bytes -= bytes;
    }
  }
}

function sizeOf(record: StatusRecord): number {
  const { recordId, jobId, group, targetId, errorMessage, username } = record;
  const texts = [recordId, jobId, group, targetId, errorMessage ?? '', username];
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return RECORD_BYTES + characters * CHARACTER_BYTES;
}

function blockStart(position: number): number {
  return position - (position % BLOCK);
}

function blockKey(groupId: number, position: number): string {
  return `${groupId} ${blockStart(position)}`;
}
