import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compileContract, compileEncodedContract } from '../../src/soap/contract.ts';
import { readEncodedWsdl } from '../../src/soap/read-encoded-wsdl.ts';
import { readWsdl } from '../../src/soap/read-wsdl.ts';
import { ENCODED_LIMITS, NO_RULES, RPC_WSDL, WSDL } from './clm.ts';

/** Of the contract as it was published. Clients hold stubs of it: only documentation may be added. */
const PUBLISHED = 'b9e284bc1181e5d423d5acbc755f03186e604232f9123fc2f0641e5506a4a362';

const DOCUMENTATION = /\n *<wsdl:documentation>([^<]*)<\/wsdl:documentation>/g;

describe('the published WSDL for rpc/encoded', () => {
  test('is, but for its documentation, the one that clients have stubs of', () => {
    const bare = RPC_WSDL.replace(DOCUMENTATION, '');
    expect(bare).not.toContain('documentation');
    expect(createHash('sha256').update(bare).digest('hex')).toBe(PUBLISHED);
  });

  test('says of the service, the portType and every operation what it is for', () => {
    expect(RPC_WSDL.match(DOCUMENTATION)).toHaveLength(13 + 2);
  });

  test('is given out with the address of whoever asks', async () => {
    const contract = await compileEncodedContract(
      RPC_WSDL,
      await compileContract(WSDL, NO_RULES),
      NO_RULES,
      ENCODED_LIMITS,
    );
    const text = contract.wsdl('http://h:1/a?b="<&');
    expect(text).not.toContain('@LOCATION@');
    expect(text).toContain('location="http://h:1/a?b=&quot;&lt;&amp;"');
  });
});

describe('reading it', () => {
  test('gives each operation the parameters and the types that the document/literal WSDL gives it', async () => {
    const [literal, encoded] = [await readWsdl(WSDL), await readEncodedWsdl(RPC_WSDL)];
    expect(encoded.targetNamespace).toBe('http://clm.cisco.com');
    expect(encoded.operations).toHaveLength(literal.operations.length);
    const ids = encoded.operations.find(({ name }) => name === 'deleteAsyncOperationJobRecords')?.parameters
      .members[1];
    expect(ids).toEqual({
      name: 'job_ids',
      type: {
        kind: 'array',
        name: 'ArrayOfString',
        itemName: 'item',
        item: { kind: 'simple', name: 'string' },
      },
      nillable: false,
      optional: false,
    });
  });

  test.each([
    ['an operation less', /<wsdl:operation name="logout"[\s\S]*?<\/wsdl:operation>/g, '', 'logout'],
    [
      'a parameter of another name',
      '<wsdl:part name="job_ids"',
      '<wsdl:part name="jobIds"',
      'deleteAsyncOperationJobRecords',
    ],
    [
      'a parameter of another type',
      'name="idle_timeout" type="xsd:int"',
      'name="idle_timeout" type="xsd:long"',
      'login',
    ],
    [
      'members in another order',
      /(<xsd:element name="offset" .*>)\n(.*<xsd:element name="max" .*>)/,
      '$2\n$1',
      'listPersistentIDStatus, listPersistentIDStatusByGroup',
    ],
    [
      'an array of something else',
      'wsdl:arrayType="tns:IDStatusItem[]"',
      'wsdl:arrayType="xsd:string[]"',
      'deleteAsyncOperationJobRecords',
    ],
  ])('refuses %s: both bindings are one interface', async (_what, from, to, differing) => {
    const changed = RPC_WSDL.replace(from, to);
    expect(changed).not.toBe(RPC_WSDL);
    await expect(
      compileEncodedContract(changed, await compileContract(WSDL, NO_RULES), NO_RULES, ENCODED_LIMITS),
    ).rejects.toThrow(`the WSDLs differ in ${differing}`);
  });

  test.each([
    [
      'another style',
      'soap:binding style="rpc"',
      'soap:binding style="document"',
      'only rpc/encoded bindings are read',
    ],
    [
      'an array of two dimensions',
      'wsdl:arrayType="xsd:int[]"',
      'wsdl:arrayType="xsd:int[,]"',
      'ArrayOfInt: of derived types only arrays of one dimension are read',
    ],
    [
      'another derived type',
      'base="soapenc:Array"',
      'base="soapenc:Struct"',
      'of derived types only arrays of one dimension are read',
    ],
    [
      'a simple type that the codec does not have',
      'name="port" type="xsd:int"',
      'name="port" type="xsd:decimal"',
      'login.port: xsd:decimal is not supported',
    ],
  ])('refuses %s', async (_what, from, to, message) => {
    expect(RPC_WSDL).toContain(from);
    await expect(readEncodedWsdl(RPC_WSDL.replace(from, to))).rejects.toThrow(message);
  });
});
