import { ask, type Face } from './face.ts';

interface Results {
  readonly runID: string;
  readonly startTime: string | null;
  readonly runTime: string | null;
  readonly status: string;
}

/** Starfish: ExecuteJobAsync, and the results of the run ID. */
export interface StarfishFace extends Face {
  /** What ExecuteJob answers when it is sent for a run that has ended. */
  executeJob(runID: string): Promise<Results & { readonly error: string | null }>;
}

const FINISHED = ['Complete', 'Failed'];

export function starfishFace(origin: string, token: string): StarfishFace {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const run = (runID: string) => JSON.stringify({ runID, projectID: 'sample', jobID: 'walk' });
  let count = 0;

  return {
    async submit() {
      count += 1;
      const runID = `sample string ${count}`;
      await ask(`${origin}/v1/ExecuteJobAsync`, { method: 'POST', headers, body: run(runID) });
      return { group: runID };
    },

    async executeJob(runID) {
      return JSON.parse(await ask(`${origin}/v1/ExecuteJob`, { method: 'POST', headers, body: run(runID) }));
    },

    async read({ group }) {
      const text = await ask(`${origin}/v1/Results/${encodeURIComponent(group)}`, { headers });
      const results: readonly Results[] = JSON.parse(text);
      return {
        status: results.map(({ status }) => status).join(),
        facts: Object.assign({}, ...results.map(factsOf)),
      };
    },
  };
}

function factsOf({ runID, startTime, runTime, status }: Results) {
  const started = startTime === null ? null : Date.parse(startTime);
  if (started === null || runTime === null) return { group: runID, started };
  const ended = started + Date.parse(`1970-01-01T${runTime}Z`);
  return { group: runID, started, completed: FINISHED.includes(status) ? ended : null };
}
