import { describe, expect, test } from 'vitest';
import { processorTime } from '../support/processor-time.ts';
import { NAMESPACE, SOAP_1_2 } from './clm.ts';
import { bodyFaultOf, encodedEnvelope, faultOf, parametersOf } from './encoded-service.ts';

const TOKEN = '<token><token>t</token></token>';
const LOGOUT = { token: { token: 't', username: null, timeout: null, sslEnabled: null } };

const page = (content: string) => `<c:listPersistentIDStatus>${TOKEN}${content}</c:listPersistentIDStatus>`;
const PAGE = { ...LOGOUT, id: 'j', pageinfo: { offset: 0, max: 5 } };

describe('what the operation is', () => {
  test.each([
    ['alone', `<c:logout>${TOKEN}</c:logout>`],
    ['without a namespace, as clients without WSDL send it', `<logout>${TOKEN}</logout>`],
    [
      'before what it refers to',
      `<c:logout><token href="#a"/></c:logout><multiRef id="a" enc:root="0"><token>t</token></multiRef>`,
    ],
    [
      'behind what it refers to',
      `<multiRef id="a" enc:root="0"><token>t</token></multiRef><c:logout><token href="#a"/></c:logout>`,
    ],
    [
      'among elements of .NET, which have ids and no mark',
      `<c:UserToken id="a"><token>t</token></c:UserToken><c:logout><token href="#a"/></c:logout>`,
    ],
    [
      'with an id of its own',
      `<c:logout id="o1"><token href="#a"/></c:logout><x id="a" enc:root="0"><token>t</token></x>`,
    ],
    [
      'with an id, behind others that have one',
      `<c:UserToken id="a"><token>t</token></c:UserToken><c:logout id="o1"><token href="#a"/></c:logout>`,
    ],
    [
      'marked as the root',
      `<c:UserToken id="a"><token>t</token></c:UserToken><c:logout id="o" enc:root="1"><token href="#a"/></c:logout>`,
    ],
    [
      'with what is referred to among its parameters',
      `<c:logout><multiRef id="a"><token>t</token></multiRef><token href="#a"/></c:logout>`,
    ],
    [
      'with the same, marked',
      `<c:logout><token href="#a"/><c:UserToken id="a" enc:root="0"><token>t</token></c:UserToken></c:logout>`,
    ],
    [
      'with what nobody refers to beside it',
      `<c:logout>${TOKEN}</c:logout><multiRef id="z" enc:root="0"><what/>ever</multiRef>`,
    ],
  ])('%s', async (_what, body) => {
    expect(await parametersOf(body)).toEqual(LOGOUT);
  });

  test.each([
    [
      'of another namespace',
      `<logout xmlns="urn:x">${TOKEN}</logout>`,
      `/Envelope/Body/logout: there is no operation "{urn:x}logout"; they are in the namespace ${NAMESPACE}`,
    ],
    ['that there is not', '<c:format/>', '/Envelope/Body/format: there is no operation'],
    [
      'called like a property of every object',
      '<c:constructor/>',
      '/Envelope/Body/constructor: there is no operation',
    ],
    [
      'and another one',
      `<c:logout>${TOKEN}</c:logout><c:logout>${TOKEN}</c:logout>`,
      '/Envelope/Body/logout: a second element in the Body',
    ],
    [
      'that is missing among the rest',
      '<multiRef id="a" enc:root="0"/>',
      '/Envelope/Body: no operation in the Body',
    ],
    ['that is missing', ' ', '/Envelope/Body: the Body is empty'],
    ['that is text', 'logout', '/Envelope/Body: expected an operation, got the text "logout"'],
  ])('%s is refused', async (_what, body, problem) => {
    expect(await bodyFaultOf(body)).toContain(`500 Client: ${problem}`);
  });

  test('in an envelope of SOAP 1.2 is a mismatch of versions, answered in 1.1', async () => {
    expect(await faultOf(`<e:Envelope xmlns:e="${SOAP_1_2}"><e:Body/></e:Envelope>`)).toMatch(
      /^500 VersionMismatch: the envelope's namespace is ".*"; expected http:\/\/schemas.xmlsoap.org\/soap\/envelope\/$/,
    );
  });
});

