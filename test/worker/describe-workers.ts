import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { openStore, type Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { WorkerRig } from './worker-rig.ts';

type Tests = (rig: () => WorkerRig) => void;

/** Tests of workers on a store of every engine; each test has a rig of its own. */
export function describeWorkers(name: string, tests: Tests): void {
  describe(name, () => {
    forEachEngine((engine) => {
      withRigs(tests, async () => {
        const url = await engine.url();
        return { url, store: await engine.openStore(url) };
      });
    });
  });
}

/** For what is the same on every engine: the business of programs and their threads alone. */
export function describeWorkersOnSqlite(name: string, tests: Tests): void {
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'jobgate-store-'));
    let store: Store;
    afterAll(async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    });
    withRigs(tests, async () => {
      const url = `sqlite:${join(folder, 'store.db')}`;
      store = await openStore({ url });
      await store.migrations.up();
      return { url, store };
    });
  });
}

function withRigs(tests: Tests, open: () => Promise<{ url: string; store: Store }>): void {
  let opened: { url: string; store: Store };
  let rig: WorkerRig;
  beforeAll(async () => {
    opened = await open();
  });
  beforeEach(() => {
    rig = new WorkerRig(opened.store, opened.url);
  });
  afterEach(() => rig.close());
  tests(() => rig);
}
