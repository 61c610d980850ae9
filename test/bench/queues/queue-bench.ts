import type { QueueClient } from './queue-client.ts';

/** Jobs taken and submitted one by one, or many by one call, where a queue has such calls. */
export type HowMany = 'one' | 'many';

export interface WorkerHandle {
  /** ms so far. */
  processorTime(): number;
  stop(): Promise<void>;
}

/** One contender's queue, empty and its own, and the processes at its two ends. */
export interface QueueBench {
  readonly client: QueueClient;
  startWorker(concurrency: number, how: HowMany): Promise<WorkerHandle>;
  /** Takes everything away but the workers. */
  stop(): Promise<void>;
}