describe('references', () => {
  test.each([
    [
      'to numbers, as Axis sends them',
      `${page('<id>j</id><pageinfo href="#p"/>')}<multiRef id="p" enc:root="0" xsi:type="c:Pagination"><offset href="#o"/><max href="#m"/></multiRef><multiRef id="o" enc:root="0" xsi:type="xsd:int">0</multiRef><multiRef id="m" enc:root="0" xsi:type="xsd:int"> 5 </multiRef>`,
    ],
    [
      'to texts',
      `${page('<id href="#i"/><pageinfo><offset>0</offset><max>5</max></pageinfo>')}<multiRef id="i">j</multiRef>`,
    ],
    [
      'to what has an id where it stands, as PHP sends it',
      page('<id id="ref1">j</id><pageinfo><offset id="ref2">0</offset><max>5</max></pageinfo>'),
    ],
    [
      'to references',
      `${page('<id href="#i"/><pageinfo><offset>0</offset><max>5</max></pageinfo>')}<r id="i" href="#k"/><r id="k" href="#l"/><r id="l">j</r>`,
    ],
  ])('%s', async (_what, body) => {
    expect(await parametersOf(body)).toEqual(PAGE);
  });

  test('to one element from many places, each with a copy of its own', async () => {
    const args = await parametersOf(
      '<c:asyncExecuteProgram><token href="#t"/><jobGroup href="#s"/><programName href="#s"/><targetIds><a href="#s"/><b href="#s"/></targetIds><arguments href="#l"/></c:asyncExecuteProgram>' +
        '<multiRef id="t"><token href="#s"/></multiRef><multiRef id="s">x</multiRef><multiRef id="l"><i href="#s"/></multiRef>',
    );
    expect(args).toEqual({
      token: { token: 'x', username: null, timeout: null, sslEnabled: null },
      jobGroup: 'x',
      programName: 'x',
      targetIds: ['x', 'x'],
      arguments: ['x'],
    });
  });

  test('to a boolean', async () => {
    expect(
      await parametersOf(
        `<c:listAllAsyncOperationJobRecords>${TOKEN}<include_all_user href="#b"/></c:listAllAsyncOperationJobRecords><multiRef id="b" enc:root="0" xsi:type="xsd:boolean">1</multiRef>`,
      ),
    ).toHaveProperty('include_all_user', true);
  });

  const logout = (rest: string) => `<c:logout><token href="#a"/></c:logout>${rest}`;
  test.each([
    ['to nothing', logout(''), '/Envelope/Body/logout/token: there is no element with the id "a"'],
    [
      'to nothing in what is ignored',
      `<c:logout><token><token>t</token><timeout href="#a"/></token></c:logout>`,
      '/Envelope/Body/logout/token/timeout: there is no element with the id "a"',
    ],
    [
      'to another document',
      '<c:logout><token href="http://127.0.0.1/x.xml"/></c:logout>',
      '/Envelope/Body/logout/token: a reference to "http://127.0.0.1/x.xml"; only elements of the message (#id) can be referred to',
    ],
    [
      'to an attachment',
      '<c:logout><token href="cid:1"/></c:logout>',
      '/Envelope/Body/logout/token: a reference to "cid:1"',
    ],
    [
      'to themselves',
      logout('<m id="a" href="#a"/>'),
      '/Envelope/Body/logout/token: a reference that leads back to where it stands',
    ],
    [
      'in a circle',
      logout('<m id="a" href="#b"/><m id="b" href="#a"/>'),
      '/Envelope/Body/logout/token: a reference that leads back to where it stands',
    ],
    [
      'to what they are part of',
      logout('<m id="a"><username href="#a"/></m>'),
      '/Envelope/Body/logout/token/username: a reference that leads back to where it stands',
    ],
    [
      'to the operation',
      '<c:logout id="a"><token href="#a"/></c:logout>',
      '/Envelope/Body/logout/token: a reference that leads back to where it stands',
    ],
    [
      'with a content beside',
      '<c:logout><token href="#a">x</token></c:logout><m id="a"/>',
      '/Envelope/Body/logout/token: both a reference and a content',
    ],
    ['to one of two', logout('<m id="a"/><m id="a"/>'), '/Envelope/Body/m: the id "a" stands there twice'],
    [
      'to one of two, the other well hidden',
      `${logout('<m id="a"><token>t</token></m>')}<m id="z"><x><y id="a"/></x></m>`,
      '/Envelope/Body/m/x/y: the id "a" stands there twice',
    ],
    [
      'over too many steps',
      logout(
        Array.from({ length: 70 }, (_, i) => `<m id="${i === 0 ? 'a' : `a${i}`}" href="#a${i + 1}"/>`).join(
          '',
        ),
      ),
      '/Envelope/Body/logout/token: more than 64 levels of elements and references',
    ],
    [
      'that lead to a wrong value, which is named where it was wanted',
      `${page('<id>j</id><pageinfo href="#p"/>')}<multiRef id="p"><offset href="#o"/><max>1</max></multiRef><multiRef id="o">12abc</multiRef>`,
      '/Envelope/Body/listPersistentIDStatus/pageinfo/offset: expected xsd:int, got "12abc"',
    ],
  ])('%s are refused', async (_what, body, problem) => {
    expect(await bodyFaultOf(body)).toContain(`500 Client: ${problem}`);
  });

  test('do not make much of little: elements', async () => {
    const lists = `<c:asyncExecuteProgram>${TOKEN}<jobGroup/><programName/><targetIds href="#l"/><arguments href="#l"/></c:asyncExecuteProgram>`;
    const list = (length: number) => `<m id="l">${'<i/>'.repeat(length)}</m>`;
    expect(await parametersOf(lists + list(4_900))).toHaveProperty('arguments.length', 4_900);
    expect(await bodyFaultOf(lists + list(6_000))).toContain(
      'more than 10000 elements, once references are followed',
    );
  });

  test('do not make much of little: texts', async () => {
    const body = (count: number) =>
      `<c:deleteAsyncOperationJobRecords>${TOKEN}<job_ids>${'<i href="#s"/>'.repeat(count)}</job_ids></c:deleteAsyncOperationJobRecords><m id="s">${'x'.repeat(1_000)}</m>`;
    expect(await parametersOf(body(99))).toHaveProperty('job_ids.length', 99);
    expect(await bodyFaultOf(body(101))).toBe(
      '500 Client: /Envelope/Body/deleteAsyncOperationJobRecords/job_ids/i[100]: more than 100000 characters of text, once references are followed',
    );
  });

  test('do not double at every step: a billion from thirty elements', async () => {
    const doubling = Array.from(
      { length: 30 },
      (_, i) => `<m id="d${i}"><x href="#d${i + 1}"/><x href="#d${i + 1}"/></m>`,
    );
    const body = `<c:logout><token><token>t</token><timeout href="#d0"/></token></c:logout>${doubling.join('')}<m id="d30">x</m>`;
    const taken = await processorTime(async () =>
      expect(await bodyFaultOf(body)).toContain('elements, once references are followed'),
    );
    expect(taken).toBeLessThan(2_000);
  });
});

