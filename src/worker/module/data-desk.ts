import type { Clock } from '../../core/clock.ts';
import { JobgateError } from '../../core/error.ts';
import type { JobDataStore } from '../../core/job-data.ts';
import { checkContentType, limited } from '../../core/job-data-access.ts';
import type { Fence } from '../../core/job-queue.ts';
import type { DataAnswer, DataFromThread, DataQuestion, DataToThread } from './thread-message.ts';

interface ChunkWait {
  resolve(chunk: Uint8Array | 'end' | 'broken'): void;
}

/** The main thread's side of a program's `data`: answers what its thread asks, from the store. */
export class DataDesk {
  readonly #data: JobDataStore;
  readonly #maxBytes: number;
  readonly #fence: Fence;
  readonly #clock: Clock;
  readonly #post: (message: DataToThread) => void;
  readonly #reading = new Map<number, AsyncIterator<Uint8Array>>();
  readonly #chunks = new Map<number, ChunkWait>();
  #open = true;

  constructor(options: {
    data: JobDataStore;
    /** Bytes of the largest item. */
    maxBytes: number;
    fence: Fence;
    clock: Clock;
    post: (message: DataToThread) => void;
  }) {
    this.#data = options.data;
    this.#maxBytes = options.maxBytes;
    this.#fence = options.fence;
    this.#clock = options.clock;
    this.#post = options.post;
  }

  receive(message: DataFromThread): void {
    switch (message.kind) {
      case 'ask':
        void this.#answer(message.id, message.question);
        break;
      case 'chunk':
        this.#chunks.get(message.of)?.resolve(message.chunk);
        this.#chunks.delete(message.of);
        break;
      case 'close':
        void this.#stopReading(message.of);
        break;
    }
  }

  /** The thread has ended: what it was adding is dropped. */
  close(): void {
    this.#open = false;
    for (const { resolve } of this.#chunks.values()) resolve('broken');
    for (const of of this.#reading.keys()) void this.#stopReading(of);
  }

  async #answer(id: number, question: DataQuestion): Promise<void> {
    let answer: DataAnswer;
    try {
      answer = await this.#answerTo(id, question);
    } catch (error) {
      // What is not meant for a caller's eyes is not meant for a program's either.
      answer = { refused: error instanceof JobgateError ? error.message : 'the job store refused' };
    }
    if (this.#open) this.#post({ kind: 'answer', to: id, answer });
  }

  async #answerTo(id: number, question: DataQuestion): Promise<DataAnswer> {
    switch (question.what) {
      case 'list':
        return { value: await this.#data.list(this.#fence.jobId) };
      case 'open': {
        const item = await this.#data.open(this.#fence.jobId, question.number);
        if (!item) return { refused: `data.read: the job has no data item ${question.number}` };
        this.#reading.set(id, item.chunks[Symbol.asyncIterator]());
        if (!this.#open) void this.#stopReading(id);
        return { value: null };
      }
      case 'next': {
        const next = await this.#reading.get(question.of)?.next();
        return { value: next?.done === false ? next.value : null };
      }
      case 'add': {
        const writer = { fence: this.#fence };
        const now = this.#clock();
        const contentType = checkContentType(question.contentType);
        const chunks = limited(this.#chunksOf(id), this.#maxBytes);
        const item = await this.#data.append(writer, contentType, chunks, now);
        return item ? { value: item } : { refused: "data.add: the job is no longer this program's" };
      }
    }
  }

  async *#chunksOf(of: number): AsyncGenerator<Uint8Array> {
    while (this.#open) {
      const chunk = await new Promise<Uint8Array | 'end' | 'broken'>((resolve) => {
        this.#chunks.set(of, { resolve });
        this.#post({ kind: 'wanted', of });
      });
      if (chunk === 'end') return;
      if (chunk === 'broken') break;
      yield chunk;
    }
    throw new Error('what was to be added broke off');
  }

  async #stopReading(of: number): Promise<void> {
    const reading = this.#reading.get(of);
    this.#reading.delete(of);
    try {
      await reading?.return?.();
    } catch {
      // Nobody reads it any more.
    }
  }
}
