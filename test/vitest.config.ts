import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests run as compiled, against the compiled sources: what is tested is what ships,
// and worker threads and child processes load the same files.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: [`${process.env['VITEST_OUT'] ?? 'dist'}/test/**/*.test.js`],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
