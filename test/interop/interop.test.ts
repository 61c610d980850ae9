import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { atMost } from './at-most.ts';
import { buildProgram } from './build-program.ts';
import { CASES, type CaseName } from './cases.ts';
import { type InteropGateway, startInteropGateway } from './interop-gateway.ts';
import { withMatrix } from './matrix.ts';
import { programPath } from './program-path.ts';
import type { Report } from './report.ts';
import { runProgram } from './run-program.ts';
import { BINDINGS, type Binding } from './toolkit.ts';
import { TOOLKITS } from './toolkits.ts';

const README = programPath('README.md');
const PASSWORD = 'correct horse';
const MOST_MS = 170_000;
/** More at once wait for each other's processor time, and their cases run out of patience. */
const AT_ONCE = 4;

/** Those that must be compiled take twice the processor time of the others: `npm test` alone leaves them out. */
const COMPILED_TOO = ['CI', 'JOBGATE_TEST_ALL', 'INTEROP_MATRIX'].some((name) => process.env[name]);

const runs = TOOLKITS.flatMap((toolkit) => {
  const leftOut = toolkit.build !== undefined && !COMPILED_TOO;
  const installed = toolkit.isInstalled() && !leftOut;
  const mayBeMissing = toolkit.optional === true || process.env['CI'] !== 'true';
  if (!installed && mayBeMissing && !leftOut) {
    console.warn(`\n*** SKIPPED: every test with ${toolkit.name}. It needs: ${toolkit.install}. ***\n`);
  }
  return toolkit.bindings.map((binding, index) => ({
    toolkit,
    binding,
    installed,
    skipped: !installed && mayBeMissing,
    user: `${toolkit.name.replaceAll(/\W+/g, '-')}-${index + 1}`,
  }));
});

const nodes = jobgateNodes();
let gateway: InteropGateway;
const reports = new Map<(typeof runs)[number], Promise<Report>>();

beforeAll(async () => {
  gateway = await startInteropGateway(
    nodes,
    runs.map(({ user }) => user),
    PASSWORD,
  );
  const inTurn = atMost(AT_ONCE);
  const builds = new Map<string, ReturnType<typeof buildProgram>>();
  for (const run of runs.filter(({ installed }) => installed)) {
    const { toolkit, binding, user } = run;
    const wsdl = gateway.wsdl(binding);
    const key = `${toolkit.name} ${wsdl}`;
    const built = builds.get(key) ?? inTurn(() => buildProgram(toolkit, wsdl, gateway.home));
    builds.set(key, built);
    const connection = { wsdl, binding, user, password: PASSWORD };
    reports.set(
      run,
      built.then(
        (folder) => inTurn(() => runProgram(toolkit, folder, connection)),
        (error: Error) => ({ cases: new Map(), problems: [error.message] }),
      ),
    );
  }
}, MOST_MS);

afterAll(async () => {
  await Promise.all(reports.values());
  await gateway?.stop();
});

for (const run of runs) {
  const { toolkit, binding, skipped } = run;
  describe.skipIf(skipped)(`${toolkit.name}, ${BINDINGS[binding]}`, () => {
    let report: Report;

    beforeAll(async () => {
      const reported = reports.get(run);
      if (!reported) throw new Error(`${toolkit.name} is not installed: ${toolkit.install}`);
      report = await reported;
    }, MOST_MS);

    test('the program runs every case of the list, once', () => {
      expect(report.problems).toEqual([]);
    });

    for (const [name, title] of Object.entries(CASES) as [CaseName, string][]) {
      const own = toolkit.ownFaults[name];
      const note = own ? ` [the toolkit's own: ${own}]` : '';
      test(`${name}: ${title}${note}`, () => {
        const { outcome, detail } = report.cases.get(name) ?? { outcome: 'fail', detail: 'not reported' };
        expect(outcome, detail).toBeOneOf(own ? ['pass', 'toolkit'] : ['pass']);
      });
    }
  });
}

test(
  'the gateway has logged no error of its own',
  async () => {
    await Promise.all(reports.values());
    expect(gateway.errors()).toEqual([]);
  },
  MOST_MS,
);

test(
  'the README shows what each toolkit does with each case',
  async () => {
    const columns = await Promise.all(
      TOOLKITS.map(async (toolkit) => {
        const own = await Promise.all(
          runs
            .filter((run) => run.toolkit === toolkit && run.installed)
            .map(
              async (run): Promise<[Binding, Report]> => [run.binding, (await reports.get(run)) as Report],
            ),
        );
        return { toolkit, reports: own.length > 0 ? new Map(own) : undefined };
      }),
    );
    const shown = await readFile(README, 'utf8');
    const expected = withMatrix(shown, columns);
    if (process.env['INTEROP_MATRIX'] === 'write') await writeFile(README, expected);
    else expect(shown).toBe(expected);
  },
  MOST_MS,
);
