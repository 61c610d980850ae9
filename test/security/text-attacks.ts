import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ClmClient, textOf } from '../e2e/clm-client.ts';
import { expectWithinBound } from './attack.ts';
import { ask, type HttpRequest } from './attack-cost.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';

/** What would be more than text to a store, a shell, a page, a template, a log or a directory that took it for its own. */
const TEXTS = [
  "'; DROP TABLE jobs; --",
  "' OR '1'='1",
  '" OR ""="',
  "\\' OR 1=1 -- ",
  "x' UNION SELECT password_hash FROM accounts -- ",
  "admin'/*",
  '%_%',
  '?',
  ':id ?? $1 @p1',
  "'||sleep(5)||'",
  "1; WAITFOR DELAY '0:0:5'",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what Log4j would have looked up.
  '${jndi:ldap://127.0.0.1:9/a}',
  '{{7*7}} <%= 7*7 %>',
  '$(touch /tmp/pwned) `id`',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '__proto__',
  'constructor',
  'toString',
  '*)(uid=*))(|(uid=*',
  'é\u0301 \u202Eabc\u202C \uFEFF 𝕏',
];

/** Gives the text to the gateway in every field that takes it, and returns what it says of each afterwards. */
type Kept = (gateway: GatewayUnderAttack, text: string) => Promise<Record<string, string | undefined>>;

const bearer = ({ token }: GatewayUnderAttack) => ({
  Authorization: `Bearer ${token}`,
  Accept: 'application/json',
});

