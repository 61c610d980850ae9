import { beforeAll, describe, expect, test } from 'vitest';
import type { ClaimedJob, Outcome } from '../../src/core/job-queue.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { addAccount } from '../conformance/prepare-store.ts';
import { LONG_LEASE, sampleJob } from '../storage/sample-job.ts';
import { forEachEngine } from '../support/engines.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { clmFace } from './faces/clm-face.ts';
import { type JobFacts, Refused } from './faces/face.ts';
import { protrakFace } from './faces/protrak-face.ts';
import { pyramidFace, SCHEDULE } from './faces/pyramid-face.ts';
import { starfishFace } from './faces/starfish-face.ts';
import { web3Face } from './faces/web3-face.ts';

// What each system shows of each state, in its own numbers and words. This table is its own: it must not come from the rooms'.
const SHOWN = {
  created: ['0 Incomplete', '0 Created', 'Pending', '0 PENDING', 'InProgress'],
  queued: ['0 Incomplete', '1 Queued', 'Pending', '0 PENDING', 'InProgress'],
  running: ['1 Running', '2 Processing', 'Running', '4 RUNNING', 'InProgress'],
  cancelling: ['1 Running', '2 Processing', 'Running', '9 CANCELING', 'InProgress'],
  completed: ['2 Complete', '3 Completed', 'Complete', '1 FINISHED', 'Completed'],
  failed: ['3 Failed', '4 CompletedWithErrors', 'Failed', '3 ERROR', 'Failed'],
  cancelled: ['4 Killed', '4 CompletedWithErrors', 'Failed', '8 CANCELED', 'Abandoned'],
  abandoned: ['5 Abandoned', '4 CompletedWithErrors', 'Failed', '6 STOPPED_WITHOUT_RUNNING', 'Abandoned'],
} as const;

/** The order of the table's columns. */
const FACES = ['clm', 'web3', 'starfish', 'pyramid', 'protrak'] as const;

/** An execution of one task, in Pyramid: one that is being cancelled still runs. */
const EXECUTION = {
  created: '0 PENDING',
  queued: '0 PENDING',
  running: '4 RUNNING',
  cancelling: '4 RUNNING',
  completed: '1 FINISHED',
  failed: '3 ERROR',
  cancelled: '8 CANCELED',
  abandoned: '6 STOPPED_WITHOUT_RUNNING',
} as const;

type State = keyof typeof SHOWN;

/** The ways on from the queue: each final state comes once. */
const WAYS: readonly (readonly State[])[] = [
  ['running', 'completed'],
  ['running', 'failed'],
  ['running', 'cancelling', 'cancelled'],
  ['running', 'abandoned'],
];

const ERROR = 'the disk is full: <100 %> & "more"';
const WORKER = 'worker-1';
const LOST = 'its worker was lost, and its attempts are used up';

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  let store: Store;
  let faces: ReturnType<typeof facesOf>;

  beforeAll(async () => {
    const url = await engine.url();
    store = await engine.openStore(url);
    await addAccount(store, { username: 'ann', role: 'user', token: 'ann-token' });
    faces = facesOf((await nodes.serve(url, {}, '--no-worker')).origin);
  });

  describe.each(FACES)('a job that was begun through %s', (begunBy) => {
    test.each(WAYS.map((way) => ({ way, end: way.at(-1) })))('and is $end in the end', async ({ way }) => {
      const facts = await submit(begunBy);
      const worker = new OneJob(store, facts);
      if (begunBy === 'web3') {
        await expectShown(worker.facts, 'created');
        await faces.web3.release(facts);
        worker.facts = { ...facts, updated: (await store.jobs.find(facts.id))?.updated ?? 0 };
      }
      await expectShown(worker.facts, 'queued');
      for (const state of way) {
        await worker.enter(state);
        await expectShown(worker.facts, state);
      }
    });
  });

  test('a job that was only stored', async () => {
    const job = sampleJob({ owner: 'ann', state: 'created' });
    await store.jobs.insert(job);
    await expectShown(factsOf(job), 'created');
  });

  describe.each(FACES)('a job of %s that is waiting', (begunBy) => {
    test.each([
      ['killAsyncOperation of CLM', (facts: JobFacts) => faces.clm.kill(facts)],
      ['DELETE of Web3', (facts: JobFacts) => faces.web3.cancel(facts)],
    ])('can be stopped by %s', async (_, stop) => {
      const facts = await submit(begunBy);
      await stop(facts);
      const completed = (await store.jobs.find(facts.id))?.completed ?? 0;
      await expectShown({ ...facts, updated: completed, completed }, 'cancelled');
    });

    test('is gone from all five once CLM has deleted it', async () => {
      const facts = await submit(begunBy);
      await faces.clm.kill(facts);
      await faces.clm.remove(facts);
      const left = await Promise.all(FACES.map((face) => faces[face].read(facts).then(statusOf, statusOf)));
      expect(left).toEqual(['', 404, '', 404, 404]);
    });
  });

  test('a job that has failed says why where Starfish has a place for it, too', async () => {
    const facts = await submit('starfish');
    const worker = new OneJob(store, facts);
    for (const state of ['running', 'failed'] as const) await worker.enter(state);
    expect(await faces.starfish.executeJob(facts.group)).toMatchObject({
      runID: facts.group,
      status: 'Failed',
      error: ERROR,
    });
  });

  /** What was answered must be what the store has: the newest job. */
  async function submit(face: (typeof FACES)[number]): Promise<JobFacts> {
    const answered = await faces[face].submit();
    const { jobs } = await store.jobs.page({}, 'newest', { skip: 0, take: 1 });
    const [job] = jobs;
    if (!job) throw new Error('nothing was stored');
    expect(job).toMatchObject(answered);
    return { ...factsOf(job), schedule: face === 'pyramid' ? SCHEDULE : null };
  }

  async function expectShown(facts: JobFacts, state: State): Promise<void> {
    const sightings = await Promise.all(FACES.map((face) => faces[face].read(facts)));
    expect(sightings.map(({ status }) => status)).toEqual(SHOWN[state]);
    expect(await faces.pyramid.executionStatus(facts)).toBe(EXECUTION[state]);
    for (const [index, sighting] of sightings.entries()) {
      const face = FACES[index];
      expect({ face, ...facts, ...sighting.facts }).toEqual({ face, ...facts });
    }
  }
});

