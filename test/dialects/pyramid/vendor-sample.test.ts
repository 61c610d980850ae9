import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TASK_STATUS } from '../../../src/dialects/pyramid/enumerations.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { addAccount } from '../../conformance/prepare-store.ts';
import { eventually } from '../../support/eventually.ts';
import { type JobgateNode, jobgateNodes } from '../../support/jobgate-node.ts';

const CHROMIUM = '/usr/bin/chromium';
/** The sample polls every 3 s. */
const MOST_MS = 15_000;

/** The JavaScript sample of the vendor's page on getScheduleExecutionStatus, as printed there. */
const SAMPLE = readFileSync(
  new URL('../../../../fixtures/pyramid/vendor-sample.txt', import.meta.url),
  'utf8',
);

const installed = existsSync(CHROMIUM);
const skipped = !installed && process.env['CI'] !== 'true';
if (skipped)
  console.warn('\n*** SKIPPED: the vendor’s sample in a browser. It needs: apt-get install chromium. ***\n');

describe.skipIf(skipped)('the vendor’s JavaScript sample, in Chromium, on a page of another origin', () => {
  const nodes = jobgateNodes();
  let home: string;
  let url: string;
  let gateway: JobgateNode;
  let pages: Server;
  let origin: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'jobgate-browser-'));
    url = `sqlite:${join(home, 'browser.db')}`;
    pages = createServer((_, res) => res.setHeader('Content-Type', 'text/html').end(page(gateway.origin)));
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    gateway = await nodes.serve(url, { JOBGATE_CORS_ORIGINS: origin }, '--no-worker');
    const store = await openStore({ url });
    await addAccount(store, { username: 'adminUser', role: 'admin', password: 'abc123!' });
    await store.close();
  });

  afterAll(async () => {
    pages?.closeAllConnections();
    pages?.close();
    await gateway?.stop();
    await rm(home, { recursive: true, force: true });
  });

  test('runs to its end: it polls until the task has status 1, and suspends and resumes the schedule', async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM });
    try {
      const tab = await browser.newPage();
      const said: string[] = [];
      const errors: string[] = [];
      const answers: string[] = [];
      tab.on('console', (message) => said.push(message.text()));
      tab.on('pageerror', (error) => errors.push(error.message));
      tab.on('response', (response) => {
        const { pathname } = new URL(response.url());
        if (pathname !== '/') answers.push(`${response.status()} ${pathname}`);
      });
      const says = (text: string) =>
        eventually(text, () => said.includes(text), MOST_MS).catch((error: Error) => {
          throw new Error([error.message, ...errors, ...said, ...answers].join('\n'));
        });
      await tab.goto(origin);
      // Without a worker the first question finds the task waiting: the sample has to poll.
      await says('task status is 0');
      await nodes.worker(url);
      await says('task status is 1');

      expect(errors).toEqual([]);
      expect(said[0]).toMatch(/^got token [A-Za-z0-9_-]{43}$/);
      expect(said[1]).toBe('executionId status is PENDING');
      expect(said[2]).toMatch(/^got task [0-9a-f-]{36}$/);
      const methods = answers.map((answer) => answer.replace('/api3/', ''));
      expect(methods.slice(0, 8)).toEqual([
        '200 authentication/authenticateUser',
        '200 tasks/findSchedule',
        '200 tasks/runSchedule',
        '200 tasks/getScheduleExecutionStatus',
        '200 tasks/getTasksIds',
        '200 tasks/getTaskData',
        '200 tasks/suspendSchedule',
        '200 tasks/resumeSchedule',
      ]);
      expect(methods.slice(8).every((method) => method === '200 tasks/getTaskData')).toBe(true);
      // The browser has asked first, as it does for another origin.
      expect(gateway.log.filter(({ method }) => method === 'OPTIONS')).not.toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

/**
 * What must have stood around the sample: it reads `executionStatus`, the names of TaskStatus by their numbers, and
 * defines it nowhere. Its address is the one thing in it that is changed.
 */
function page(gateway: string): string {
  const sample = SAMPLE.replace('http://mysite.com/api3/', `${gateway}/api3/`);
  const names = JSON.stringify(Object.keys(TASK_STATUS));
  return `<!doctype html><title>Sample</title><body><script>var executionStatus = ${names};</script><script>${sample}</script>`;
}