describe('parameters', () => {
  const tokenAs = (name: string) => `<${name}><token>t</token></${name}>`;
  const numbered = (names: [string, string, string]) =>
    `<c:listPersistentIDStatus>${tokenAs(names[0])}<${names[1]}>j</${names[1]}><${names[2]}><offset>0</offset><max>5</max></${names[2]}></c:listPersistentIDStatus>`;

  test.each<[string, string, string]>([
    ['in0', 'in1', 'in2'],
    ['arg0', 'arg1', 'arg2'],
    ['c-gensym3', 'c-gensym5', 'c-gensym7'],
    ['UserToken', 'string', 'Pagination'],
    ['v', 'v', 'v'],
  ])('called %s, %s, %s are taken in order', async (...names) => {
    expect(await parametersOf(numbered(names))).toEqual(PAGE);
  });

  test('by name come in any order', async () => {
    expect(
      await parametersOf(
        `<c:listPersistentIDStatus><pageinfo><max>5</max><offset>0</offset></pageinfo><id>j</id>${TOKEN}</c:listPersistentIDStatus>`,
      ),
    ).toEqual(PAGE);
  });

  test.each([
    [
      'one of another name beside known ones',
      `<c:killAsyncOperation>${TOKEN}<in1>j</in1></c:killAsyncOperation>`,
      '/Envelope/Body/killAsyncOperation/in1: an unknown element; expected elements of killAsyncOperation',
    ],
    [
      'one too many, in order',
      `<c:logout>${tokenAs('in0')}<in1/></c:logout>`,
      '/Envelope/Body/logout/in1: an unknown element; expected elements of logout',
    ],
    [
      'one too few, in order',
      `<c:killAsyncOperation>${tokenAs('in0')}</c:killAsyncOperation>`,
      '/Envelope/Body/killAsyncOperation/job_id: expected xsd:string, the element is missing',
    ],
    [
      'a wrong value, in order',
      `<c:login><in0>u</in0><in1>p</in1><in2>h</in2><in3>x</in3></c:login>`,
      '/Envelope/Body/login/port: expected xsd:int, got "x"',
    ],
    [
      'one twice',
      `<c:killAsyncOperation>${TOKEN}<job_id/><job_id/></c:killAsyncOperation>`,
      '/Envelope/Body/killAsyncOperation/job_id: the element stands there twice',
    ],
    [
      'nil where there must be a value, whatever rpc says',
      `<c:killAsyncOperation>${TOKEN}<job_id xsi:nil="true"/></c:killAsyncOperation>`,
      '/Envelope/Body/killAsyncOperation/job_id: expected xsd:string, the element is nil',
    ],
  ])('%s is refused', async (_what, body, problem) => {
    expect(await bodyFaultOf(body)).toBe(`500 Client: ${problem}`);
  });
});

