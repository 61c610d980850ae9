import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { forEachEngine, type TestEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { ADMIN_PASSWORD, type JobgateNode, jobgateNodes } from '../support/jobgate-node.ts';
import { answers, type ReceivedWebhook, stalls, startReceiver } from '../webhooks/receiver.ts';

const KEY = randomBytes(32);
const ENVIRONMENT = {
  JOBGATE_WEBHOOK_ALLOW: '127.0.0.1',
  JOBGATE_WEBHOOK_SECRETS: `whsec_${KEY.toString('base64')}`,
};

/** Starts the sample job `walk` as a Starfish client does. */
async function executeJobAsync({ origin }: JobgateNode, runID: string, webHookURL: string): Promise<void> {
  const form = { grant_type: 'password', username: 'admin', password: ADMIN_PASSWORD };
  const login = await fetch(`${origin}/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token } = (await login.json()) as { access_token: string };
  const answer = await fetch(`${origin}/v1/ExecuteJobAsync`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${access_token}` },
    body: JSON.stringify({ runID, projectID: 'sample', jobID: 'walk', webHookURL }),
  });
  expect(await answer.json()).toEqual({ runID, started: true, error: null });
}

/** As if 30 seconds had passed since the attempt was begun. */
function letLeasesRunOut(engine: TestEngine, url: string): Promise<unknown> {
  return engine.query(url, 'UPDATE webhooks SET lease_until = 1 WHERE lease_until IS NOT NULL');
}

function verify({ headers, body }: ReceivedWebhook): void {
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const signature = createHmac('sha256', KEY).update(content).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
}

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  describe('a webhook', () => {
    test("survives kill -9 after its job's end, arrives from the next node, and once taken is never sent again", async () => {
      const url = await engine.url();
      const receiver = await startReceiver();
      receiver.react(stalls);
      const first = await nodes.serve(url, ENVIRONMENT);
      const runID = randomUUID();
      await executeJobAsync(first, runID, receiver.url);
      await eventually('the job has ended, and its webhook is on its way', () => receiver.received[0]);
      await first.kill9();
      await letLeasesRunOut(engine, url);

      receiver.react(answers(200));
      const second = await nodes.worker(url, ENVIRONMENT);
      await eventually('it was taken, which is stored', async () => {
        const rows = await engine.query<{ state: string }>(url, 'SELECT state FROM webhooks');
        return rows[0]?.state === 'delivered';
      });
      await second.kill9();
      await letLeasesRunOut(engine, url);

      const third = await nodes.serve(url, ENVIRONMENT);
      await executeJobAsync(third, randomUUID(), receiver.url);
      await eventually('a later webhook has come', () => receiver.received.length > 2);
      const [lost, taken, later, ...more] = receiver.received as [
        ReceivedWebhook,
        ReceivedWebhook,
        ReceivedWebhook,
      ];
      expect(more).toEqual([]);
      for (const message of [lost, taken, later]) verify(message);
      expect(taken.body).toBe(lost.body);
      expect(taken.headers['webhook-id']).toBe(lost.headers['webhook-id']);
      expect(later.headers['webhook-id']).not.toBe(lost.headers['webhook-id']);
      expect(JSON.parse(taken.body)).toMatchObject({ runID, status: 'Complete' });

      const output = [first, second, third].map((node) => node.output).join('');
      expect(output).not.toContain(ENVIRONMENT.JOBGATE_WEBHOOK_SECRETS.slice('whsec_'.length));
      expect(output).not.toContain('unsigned');
    });

    test('does not go to this machine unless that is allowed, and unsigned without a key, of which the log warns', async () => {
      const url = await engine.url();
      const receiver = await startReceiver();
      const node = await nodes.serve(url);
      await executeJobAsync(node, randomUUID(), receiver.url);
      const failed = await eventually('the attempt has failed', () =>
        node.log.find(({ msg }) => msg === 'webhook failed'),
      );
      expect(failed['error']).toContain('127.0.0.1 is not a public address');
      expect(receiver.received).toEqual([]);
      expect(node.output).toContain('webhooks go out unsigned: JOBGATE_WEBHOOK_SECRETS is not set');
    });
  });
});
