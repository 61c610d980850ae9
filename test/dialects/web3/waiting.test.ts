import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { job, roomUnderTest, XML } from './room-under-test.ts';

const room = roomUnderTest();

/** Settles once the request is waiting: its job has been looked at for it. */
async function waiting(): Promise<void> {
  const statesOf = room.store.jobs.statesOf.bind(room.store.jobs);
  let looked = false;
  room.store.jobs.statesOf = (ids) => {
    looked = true;
    return statesOf(ids);
  };
  await eventually('somebody waits', () => looked);
  room.store.jobs.statesOf = statesOf;
}

describe('an answer that waits', () => {
  test('comes as soon as the status changes', async () => {
    const path = await room.create();
    const began = performance.now();
    const answer = room.ask('GET', `${path}?wait=60`);
    await waiting();
    await room.ask('PUT', path, job('Queued'), XML);
    expect((await answer).text).toContain('Status="Queued"');
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test('comes when its time is over, though something else has changed', async () => {
    const path = await room.create();
    const answer = room.ask('GET', `${path}?wait=1`);
    await waiting();
    await room.ask('PUT', path, job('Created', 'a=1'), XML);
    expect((await answer).text).toContain('Status="Created"');
    expect((await answer).text).toContain('<Parameters>a=1</Parameters>');
  });

  test('is 404 when the job is deleted meanwhile', async () => {
    const path = await room.create('Queued');
    const id = path.slice('/jobs/'.length);
    const answer = room.ask('GET', `${path}?wait=60`);
    await waiting();
    await room.store.jobs.cancelWaiting(id, Date.now());
    await room.store.jobs.remove(id);
    expect((await answer).status).toBe(404);
  });

  test('ends when its client leaves', async () => {
    const path = await room.create();
    const client = new AbortController();
    const answer = room.ask('GET', `${path}?wait=60`, undefined, {}, client.signal);
    await waiting();
    client.abort();
    await expect(answer).rejects.toThrow(/abort/);
    let looks = 0;
    const statesOf = room.store.jobs.statesOf.bind(room.store.jobs);
    room.store.jobs.statesOf = (ids) => {
      looks += 1;
      return statesOf(ids);
    };
    // Nobody is waited for any more: the looks at the store end.
    await eventually('nobody looks', async () => {
      const before = looks;
      await new Promise((resolve) => setTimeout(resolve, 250));
      return looks === before;
    });
    room.store.jobs.statesOf = statesOf;
  });
});
