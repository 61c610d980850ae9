import { AssertionError } from 'node:assert';
import type { CaseName } from '../cases.ts';
import type { ClmClient } from './clm-client.ts';

/** Throws where the gateway is wrong; ToolkitFault where the toolkit is. */
export type Case = (clm: ClmClient) => Promise<void>;

export type Cases = Readonly<Partial<Record<CaseName, Case>>>;

/** The gateway was right, as the quoted bytes show; the toolkit was not. */
export class ToolkitFault extends Error {}

export async function runCases(cases: Cases, clm: ClmClient): Promise<void> {
  for (const [name, run] of Object.entries(cases)) {
    console.log(JSON.stringify({ case: name, ...(await outcomeOf(run, clm)) }));
  }
}

async function outcomeOf(run: Case, clm: ClmClient): Promise<{ outcome: string; detail: string }> {
  try {
    await run(clm);
    return { outcome: 'pass', detail: '' };
  } catch (error) {
    if (error instanceof ToolkitFault) return { outcome: 'toolkit', detail: error.message };
    const detail = error instanceof AssertionError ? error.message : String(error);
    return { outcome: 'fail', detail: detail.slice(0, 500) };
  }
}