async function json(
  gateway: GatewayUnderAttack,
  request: Omit<HttpRequest, 'body'> & { readonly body?: unknown },
) {
  const { body, ...rest } = request;
  const headers = {
    'Content-Type': 'application/json',
    ...bearer(gateway),
    paToken: gateway.token,
    ...request.headers,
  };
  const answer = await ask(gateway, {
    ...rest,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (answer.status >= 300) throw new Error(`${request.path} was answered ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body);
}

const clm: Kept = async (gateway, text) => {
  const client = new ClmClient(`http://127.0.0.1:${gateway.port}`, gateway.token);
  const job = await client.execute('walk', { group: text, targets: [text], args: [text] });
  await client.call(
    'setAsyncOperationJobComment',
    `<job_id>${job}</job_id><comment>${escaped(text)}</comment>`,
  );
  await client.addRecord({ jobId: job, group: text, id: text, errorMessage: text });
  const [record] = (await client.group(text)).records.filter(({ jobId }) => jobId === job);
  const status = await client.call('getAsyncOperationStatus', `<taskID>${job}</taskID>`);
  const [argument] = (await gateway.store.jobs.findPayload(job))?.arguments ?? [];
  return {
    argument: String(argument),
    comment: (await client.job(job)).comment,
    record: record?.id,
    message: record?.errorMessage,
    target: textOf(status, 'item'),
  };
};

const web3: Kept = async (gateway, text) => {
  const path = `/web3/topicmaps/${encodeURIComponent(text)}/jobs`;
  const value = text.replace(/[;=\\]/g, '\\$&');
  const made = await json(gateway, {
    path,
    body: { JobType: 3, Status: 0, Parameters: `${value.trim()}=${value}x` },
  });
  const list = await json(gateway, { method: 'GET', path });
  const job = await gateway.store.jobs.findDetail(made.Id);
  const page = await ask(gateway, {
    method: 'GET',
    path: `${path}/${made.Id}`,
    headers: { ...bearer(gateway), Accept: 'text/html' },
  });
  expect(page.body).not.toMatch(/<(script|img)/);
  const [parameter] = job?.parameters ?? [];
  return {
    group: job?.group,
    listed: list.Items[0]?.Id === made.Id ? text : 'not listed',
    name: parameter?.name === text.trim() ? text : parameter?.name,
    value: parameter?.value.slice(0, -1),
  };
};

const starfish: Kept = async (gateway, text) => {
  const runID = text.slice(0, 36);
  const made = await json(gateway, {
    path: '/v1/ExecuteJobAsync',
    body: { runID, projectID: 'sample', jobID: 'first', argument: text },
  });
  const refused = await json(gateway, {
    path: '/v1/ExecuteJobAsync',
    body: { runID: randomUUID(), projectID: runID, jobID: runID },
  });
  const results = await json(gateway, { method: 'GET', path: `/v1/Results/${encodeURIComponent(runID)}` });
  const page = await gateway.store.jobs.page({ group: runID }, 'oldest', { skip: 0, take: 1 });
  const payload = await gateway.store.jobs.findPayload(page.jobs[0]?.id ?? '');
  const whole = (said: string | undefined) => (said === runID ? text : said);
  expect(refused.error).toBe(`There is no project with the ID '${runID}'.`);
  return {
    run: whole(made.runID),
    result: whole(results[0]?.runID ?? made.runID),
    argument: String(payload?.arguments[0]),
  };
};

const pyramid: Kept = async (gateway, text) => {
  const method = (name: string, body: unknown) => json(gateway, { path: `/API3/tasks/${name}`, body });
  const id = await method('createSchedule', {
    name: text,
    description: text,
    program: 'walk',
    arguments: [text],
  });
  const searched = async (searchMatchType: number) =>
    (await method('findSchedule', { searchCriteria: { searchValue: text, searchMatchType } })).find(
      ({ scheduleId }: { scheduleId: string }) => scheduleId === id,
    );
  const [equal, containing] = [await searched(2), await searched(0)];
  return { equal: equal?.name, containing: containing?.name, description: equal?.description };
};

const protrak: Kept = async (gateway, text) => {
  const path = '/protrak/api/asyncJobs';
  const info = { programName: 'walk', arguments: [text, { [`a${text}`]: text }] };
  const id = await json(gateway, {
    path,
    body: { type: 'ExecuteCommonProgram', programExecutionInfo: info },
  });
  const [argument, object] = (await json(gateway, { method: 'GET', path: `${path}/${id}` }))
    .programExecutionInfo.arguments;
  return { argument, member: Object.keys(object)[0]?.slice(1), value: object[`a${text}`] };
};

const ROOMS: Readonly<Record<string, Kept>> = { clm, web3, starfish, pyramid, protrak };

/** As long, and only letters and digits. */
const USUAL_TEXTS = TEXTS.map((text, index) => `${index}`.padEnd(text.length, 'a'));
/** At once: what each costs the store's disk they need not wait for one after the other. */
const AT_ONCE = 7;
/** As in `expectRepelled`: what seems dear is measured again. */
const MOST_SAMPLES = 5;
const FAR_BELOW = 2.5;

/** Injections of every kind, into every room. */
export function textAttacks(gateway: () => GatewayUnderAttack): void {
  test.each(Object.entries(ROOMS))('%s keeps what is only text as it is, in every field', async (_, kept) => {
    const costOf = async (texts: readonly string[]) => {
      const before = gateway().processorTime();
      for (let done = 0; done < texts.length; done += AT_ONCE)
        await Promise.all(
          texts.slice(done, done + AT_ONCE).map(async (text) => {
            const said = await kept(gateway(), text);
            expect(said).toEqual(Object.fromEntries(Object.keys(said).map((field) => [field, text])));
          }),
        );
      return gateway().processorTime() - before;
    };
    let times = Number.POSITIVE_INFINITY;
    for (let sample = 0; sample < MOST_SAMPLES && times >= FAR_BELOW; sample += 1) {
      const usual = await costOf(USUAL_TEXTS);
      const [cost] = await Promise.all([costOf(TEXTS), gateway().bystander.isServed()]);
      times = Math.min(times, cost / usual);
    }
    expectWithinBound(times, 'times what other texts cost');
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
