import { parseArgs } from 'node:util';
import { writeResults } from './results.ts';
import type { Scenario } from './scenario.ts';
import { allRecords } from './scenarios/all-records.ts';
import { claims } from './scenarios/claims.ts';
import { deepPage } from './scenarios/deep-page.ts';
import { jobs } from './scenarios/jobs.ts';
import { polling } from './scenarios/poll.ts';
import { recordsIn } from './scenarios/records-in.ts';
import { soapCodec } from './scenarios/soap-codec.ts';
import { soapPage } from './scenarios/soap-page.ts';
import { startUp } from './scenarios/start-up.ts';

// npm run bench [-- [scenario…] [--rounds 5] [--seconds 3] [--dry]]: measures jobgate beside its peers and writes the
// tables to test/bench/README.md (--dry: only prints them). Needs MariaDB, and for each peer what its README says; what is absent is
// named and left out. It judges nothing: the figures are for people.

const SCENARIOS: readonly Scenario[] = [
  soapCodec,
  soapPage,
  deepPage,
  allRecords,
  recordsIn,
  polling,
  claims,
  jobs,
  startUp,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    dry: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (unknown.length > 0)
  throw new Error(
    `no scenario ${unknown.join(', ')}; there is ${SCENARIOS.map(({ name }) => name).join(', ')}`,
  );

const options = { rounds: Number(values.rounds), stretchMs: Number(values.seconds) * 1_000 };
for (const scenario of SCENARIOS) {
  if (positionals.length > 0 && !positionals.includes(scenario.name)) continue;
  const tables = await scenario.run(options);
  console.log(tables);
  if (!values.dry) writeResults(scenario.name, tables);
}
