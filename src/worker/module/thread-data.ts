import type { JobDataItem } from '../../core/job-data.ts';
import type { ProgramData } from './program-context.ts';
import type { DataAnswer, DataFromThread, DataQuestion, DataToThread } from './thread-message.ts';

type Value = Extract<DataAnswer, { value: unknown }>['value'];

/** A chunk on its way to the main thread is copied: an item given as a whole goes in pieces. */
const PIECE_BYTES = 262_144;

/** A program's view of its job's data, from its thread: every chunk is asked for, so that neither side runs ahead. */
export class ThreadData implements ProgramData {
  readonly #post: (message: DataFromThread) => void;
  readonly #waiting = new Map<number, { resolve(value: Value): void; reject(error: Error): void }>();
  readonly #adding = new Map<number, AsyncIterator<Uint8Array>>();
  #asked = 0;

  constructor(post: (message: DataFromThread) => void) {
    this.#post = post;
  }

  async list(): Promise<readonly JobDataItem[]> {
    return (await this.#ask({ what: 'list' })) as readonly JobDataItem[];
  }

  async *read(number: number): AsyncGenerator<Uint8Array> {
    if (!Number.isSafeInteger(number)) throw new TypeError('data.read: needs the number of an item');
    const of = this.#asked + 1;
    await this.#ask({ what: 'open', number });
    try {
      for (;;) {
        const chunk = await this.#ask({ what: 'next', of });
        if (chunk === null) return;
        yield chunk as Uint8Array;
      }
    } finally {
      this.#post({ kind: 'close', of });
    }
  }

  async add(contentType: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<JobDataItem> {
    if (typeof contentType !== 'string') throw new TypeError('data.add: contentType must be a string');
    if (!(content instanceof Uint8Array) && typeof content?.[Symbol.asyncIterator] !== 'function') {
      throw new TypeError('data.add: needs a Uint8Array or an async iterable of them');
    }
    const id = this.#asked + 1;
    this.#adding.set(id, pieces(content)[Symbol.asyncIterator]());
    try {
      return (await this.#ask({ what: 'add', contentType })) as JobDataItem;
    } finally {
      const source = this.#adding.get(id);
      this.#adding.delete(id);
      await source?.return?.();
    }
  }

  receive(message: DataToThread): void {
    if (message.kind === 'wanted') {
      void this.#sendNext(message.of);
      return;
    }
    const waiting = this.#waiting.get(message.to);
    this.#waiting.delete(message.to);
    if ('value' in message.answer) waiting?.resolve(message.answer.value);
    else waiting?.reject(new RangeError(message.answer.refused));
  }

  #ask(question: DataQuestion): Promise<Value> {
    this.#asked += 1;
    const id = this.#asked;
    this.#post({ kind: 'ask', id, question });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  async #sendNext(of: number): Promise<void> {
    try {
      const next = await this.#adding.get(of)?.next();
      this.#post({ kind: 'chunk', of, chunk: next?.done === false ? next.value : 'end' });
    } catch (error) {
      this.#post({ kind: 'chunk', of, chunk: 'broken' });
      this.#waiting.get(of)?.reject(error as Error);
      this.#waiting.delete(of);
    }
  }
}

async function* pieces(content: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = content instanceof Uint8Array ? [content] : content;
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('data.add: a chunk is not a Uint8Array');
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      // Copied: a message of a part of a buffer would carry all of it.
      yield chunk.slice(from, from + PIECE_BYTES);
    }
  }
}