describe('types', () => {
  const comment = (element: string) =>
    `<c:setAsyncOperationJobComment>${TOKEN}<job_id>j</job_id>${element}</c:setAsyncOperationJobComment>`;

  test.each([
    ['<comment xsi:type="xsd:int">2</comment>', '2'],
    ['<comment xsi:type="enc:string">x</comment>', 'x'],
    ['<comment xsi1999:type="xsd:date">x</comment>', 'x'],
    ['<comment xsi2000:type="nonsense">x</comment>', 'x'],
    ['<comment xsi:type="xsd:base64Binary">xb5sdcWl</comment>', 'žluť'],
    ['<comment xsi:type="enc:base64"> xb5s\n dcWl </comment>', 'žluť'],
    ['<comment xsi1999:type="xsd:base64"></comment>', ''],
    ['<comment xsi:nil="true"/>', null],
    ['<comment xsi:nil=" 1 "></comment>', null],
    ['<comment xsi1999:null="1"/>', null],
    ['<comment xsi2000:null="true" xsi2000:type="xsd:string"/>', null],
    ['<comment xsi:nil="0">x</comment>', 'x'],
    ['<comment href="#n"/><multiRef id="n" xsi:nil="1"/>', null],
    ['<comment/>', ''],
    ['<comment> <!-- x --> </comment>', '  '],
    ['<comment enc:root="1">x</comment>', 'x'],
  ])('%s is what the contract says', async (element, value) => {
    expect(await parametersOf(comment(element))).toHaveProperty('comment', value);
  });

  test.each([
    [
      '<comment xsi:type="xsd:base64Binary">žluť</comment>',
      'expected text of UTF-8 in base64, as its xsi:type says',
    ],
    [
      '<comment xsi:type="xsd:base64Binary">/w==</comment>',
      'expected text of UTF-8 in base64, as its xsi:type says',
    ],
    ['<comment xsi:nil="yes"/>', 'expected xsd:boolean in xsi:nil, got "yes"'],
    ['<comment xsi1999:null="1">x</comment>', 'xsi:nil is true, but there is the text "x"'],
    ['<comment><b/></comment>', 'expected xsd:string, got the element "b"'],
  ])('%s is refused', async (element, problem) => {
    expect(await bodyFaultOf(comment(element))).toBe(
      `500 Client: /Envelope/Body/setAsyncOperationJobComment/comment: ${problem}`,
    );
  });

  test('text between elements is refused', async () => {
    expect(await bodyFaultOf(`<c:logout>x${TOKEN}</c:logout>`)).toBe(
      '500 Client: /Envelope/Body/logout: expected elements of logout, got the text "x"',
    );
  });
});

