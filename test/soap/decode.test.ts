import { describe, expect, test } from 'vitest';
import { compileContract } from '../../src/soap/contract.ts';
import { InvalidValue } from '../../src/soap/invalid-value.ts';
import type { ReadingRules } from '../../src/soap/reading-rules.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { LIMITS, NO_RULES, WSDL } from './clm.ts';

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** The parameters of an operation whose element has this content. */
async function decode(operation: string, content: string, rules: ReadingRules = NO_RULES): Promise<unknown> {
  const contract = await compileContract(WSDL, rules);
  const reader = new XmlReader(`<${operation} ${XSI}>${content}</${operation}>`, LIMITS);
  reader.read();
  return contract.operations.get(operation)?.decode(reader);
}

async function problemOf(
  operation: string,
  content: string,
  rules: ReadingRules = NO_RULES,
): Promise<string> {
  try {
    await decode(operation, content, rules);
  } catch (error) {
    if (error instanceof InvalidValue) return error.message;
    throw error;
  }
  return 'none';
}

const TOKEN = '<token><token>t</token><username/><timeout>1</timeout><sslEnabled>1</sslEnabled></token>';
const TOKEN_VALUE = { token: 't', username: '', timeout: 1, sslEnabled: true };
const LOGIN =
  '<user>u</user><password>p</password><server_host>h</server_host><port>1</port><idle_timeout>2</idle_timeout>';

describe('what is read', () => {
  test('parameters by name, each of its type', async () => {
    expect(await decode('login', `${LOGIN}<eula><accepted>true</accepted></eula>`)).toEqual({
      user: 'u',
      password: 'p',
      server_host: 'h',
      port: 1,
      idle_timeout: 2,
      eula: { accepted: true },
    });
  });

  test('children in any order, in any namespace, with white space and comments between them', async () => {
    const content = ` <!-- x --> <x:job_id xmlns:x="urn:x">j</x:job_id>\n<token xmlns="urn:y"><sslEnabled>true</sslEnabled>
      <timeout>1</timeout><token>t</token><username></username></token> `;
    expect(await decode('killAsyncOperation', content)).toEqual({ token: TOKEN_VALUE, job_id: 'j' });
  });

  test('arrays, their strings as they came', async () => {
    const content = `${TOKEN}<job_ids><item>a</item> <item/><item> b </item></job_ids>`;
    expect(await decode('deleteAsyncOperationJobRecords', content)).toEqual({
      token: TOKEN_VALUE,
      job_ids: ['a', '', ' b '],
    });
  });

  test.each(['', '<job_ids/>', '<job_ids xsi:nil="true"/>', '<job_ids xsi:nil=" 1 "></job_ids>'])(
    'an array that comes as %j is empty',
    async (jobIds) => {
      expect(await decode('deleteAsyncOperationJobRecords', TOKEN + jobIds)).toEqual({
        token: TOKEN_VALUE,
        job_ids: [],
      });
    },
  );

  test.each(['', '<eula xsi:nil="true"/>', '<eula xsi:nil="1"> <!-- x --> </eula>'])(
    'a nillable value that comes as %j is null',
    async (eula) => {
      expect(await decode('login', LOGIN + eula)).toHaveProperty('eula', null);
    },
  );

  test.each(['', '<include_all_user xsi:nil="true"/>'])(
    'a boolean that comes as %j is false',
    async (flag) => {
      expect(await decode('listAllAsyncOperationJobRecords', TOKEN + flag)).toHaveProperty(
        'include_all_user',
        false,
      );
    },
  );

  test('xsi:nil that is false says nothing', async () => {
    expect(await decode('login', LOGIN.replace('<port>', '<port xsi:nil="0">'))).toHaveProperty('port', 1);
  });

  test('xsi:type and other attributes say nothing: the contract knows the types', async () => {
    const job = '<job_id xsi:type="xsd:int" id="1" href="#x">2</job_id>';
    expect(await decode('killAsyncOperation', TOKEN + job)).toHaveProperty('job_id', '2');
  });

  test('an array member called like a property of every object is no such property', async () => {
    expect(await problemOf('killAsyncOperation', '<constructor/>')).toContain(
      '/constructor: an unknown element',
    );
    expect(await problemOf('killAsyncOperation', '<__proto__/>')).toContain('/__proto__: an unknown element');
  });
});

