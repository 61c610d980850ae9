import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const out = process.env['VITEST_OUT'] ?? 'dist';
/** Attacks, mangled requests, odd framing, lists of a million, and (test/interop) toolkits that must be compiled: a third of the processor's time of all tests. */
const everything = process.env['CI'] === 'true' || process.env['JOBGATE_TEST_ALL'] === 'true';

// Tests run as compiled, against the compiled sources: what is tested is what ships,
// and worker threads and child processes load the same files.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: [`${out}/test/**/*.test.js`],
    exclude: everything
      ? []
      : ['security/**', 'fuzz/**', 'wire/**', 'e2e/long-list.test.js'].map((files) => `${out}/test/${files}`),
    globalSetup: [`${out}/test/support/mysql-server.js`],
    reporters: ['default', `./${out}/test/support/summary-reporter.js`],
    pool: 'forks',
    // Files share a process: a process for each cost a third of the suite's CPU time.
    isolate: false,
    restoreMocks: true,
    // Many tests wait for processes and clocks, not for a core: with 3 it takes 197 s on two cores, with 4 179.
    maxWorkers: 4,
    // Other processes may have the cores for a while: only what fails waits so long.
    testTimeout: 40_000,
    hookTimeout: 60_000,
  },
});
