import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawerNames } from '../conformance/drawer.ts';
import { readFindings } from './findings.ts';
import { type FuzzGateway, startFuzzGateway } from './fuzz-gateway.ts';
import { mangledRequest } from './mangled-request.ts';
import { seedRequests } from './seed-requests.ts';
import { tryRequest } from './try-request.ts';

let gateway: FuzzGateway;

beforeAll(async () => {
  gateway = await startFuzzGateway();
});

afterAll(() => gateway.close());

describe('whatever is sent, the answer is in its room’s form, and no failure of ours', () => {
  test.each(drawerNames())('%s', { timeout: 60_000 }, async (room) => {
    const requests = await seedRequests(room, gateway.node.port);
    await fc.assert(
      fc.asyncProperty(mangledRequest(requests), async (request) => {
        const { problem } = await tryRequest(gateway.node, request);
        expect(problem, request.bytes.toString('latin1')).toBeUndefined();
      }),
      { seed: 1, numRuns: 150 },
    );
  });
});

describe('what was once answered wrongly is answered well', () => {
  test.each(readFindings().map((finding) => [finding.name, finding] as const))('%s', async (_, finding) => {
    expect((await tryRequest(gateway.node, finding)).problem).toBeUndefined();
  });
});
