import { describe, test } from 'vitest';
import { element, envelope } from '../e2e/clm-client.ts';
import { expectRepelled } from './attack.ts';
import type { HttpRequest } from './attack-cost.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';
import { CALLBACK, CLM, type DocumentRoom, PROTRAK, PYRAMID, STARFISH_JSON, WEB3_JSON } from './rooms.ts';
import { LIST } from './usual-requests.ts';

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
    const page = `<id>a</id><pageinfo>${element('offset', number)}<max>5</max></pageinfo>`;
    const token = `<token>${element('token', gateway().token)}</token>`;
    await expectRepelled(gateway(), {
      request: CLM.send(gateway(), envelope('listPersistentIDStatus', token + page)),
      // Minus one is a number, and no offset.
      answer: number === '-1' ? { statuses: [200], text: /<errorCode>30</ } : CLM.refusal('xsd:int'),
      usual: CLM.usual,
    });
  });

  test.each(NUMBERS)('in a request of Web3, %s is refused', async (number) => {
    for (const member of [`"JobType":${number}`, `"Status":${number}`]) {
      const body = `{"JobType":3,"Status":0,${member}}`.replace(/"(JobType|Status)":\d,(?=.*"\1")/, '');
      await expectRepelled(gateway(), {
        request: WEB3_JSON.send(gateway(), body),
        answer: WEB3_JSON.refusal(''),
        usual: WEB3_JSON.usual,
      });
    }
  });

  test.each([...NUMBERS, ...NO_NUMBERS.filter(Boolean)])(
    'in a query of Web3, %j is refused',
    async (number) => {
      for (const name of ['skip', 'take', 'wait']) {
        const path = `/web3/topicmaps/a/jobs?${name}=${encodeURIComponent(number)}`;
        const isSkip = name === 'skip' && !['2147483648', '9007199254740993', '1e21'].includes(number);
        await expectRepelled(gateway(), {
          request: { method: 'GET', path, headers: { Authorization: `Bearer ${gateway().token}` } },
          // Those that a list has not are none of its business; those that it has are read, or refused.
          answer: { statuses: isSkip ? [400] : [200, 400], text: /^/ },
          usual: LIST,
        });
      }
    },
  );

  test.each(NUMBERS.slice(0, 7))('in a request of Starfish, %s is refused', async (number) => {
    for (const member of ['beginAtRow', 'threadCount']) {
      await expectRepelled(gateway(), {
        request: STARFISH_JSON.send(gateway(), STARFISH_JSON.wrap(`"${member}":${number}`)),
        answer: STARFISH_JSON.refusal(member),
        usual: STARFISH_JSON.usual,
      });
    }
  });

  describe('in the arguments of Protrak', () => {
    test.each(['9007199254740993', '1e400', `1${'0'.repeat(400)}`])(
      '%s is refused, since it could not be kept',
      async (number) => {
        const info = `"programExecutionInfo":{"programName":"walk","arguments":[${number}]}`;
        await expectRepelled(gateway(), {
          request: PROTRAK.send(gateway(), `{"type":"ExecuteCommonProgram",${info}}`),
          answer: PROTRAK.refusal('cannot be kept exactly'),
          usual: PROTRAK.usual,
        });
      },
    );
  });

  test.each(['"\\ud800"', '"\\udc00\\ud800"', '"a\\u0000b"'])(
    '%s is no name of anything, in any room',
    async (text) => {
      const requests: readonly [DocumentRoom, HttpRequest][] = [
        [
          STARFISH_JSON,
          STARFISH_JSON.send(gateway(), `{"runID":${text},"projectID":"sample","jobID":"first"}`),
        ],
        [
          WEB3_JSON,
          WEB3_JSON.send(gateway(), `{"JobType":3,"Status":0,"Parameters":${text.replace(/"$/, '=a"')}}`),
        ],
        [
          PROTRAK,
          PROTRAK.send(
            gateway(),
            `{"type":"ExecuteCommonProgram","programExecutionInfo":{"programName":${text}}}`,
          ),
        ],
        [
          PYRAMID,
          {
            path: '/API3/tasks/createSchedule',
            headers: { paToken: gateway().token },
            body: `{"name":${text},"program":"walk"}`,
          },
        ],
      ];
      for (const [room, request] of requests) {
        // Protrak makes a job of any program's name: one that fails, since there is none.
        const isFine = room === PROTRAK && !text.includes('\\ud');
        await expectRepelled(gateway(), {
          request,
          answer: isFine ? { statuses: [201], text: /^/ } : room.refusal(''),
          usual: room.usual,
        });
      }
    },
  );

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a member called %s is one like any other',
    async (name) => {
      for (const room of [WEB3_JSON, STARFISH_JSON, PROTRAK]) {
        await expectRepelled(gateway(), {
          request: room.send(gateway(), room.wrap(`"${name}":{"isAdmin":true,"status":3}`)),
          answer: { statuses: [200, 201], text: /^/ },
          usual: room.usual,
        });
      }
      await expectRepelled(gateway(), {
        request: CALLBACK.send(gateway(), `{"${name}":1}`),
        answer: CALLBACK.refusal(`there is no member \\\\"${name}\\\\"`),
        usual: CALLBACK.usual,
      });
    },
  );
}
