import { runCases } from './case.ts';
import { ClmClient } from './clm-client.ts';
import { ERROR_CASES } from './error-cases.ts';
import { JOB_CASES } from './job-cases.ts';
import { PAGE_CASES } from './page-cases.ts';
import { SESSION_CASES } from './session-cases.ts';
import { TEXT_CASES } from './text-cases.ts';

// Runs the interop cases with the `soap` package: program.js WSDL BINDING USER PASSWORD. Prints a JSON line a case.

const [, , wsdl = '', binding = '', user = '', password = ''] = process.argv;
const clm = await ClmClient.connect(wsdl, binding, user, password);
// The sessions come last: among them are those that end the others' session.
for (const cases of [JOB_CASES, PAGE_CASES, TEXT_CASES, ERROR_CASES, SESSION_CASES]) {
  await runCases(cases, clm);
}