function statusOf(answer: { readonly status: string } | Refused): string | number {
  if (answer instanceof Error && !(answer instanceof Refused)) throw answer;
  return answer.status;
}

/** The worker of one job, which goes on only when it is told to. */
class OneJob {
  /** What the faces are to show of it now. */
  facts: JobFacts;
  readonly #store: Store;
  #claimed: ClaimedJob | undefined;

  constructor(store: Store, facts: JobFacts) {
    this.#store = store;
    this.facts = facts;
  }

  async enter(state: State): Promise<void> {
    const now = Date.now();
    const { queue, jobs } = this.#store;
    const { id } = this.facts;
    switch (state) {
      case 'running': {
        // A test that failed may have left jobs in the queue.
        const claimed = await queue.claim({ workerId: WORKER, limit: 100, leaseMs: LONG_LEASE, now });
        this.#claimed = claimed.find(({ jobId }) => jobId === id);
        this.facts = { ...this.facts, updated: now, started: now };
        return;
      }
      case 'cancelling':
        expect(await jobs.requestCancel(id, now)).toBe('cancelling');
        this.facts = { ...this.facts, updated: now };
        return;
      case 'abandoned':
        // A lease of no time has run out already.
        await queue.heartbeat(WORKER, [id], 0);
        expect(await queue.rescue({ maxLosses: 1, now })).toMatchObject({ abandoned: 1 });
        this.facts = { ...this.facts, updated: now, completed: now, error: LOST };
        return;
      case 'completed':
      case 'failed':
      case 'cancelled':
        return this.#finish(state, now);
      default:
        throw new Error(`no worker brings a job to ${state}`);
    }
  }

  async #finish(state: Outcome['state'], now: number): Promise<void> {
    if (!this.#claimed) throw new Error('the job is not claimed');
    const error = state === 'failed' ? ERROR : null;
    const outcome = { state, result: null, errorMessage: error };
    expect(await this.#store.queue.finish(this.#claimed, outcome, now)).toBe(true);
    this.facts = { ...this.facts, updated: now, completed: now, error };
  }
}

function facesOf(origin: string) {
  const token = 'ann-token';
  return {
    clm: clmFace(origin, token),
    web3: web3Face(origin, token),
    starfish: starfishFace(origin, token),
    pyramid: pyramidFace(origin, token),
    protrak: protrakFace(origin, token),
  };
}

/** Of a job that no worker has had yet. */
function factsOf(job: { id: string; group: string; created: number; program: string }): JobFacts {
  const { id, group, created, program } = job;
  return {
    ...{ id, group, created, program, owner: 'ann', schedule: null, error: null },
    ...{ updated: created, started: null, completed: null },
  };
}
