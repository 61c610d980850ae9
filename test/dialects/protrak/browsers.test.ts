import { expect, test } from 'vitest';
import { NO_TOKEN, roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest({ JOBGATE_CORS_ORIGINS: 'https://app.example' });

test('a page of a configured origin may send what the client sends', async () => {
  const answer = await room.ask('OPTIONS', '/asyncJobs', undefined, {
    ...NO_TOKEN,
    Origin: 'https://app.example',
    'Access-Control-Request-Method': 'PUT',
  });
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-methods': 'GET, POST, PUT',
    'access-control-allow-headers': 'Authorization, Content-Type',
  });
});

test('it may read the answer, an error too, and where a job is', async () => {
  const answer = await room.ask('GET', '/asyncJobs/nothing', undefined, { Origin: 'https://app.example' });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(answer.headers.get('access-control-expose-headers')).toContain('Location');
});

test('a page of another origin may not', async () => {
  const answer = await room.ask('GET', '/asyncJobs', undefined, { Origin: 'https://other.example' });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});
