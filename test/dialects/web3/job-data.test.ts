import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { bearer, roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest();
const BYTES = { 'Content-Type': 'application/octet-stream' };

describe('job data', () => {
  test('of any bytes is told back as it came', async () => {
    const path = await room.create();
    const bytes = randomBytes(1_000_000);
    const attached = await room.ask('POST', `${path}/data`, bytes, { ...BYTES, Accept: 'application/json' });
    const { Address: address, Length: length } = JSON.parse(attached.text);
    expect([attached.status, attached.headers.get('location'), length]).toEqual([201, address, bytes.length]);
    const response = await fetch(address, { headers: bearer('ann-token') });
    const hash = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    expect(hash(new Uint8Array(await response.arrayBuffer()))).toBe(hash(bytes));
  });

  test.each(['text/csv', 'image/*', 'application/octet-stream;q=0.5'])(
    'is told back as what it is to whoever asks for %s',
    async (accept) => {
      const path = await room.create();
      await room.ask('POST', `${path}/data`, 'a,b', { 'Content-Type': 'text/csv' });
      const { status, headers, text } = await room.ask('GET', `${path}/data/1`, undefined, {
        Accept: accept,
      });
      expect([status, headers.get('content-type'), text]).toEqual([200, 'text/csv', 'a,b']);
      expect(headers.get('vary')).toBe('Accept, Content-Type, Authorization');
    },
  );

  test('of an upload that breaks off nothing is kept', async () => {
    const path = await room.create();
    const client = new AbortController();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent <= 8) controller.enqueue(randomBytes(100_000));
        else client.abort();
      },
    });
    await expect(room.ask('POST', `${path}/data`, body, BYTES, client.signal)).rejects.toThrow();
    await eventually('the upload is swept away', async () => (await room.store.jobData.purge(1)) === 0);
    expect((await room.ask('GET', `${path}/data`)).text).toContain('<JobData/>');
    expect((await room.ask('POST', `${path}/data`, 'x', BYTES)).headers.get('location')).toMatch(
      /\/data\/1$/,
    );
  });

  test('that might be a page of scripts is sent to be saved, and sandboxed', async () => {
    const path = await room.create();
    await room.ask('POST', `${path}/data`, '<script>alert(1)</script>', { 'Content-Type': 'text/html' });
    const { headers } = await room.ask('GET', `${path}/data/1`);
    expect(headers.get('content-type')).toBe('text/html');
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('a job takes a hundred items and no more', async () => {
    const path = await room.create();
    const id = path.slice('/jobs/'.length);
    async function* content() {
      yield Buffer.from('x');
    }
    for (let item = 1; item <= 100; item++) {
      await room.store.jobData.append({ createdJob: id }, 'text/plain', content(), Date.now());
    }
    const answer = await room.ask('POST', `${path}/data`, 'x', BYTES);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('a job has at most 100 items of data');
  });
});
