import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { operationsOf } from '../conformance/room-operations.ts';
import { cheapAccount } from '../support/cheap-account.ts';
import { forEachEngine } from '../support/engines.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { CALLBACK } from './access/callback-routes.ts';
import { CLM } from './access/clm-routes.ts';
import { PROTRAK } from './access/protrak-routes.ts';
import { PYRAMID } from './access/pyramid-routes.ts';
import { type Answer, type Flaw, type Outcome, type RoomRoutes, type Scene, SECRET } from './access/route.ts';
import { lookAt, makeScene, openSession } from './access/scene.ts';
import { SIGN_INS } from './access/sign-ins.ts';
import { STARFISH } from './access/starfish-routes.ts';
import { WEB3 } from './access/web3-routes.ts';

const ROOMS: Readonly<Record<string, RoomRoutes>> = {
  callback: CALLBACK,
  clm: CLM,
  pyramid: PYRAMID,
  protrak: PROTRAK,
  web3: WEB3,
  starfish: STARFISH,
};

/** In each room a way to read ann's job. */
const READING = [
  ['clm', CLM.routes['getAsyncOperationJobRecords']],
  ['web3', WEB3.routes['getJob']],
  ['starfish', STARFISH.routes['Results']],
  ['pyramid', PYRAMID.routes['getTaskData']],
  ['protrak', PROTRAK.routes['getAsyncJob']],
] as const;

const ACCOUNTS = {
  ann: cheapAccount('ann', 'anns password'),
  bob: cheapAccount('bob', 'bobs password'),
  root: cheapAccount('root', 'roots password', 'admin'),
};

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  let store: Store;
  let origin: string;
  let expired: string;
  /** What nobody may do anything to can be shared. */
  let untouched: Scene;

  beforeAll(async () => {
    const url = await engine.url();
    store = await engine.openStore(url);
    for (const account of Object.values(ACCOUNTS)) await store.accounts.insert(account);
    expired = await openSession(store, ACCOUNTS.ann, { expired: true });
    // Its worker runs what is begun here; ann's jobs are only stored, so it leaves them alone.
    ({ origin } = await nodes.serve(url));
    untouched = await makeScene(store, origin, false);
  });

  test.each(DIALECTS)('every operation of $name has a row', async (dialect) => {
    const { routes = {}, open = [] } = ROOMS[dialect.name] ?? {};
    const operations = await operationsOf(dialect, store);
    expect([...Object.keys(routes), ...open].sort()).toEqual([...operations].sort());
  });

  describe.each(Object.entries(ROOMS))('%s', (_room, { routes, refusal }) => {
    describe.each(Object.entries(routes))(
      '%s',
      (operation, { send, ended = false, stranger, administrator }) => {
        test('is refused with a token that is no good, and nothing is done', async () => {
          const before = await lookAtAll(untouched);
          const tokens: Record<Flaw, string | null> = {
            missing: null,
            malformed: 'no token: "é" <&>',
            unknown: 'A'.repeat(43),
            expired,
          };
          for (const [flaw, token] of Object.entries(tokens) as [Flaw, string | null][]) {
            const answer = await send(untouched, token);
            const { challenge = null, ...outcome } = refusal(flaw, operation);
            expectOutcome(answer, outcome, untouched, flaw);
            expect(answer.text).not.toContain(SECRET);
            expect(answer.headers.get('www-authenticate')).toBe(challenge);
          }
          expect(await lookAtAll(untouched)).toEqual(before);
        });

        test("by another user does nothing to somebody's job, and says nothing of it", async () => {
          const scene = await makeScene(store, origin, ended);
          const before = await lookAt(store, scene);
          const token = await openSession(store, ACCOUNTS.bob);
          const answer = await send(scene, token);
          expectOutcome(answer, stranger, scene);
          expect(answer.text).not.toContain(SECRET);
          if (stranger.asIfNone) {
            const nothing = { ...scene, jobId: randomUUID(), group: randomUUID() };
            expect(masked(answer, scene)).toEqual(masked(await send(nothing, token), nothing));
          }
          expect(await lookAt(store, scene)).toEqual(before);
        });

        test('by an administrator reaches everything', async () => {
          const scene = await makeScene(store, origin, ended);
          expectOutcome(await send(scene, await openSession(store, ACCOUNTS.root)), administrator, scene);
        });
      },
    );
  });

  describe.each(Object.entries(SIGN_INS))('a token from %s', (_name, signIn) => {
    test.each(READING)('is accepted by %s', async (_room, route) => {
      const scene = await makeScene(store, origin, false);
      const token = await signIn(origin, 'ann', 'anns password');
      const answer = await route?.send(scene, token);
      expect({ status: answer?.status, shows: answer && shows(answer, scene) }).toEqual({
        status: 200,
        shows: true,
      });
    });
  });

  test("a second CLM log-in ends that user's first one, in every room, and no other session", async () => {
    const scene = await makeScene(store, origin, false);
    const { clm, starfish, pyramid } = SIGN_INS;
    const first = await clm(origin, 'root', 'roots password');
    const kept = [
      await starfish(origin, 'root', 'roots password'),
      await pyramid(origin, 'root', 'roots password'),
      await clm(origin, 'ann', 'anns password'),
    ];
    kept.push(await clm(origin, 'root', 'roots password'));
    for (const [room, route] of READING) {
      const answers = await Promise.all([first, ...kept].map((token) => route?.send(scene, token)));
      const seen = answers.map((answer) => answer && shows(answer, scene));
      expect({ room, seen }).toEqual({ room, seen: [false, true, true, true, true] });
    }
  });

  /** Also what was made new. */
  async function lookAtAll(scene: Scene) {
    const all = await store.jobs.page({}, 'oldest', { skip: 0, take: 0 });
    const schedules = await store.schedules.search(
      { value: '', match: 'contains' },
      { skip: 0, take: 1_000 },
    );
    return { ...(await lookAt(store, scene)), jobs: all.total, schedules };
  }
});

function expectOutcome(answer: Answer, expected: Outcome, scene: Scene, about = ''): void {
  const { status, text } = answer;
  expect({ about, status, text }).toEqual({
    about,
    status: expected.status,
    text: expect.stringMatching(expected.text ?? /(?:)/),
  });
  if (expected.shows !== undefined)
    expect({ about, shows: shows(answer, scene) }).toEqual({ about, shows: expected.shows });
}

/** An answer without what it repeats of its request. */
function masked({ status, text }: Answer, { jobId, group }: Scene) {
  return { status, text: text.replaceAll(jobId, 'JOB').replaceAll(group, 'GROUP') };
}

/** Starfish names a run, the others name jobs. */
function shows({ text }: Answer, { jobId, group }: Scene): boolean {
  return text.includes(jobId) || text.includes(group);
}