describe('what is refused, and where', () => {
  test.each([
    [
      'a wrong value',
      'listPersistentIDStatus',
      `${TOKEN}<id>i</id><pageinfo><offset>0</offset><max>12abc</max></pageinfo>`,
      '/listPersistentIDStatus/pageinfo/max: expected xsd:int, got "12abc"',
    ],
    [
      'an empty value',
      'listPersistentIDStatus',
      `${TOKEN}<id>i</id><pageinfo><offset/><max>1</max></pageinfo>`,
      '/listPersistentIDStatus/pageinfo/offset: expected xsd:int, got ""',
    ],
    [
      'a long wrong value',
      'login',
      LOGIN.replace('<port>1', `<port>${'x'.repeat(99)}\n`),
      `/login/port: expected xsd:int, got "${'x'.repeat(40)}"…`,
    ],
    [
      'a missing value',
      'killAsyncOperation',
      TOKEN,
      '/killAsyncOperation/job_id: expected xsd:string, the element is missing',
    ],
    [
      'a missing object',
      'killAsyncOperation',
      '<job_id/>',
      '/killAsyncOperation/token: expected UserToken, the element is missing',
    ],
    [
      'a missing value inside',
      'killAsyncOperation',
      '<job_id/><token><token/><sslEnabled>1</sslEnabled></token>',
      '/killAsyncOperation/token/timeout: expected xsd:int, the element is missing',
    ],
    [
      'nil where there must be a value',
      'killAsyncOperation',
      `${TOKEN}<job_id xsi:nil="true"/>`,
      '/killAsyncOperation/job_id: expected xsd:string, the element is nil',
    ],
    [
      'nil with text in it',
      'login',
      `${LOGIN}<eula xsi:nil="true">x</eula>`,
      '/login/eula: xsi:nil is true, but there is the text "x"',
    ],
    [
      'nil with an element in it',
      'login',
      `${LOGIN}<eula xsi:nil="true"><accepted/></eula>`,
      '/login/eula: expected nothing in an element with xsi:nil, got the element "accepted"',
    ],
    [
      'xsi:nil that is no boolean',
      'login',
      `${LOGIN}<eula xsi:nil="yes"/>`,
      '/login/eula: expected xsd:boolean in xsi:nil, got "yes"',
    ],
    [
      'an unknown element',
      'killAsyncOperation',
      `${TOKEN}<jobId/>`,
      '/killAsyncOperation/jobId: an unknown element; expected elements of killAsyncOperation',
    ],
    [
      'an element twice',
      'killAsyncOperation',
      `${TOKEN}<job_id/><job_id/>`,
      '/killAsyncOperation/job_id: the element stands there twice',
    ],
    [
      'an element twice, once nil',
      'login',
      `${LOGIN}<eula xsi:nil="1"/><eula xsi:nil="1"/>`,
      '/login/eula: the element stands there twice',
    ],
    [
      'text between elements',
      'killAsyncOperation',
      `${TOKEN} text <job_id/>`,
      '/killAsyncOperation: expected elements of killAsyncOperation, got the text "text"',
    ],
    [
      'an element in a value',
      'killAsyncOperation',
      `${TOKEN}<job_id>a<b/></job_id>`,
      '/killAsyncOperation/job_id: expected xsd:string, got the element "b"',
    ],
    [
      'a wrong name in an array',
      'deleteAsyncOperationJobRecords',
      `${TOKEN}<job_ids><item/><string/></job_ids>`,
      '/deleteAsyncOperationJobRecords/job_ids/string: an unknown element; expected elements item of ArrayOfString',
    ],
    [
      'nil in an array',
      'deleteAsyncOperationJobRecords',
      `${TOKEN}<job_ids><item/><item xsi:nil="true"/></job_ids>`,
      '/deleteAsyncOperationJobRecords/job_ids/item[2]: expected xsd:string, the element is nil',
    ],
    [
      'an element in an array’s value',
      'deleteAsyncOperationJobRecords',
      `${TOKEN}<job_ids><item><a/></item></job_ids>`,
      '/deleteAsyncOperationJobRecords/job_ids/item[1]: expected xsd:string, got the element "a"',
    ],
    [
      'a day that the month does not have',
      'addPersistentIDStatus',
      `${TOKEN}<pidStatus><jobId/><id/><errorCode>0</errorCode><created>2011-02-29T00:00:00Z</created></pidStatus>`,
      '/addPersistentIDStatus/pidStatus/created: expected xsd:dateTime, got "2011-02-29T00:00:00Z"',
    ],
  ])('%s', async (_what, operation, content, problem) => {
    expect(await problemOf(operation, content)).toBe(problem);
  });
});

