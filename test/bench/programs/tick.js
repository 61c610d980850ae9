import { setTimeout as pause } from 'node:timers/promises';

/** Reports progress every second, for ten minutes or until it is told to stop. */
export default async function tick({ signal, progress }) {
  for (let count = 1; count <= 600; count++) {
    progress(count, 600);
    await pause(1_000, undefined, { signal });
  }
}
