import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { roomUnderTest, walk } from './room-under-test.ts';

const room = roomUnderTest();

test('ExecuteJob on a gateway that stops is told to come back; the job goes on', async () => {
  const answer = room.post('/v1/ExecuteJob', walk('stopped'));
  await eventually('the job is stored', async () => (await room.jobs()).length > 0);
  room.watch.close();
  const { status, json, headers } = await answer;
  expect([status, json]).toEqual([
    503,
    { Message: 'The server is stopping; the job goes on. Send the request again to wait for its end.' },
  ]);
  expect(headers.get('retry-after')).toBe('5');
  expect(await room.jobs()).toMatchObject([{ group: 'stopped', state: 'queued' }]);
});
