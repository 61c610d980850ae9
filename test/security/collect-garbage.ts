import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

// Loaded into a gateway before anything else: at SIGUSR2 it collects its garbage and says what is left, as a line of its log.
if (isMainThread) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  process.on('SIGUSR2', () => {
    collect();
    // What was outside the heap goes once its owners have been seen to be gone.
    setTimeout(() => {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      process.stdout.write(`${JSON.stringify({ retained: heapUsed + external })}\n`);
    }, 20);
  });
}
