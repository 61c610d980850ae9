import { describe, expect, test } from 'vitest';
import { ClmClient, element } from '../e2e/clm-client.ts';
import { ask } from './attack.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';
import { CLM, PROTRAK, STARFISH_JSON, WEB3_JSON } from './rooms.ts';

/** None is what a counter, a page or a row number can be. */
const NUMBERS = [
  '-1',
  '-0.5',
  '1.5',
  '1e400',
  '-1e400',
  '9007199254740993',
  '2147483648',
  '-2147483649',
  '1e21',
];
const NO_NUMBERS = [
  '',
  ' ',
  '0x10',
  '1_000',
  '١',
  '1e',
  '--1',
  'NaN',
  'Infinity',
  '1,5',
  '٣٤',
  '0b1',
  '1\u00a0',
];

/** Numbers at the edges of what a number can be, wherever one is asked for; texts and names that are none. */
export function numberAttacks(gateway: () => GatewayUnderAttack): void {
  test.each([...NUMBERS.slice(0, 7), ...NO_NUMBERS])('in a page of CLM, %j is refused', async (number) => {
    const { token } = gateway();
    const client = new ClmClient(`http://127.0.0.1:${gateway().port}`, token);
    const page = (offset: string, max: string) =>
      client.send(
        'listPersistentIDStatus',
        `${client.tokenElement}<id>a</id><pageinfo>${element('offset', offset)}${element('max', max)}</pageinfo>`,
      );
    const answer = await page(number, '5');
    // Minus one is a number, and no offset.
    if (number === '-1') expect(answer.body).toMatch(/<errorCode>30</);
    else
      expect([answer.status, answer.body]).toEqual([500, expect.stringMatching(CLM.refusal('xsd:int').text)]);
  });

  test.each(NUMBERS)('in a request of Web3, %s is refused', async (number) => {
    for (const member of [`"JobType":${number}`, `"Status":${number}`]) {
      const { path, headers = {} } = WEB3_JSON.send(gateway(), '');
      const body = `{"JobType":3,"Status":0,${member}}`.replace(/"(JobType|Status)":\d,(?=.*"\1")/, '');
      expect([body, (await ask(gateway(), { path, headers, body })).status]).toEqual([body, 400]);
    }
  });

  test.each([...NUMBERS, ...NO_NUMBERS.filter(Boolean)])(
    'in a query of Web3, %j is refused',
    async (number) => {
      for (const name of ['skip', 'take', 'wait']) {
        const path = `/web3/topicmaps/a/jobs?${name}=${encodeURIComponent(number)}`;
        const { status } = await ask(gateway(), {
          method: 'GET',
          path,
          headers: { Authorization: `Bearer ${gateway().token}` },
        });
        // Those that a list has not are none of its business; those that it has are read, or refused.
        expect([name, status]).toEqual([name, expect.toBeOneOf([200, 400])]);
        if (name === 'skip' && !['2147483648', '9007199254740993', '1e21'].includes(number))
          expect([number, status]).toEqual([number, 400]);
      }
    },
  );

  test.each(NUMBERS.slice(0, 7))('in a request of Starfish, %s is refused', async (number) => {
    for (const member of ['beginAtRow', 'threadCount']) {
      const request = STARFISH_JSON.send(gateway(), STARFISH_JSON.wrap(`"${member}":${number}`));
      expect([member, (await ask(gateway(), request)).status]).toEqual([member, 400]);
    }
  });

  describe('in the arguments of Protrak', () => {
    test.each(['9007199254740993', '1e400', `1${'0'.repeat(400)}`])(
      '%s is refused, since it could not be kept',
      async (number) => {
        const info = `"programExecutionInfo":{"programName":"walk","arguments":[${number}]}`;
        const answer = await ask(
          gateway(),
          PROTRAK.send(gateway(), `{"type":"ExecuteCommonProgram",${info}}`),
        );
        expect(answer).toMatchObject({
          status: 400,
          body: expect.stringContaining('cannot be kept exactly'),
        });
      },
    );
  });

  test.each(['"\\ud800"', '"\\udc00\\ud800"', '"a\\u0000b"'])(
    '%s is no name of anything, in any room',
    async (text) => {
      const requests = [
        STARFISH_JSON.send(gateway(), `{"runID":${text},"projectID":"sample","jobID":"first"}`),
        WEB3_JSON.send(gateway(), `{"JobType":3,"Status":0,"Parameters":${text.replace(/"$/, '=a"')}}`),
        PROTRAK.send(
          gateway(),
          `{"type":"ExecuteCommonProgram","programExecutionInfo":{"programName":${text}}}`,
        ),
        {
          path: '/API3/tasks/createSchedule',
          headers: { paToken: gateway().token },
          body: `{"name":${text},"program":"walk"}`,
        },
      ];
      for (const request of requests) {
        const { status } = await ask(gateway(), request);
        // Protrak makes a job of any program's name: one that fails, since there is none.
        const fine = request.path.startsWith('/protrak') && !text.includes('\\ud') ? 201 : 400;
        expect([request.path, status]).toEqual([request.path, fine]);
      }
    },
  );

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a member called %s is one like any other',
    async (name) => {
      for (const room of [WEB3_JSON, STARFISH_JSON, PROTRAK]) {
        const request = room.send(gateway(), room.wrap(`"${name}":{"isAdmin":true,"status":3}`));
        expect([room.name, (await ask(gateway(), request)).status]).toEqual([
          room.name,
          expect.toBeOneOf([200, 201]),
        ]);
      }
      const path = `/jobgate/callback/${gateway().callback.jobId}`;
      const headers = { Authorization: `Bearer ${gateway().callback.token}` };
      const answer = await ask(gateway(), { path, headers, body: `{"${name}":1}` });
      expect(answer).toMatchObject({
        status: 400,
        body: expect.stringContaining(`there is no member \\"${name}\\"`),
      });
      await gateway().bystander.isServed();
    },
  );
}
