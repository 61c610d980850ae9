import { afterEach, beforeAll, beforeEach, describe } from 'vitest';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { WorkerRig } from './worker-rig.ts';

/** A suite of worker tests on a store of every engine; each test has a rig of its own. */
export function describeWorkers(name: string, tests: (rig: () => WorkerRig) => void): void {
  describe(name, () => {
    forEachEngine((engine) => {
      let store: Store;
      let rig: WorkerRig;
      beforeAll(async () => {
        store = await engine.openStore();
      });
      beforeEach(() => {
        rig = new WorkerRig(store);
      });
      afterEach(() => rig.close());
      tests(() => rig);
    });
  });
}
