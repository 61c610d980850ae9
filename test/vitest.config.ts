import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const out = process.env['VITEST_OUT'] ?? 'dist';

// Tests run as compiled, against the compiled sources: what is tested is what ships,
// and worker threads and child processes load the same files.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: [`${out}/test/**/*.test.js`],
    globalSetup: [`${out}/test/support/mysql-server.js`],
    reporters: ['default', `./${out}/test/support/summary-reporter.js`],
    pool: 'forks',
    // Files share a process: a process for each cost a third of the suite's CPU time.
    isolate: false,
    restoreMocks: true,
    // Many tests wait for processes and clocks, not for a core.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