describe('the rules of a system that reads more leniently', () => {
  const rules: ReadingRules = {
    missing: { 'login.port': 0, 'killAsyncOperation.job_id': '' },
    ignored: ['UserToken.username', 'UserToken.timeout', 'UserToken.sslEnabled', 'PersistentIDStatus.status'],
  };

  test('say what a missing value is', async () => {
    expect(await decode('login', LOGIN.replace('<port>1</port>', ''), rules)).toHaveProperty('port', 0);
  });

  test('say the same of one that is nil', async () => {
    const content = `${TOKEN}<job_id xsi:nil="true"/>`;
    expect(await decode('killAsyncOperation', content, rules)).toHaveProperty('job_id', '');
  });

  test('do not hide a wrong value', async () => {
    expect(await problemOf('login', LOGIN.replace('<port>1', '<port>x'), rules)).toContain(
      '/login/port: expected',
    );
  });

  test.each([
    '<token>t</token>',
    '<token>t</token><timeout>soon</timeout><username xsi:nil="true"/>',
    '<timeout><what/>ever</timeout><sslEnabled xsi:nil="?"/><token>t</token>',
  ])('make null of what is ignored, whatever is in it: %s', async (content) => {
    expect(await decode('logout', `<token>${content}</token>`, rules)).toEqual({
      token: { token: 't', username: null, timeout: null, sslEnabled: null },
    });
  });

  test('leave it an error to give an ignored element twice', async () => {
    const content = '<token><token>t</token><timeout/><timeout/></token>';
    expect(await problemOf('logout', content, rules)).toBe(
      '/logout/token/timeout: the element stands there twice',
    );
  });

  test('may be about nothing but what requests hold', async () => {
    const wrong: ReadingRules = {
      missing: { 'login.prot': 0 },
      ignored: ['UserToken.user', 'ClmJob.comment'],
    };
    await expect(compileContract(WSDL, wrong)).rejects.toThrow(
      'reading rules for what no request holds: login.prot, UserToken.user, ClmJob.comment',
    );
  });
});

test('a record half empty, as soap4r sends it, is read', async () => {
  const record =
    '<pidStatus><jobId>j</jobId><id>t</id><errorCode>0</errorCode><status><errorMessage/></status></pidStatus>';
  const rules: ReadingRules = { missing: {}, ignored: ['PersistentIDStatus.status'] };
  expect(await decode('addPersistentIDStatus', TOKEN + record, rules)).toHaveProperty('pidStatus', {
    recordId: null,
    jobId: 'j',
    jobGroup: null,
    id: 't',
    errorCode: 0,
    errorMessage: null,
    username: null,
    created: null,
    status: null,
  });
});
