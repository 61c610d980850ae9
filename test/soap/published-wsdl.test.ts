import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compileContract } from '../../src/soap/contract.ts';
import { readWsdl } from '../../src/soap/read-wsdl.ts';
import { NO_RULES, WSDL } from './clm.ts';

/** Of the contract as it was published. Clients hold stubs of it: only documentation may be added. */
const PUBLISHED = '47076ef4538aa16844dfd2e7ef9ac93a107d1a121c6fa58baad33da2a16d2de2';

const DOCUMENTATION = /\n *<wsdl:documentation>([^<]*)<\/wsdl:documentation>/g;

describe('the published WSDL', () => {
  test('is, but for its documentation, the one that clients have stubs of', () => {
    const bare = WSDL.replace(DOCUMENTATION, '');
    expect(bare).not.toContain('documentation');
    expect(createHash('sha256').update(bare).digest('hex')).toBe(PUBLISHED);
  });

  test('says of the service, the portType and every operation what it is for', async () => {
    const { operations } = await readWsdl(WSDL);
    expect(operations).toHaveLength(13);
    for (const { name } of operations) {
      expect(WSDL).toMatch(new RegExp(`<wsdl:operation name="${name}">\n *<wsdl:documentation>[A-Z]`));
    }
    expect(WSDL.match(DOCUMENTATION)).toHaveLength(operations.length + 2);
  });

  test('is given out with the address of whoever asks, safely', async () => {
    const contract = await compileContract(WSDL, NO_RULES);
    const text = contract.wsdl('http://h:1/a?b="<&');
    expect(text).not.toContain('@LOCATION@');
    expect(text.match(/location="http:\/\/h:1\/a\?b=&quot;&lt;&amp;"/g)).toHaveLength(2);
  });
});

describe('reading a WSDL', () => {
  test('gives each operation its parameters and its result', async () => {
    const { targetNamespace, operations } = await readWsdl(WSDL);
    expect(targetNamespace).toBe('http://clm.cisco.com');
    const operation = operations.find(({ name }) => name === 'getAsyncOperationJobRecords');
    expect(operation?.parameters.members.map(({ name }) => name)).toEqual(['token', 'job_id']);
    expect(operation?.responseName).toBe('getAsyncOperationJobRecordsResponse');
    expect(operation?.result).toMatchObject({
      name: 'getAsyncOperationJobRecordsResult',
      optional: true,
      nillable: false,
      type: { kind: 'sequence', name: 'ClmJob' },
    });
    const comment = operations.find(({ name }) => name === 'setAsyncOperationJobComment')?.parameters
      .members[2];
    expect(comment).toEqual({
      name: 'comment',
      type: { kind: 'simple', name: 'string' },
      nillable: true,
      optional: false,
    });
  });

  test('makes an array of a type that is one element repeated', async () => {
    const { operations } = await readWsdl(WSDL);
    const ids = operations.find(({ name }) => name === 'deleteAsyncOperationJobRecords')?.parameters
      .members[1];
    expect(ids?.type).toEqual({
      kind: 'array',
      name: 'ArrayOfString',
      itemName: 'item',
      item: { kind: 'simple', name: 'string' },
    });
  });

  test.each([
    [
      'a simple type that the codec does not have',
      'name="max" type="xsd:int"',
      'name="max" type="xsd:decimal"',
      'Pagination.max: xsd:decimal is not supported',
    ],
    [
      'a type that is not there',
      'type="tns:EulaInfo"',
      'type="tns:Eula"',
      'login.eula: the WSDL has no complex type Eula',
    ],
    [
      'a choice',
      '<xsd:element name="accepted" type="xsd:boolean"/>',
      '<xsd:choice/>',
      'EulaInfo: only elements with a name and a type are read',
    ],
    [
      'an array among other members',
      'name="timeout" type="xsd:int"',
      'name="timeout" type="xsd:int" maxOccurs="5"',
      'UserToken.timeout: an array must be a type of its own',
    ],
    [
      'another style',
      'soap:binding style="document"',
      'soap:binding style="rpc"',
      'LicenseManagerSoapBinding: only document/literal bindings are read',
    ],
    [
      'unqualified elements',
      ' elementFormDefault="qualified"',
      '',
      'the WSDL must have one schema, with elementFormDefault="qualified"',
    ],
  ])('refuses %s', async (_what, from, to, message) => {
    expect(WSDL).toContain(from);
    await expect(readWsdl(WSDL.replace(from, to))).rejects.toThrow(message);
  });

  test('refuses what is no WSDL', async () => {
    await expect(readWsdl('<html/>')).rejects.toThrow();
    await expect(readWsdl('')).rejects.toThrow();
  });
});