describe('arrays', () => {
  const remove = (array: string) =>
    `<c:deleteAsyncOperationJobRecords>${TOKEN}${array}</c:deleteAsyncOperationJobRecords>`;

  test.each([
    [
      '<job_ids enc:arrayType="xsd:string[2]" xsi:type="enc:Array"><item>a</item><item>b</item></job_ids>',
      ['a', 'b'],
    ],
    ['<job_ids><job_ids>a</job_ids><job_ids>b</job_ids></job_ids>', ['a', 'b']],
    ['<job_ids><enc:string>a</enc:string><Item>b</Item><x>c</x></job_ids>', ['a', 'b', 'c']],
    ['<job_ids enc:arrayType="xsd:anyType[]"><i>a</i></job_ids>', ['a']],
    ['<job_ids enc:arrayType="xsd:string[3]"><i>a</i></job_ids>', ['a']],
    ['<job_ids enc:arrayType="xsd:string[0]"><i>a</i></job_ids>', ['a']],
    ['<job_ids enc:arrayType="xsd:string[999999999999]"/>', []],
    ['<job_ids enc:arrayType="what?"><i>a</i></job_ids>', ['a']],
    [
      '<job_ids enc:offset="[0]"><i enc:position="[0]">a</i><i enc:position="[1]">b</i></job_ids>',
      ['a', 'b'],
    ],
    [
      '<job_ids href="#l"/><multiRef id="l" enc:arrayType="xsd:string[1]"><i href="#s"/></multiRef><multiRef id="s">a</multiRef>',
      ['a'],
    ],
    ['<job_ids/>', []],
    ['<job_ids xsi:nil="true"/>', []],
    ['', []],
  ])('%s', async (array, ids) => {
    expect(await parametersOf(remove(array))).toHaveProperty('job_ids', ids);
  });

  test.each([
    [
      '<job_ids enc:arrayType="xsd:string[2,2]"><i/></job_ids>',
      'job_ids: an array of more than one dimension is not accepted',
    ],
    [
      '<job_ids enc:arrayType="xsd:string[,]"/>',
      'job_ids: an array of more than one dimension is not accepted',
    ],
    [
      '<job_ids enc:offset="[2]"><i/></job_ids>',
      'job_ids: an array that begins elsewhere than at its first item (offset "[2]") is not accepted',
    ],
    [
      '<job_ids enc:offset="x"><i/></job_ids>',
      'job_ids: an array that begins elsewhere than at its first item (offset "x") is not accepted',
    ],
    [
      '<job_ids><i enc:position="[0]">a</i><i enc:position="[7]">b</i></job_ids>',
      'job_ids/i[2]: a sparse array is not accepted: expected the position [1], got "[7]"',
    ],
    ['<job_ids><i/><i xsi:nil="true"/></job_ids>', 'job_ids/i[2]: expected xsd:string, the element is nil'],
    [
      '<job_ids enc:arrayType="xsd:string[][1]"><i><j>a</j></i></job_ids>',
      'job_ids/i[1]: expected xsd:string, got the element "j"',
    ],
    ['<job_ids>a, b</job_ids>', 'job_ids: expected items of ArrayOfString, got the text "a, b"'],
  ])('%s is refused', async (array, problem) => {
    expect(await bodyFaultOf(remove(array))).toBe(
      `500 Client: /Envelope/Body/deleteAsyncOperationJobRecords/${problem}`,
    );
  });
});

describe('the encoding style', () => {
  const ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';
  const body = (on: string) => `<c:logout ${on}>${TOKEN}</c:logout>`;

  test.each([
    '',
    `e:encodingStyle="${ENCODING}"`,
    `e:encodingStyle=" urn:mine ${ENCODING}more "`,
    'e:encodingStyle=""',
  ])('%j is accepted', async (style) => {
    expect(await bodyFaultOf(body(style))).toBe('none');
    expect(await faultOf(encodedEnvelope(body(''), ` ${style}`))).toBe('none');
  });

  test('of the operation counts for more than that of the envelope', async () => {
    const document = encodedEnvelope(body(`e:encodingStyle="${ENCODING}"`), ' e:encodingStyle="urn:x"');
    expect(await faultOf(document)).toBe('none');
  });

  test.each([
    ['on the operation', encodedEnvelope(body('e:encodingStyle="urn:x"')), '/Envelope/Body/logout'],
    ['on the envelope', encodedEnvelope(body(''), ' e:encodingStyle="urn:x"'), '/Envelope/Body/logout'],
    [
      'on a parameter',
      encodedEnvelope(body('').replace('<token>', '<token e:encodingStyle="urn:x">')),
      '/Envelope/Body/logout/token',
    ],
  ])('that is another one is refused %s', async (_where, document, path) => {
    expect(await faultOf(document)).toBe(
      `500 Client.DataEncodingUnknown: ${path}: the encoding style "urn:x" is unknown; expected ${ENCODING}`,
    );
  });
});
