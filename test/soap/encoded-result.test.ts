import { describe, expect, test } from 'vitest';
import { compileContract, compileEncodedContract } from '../../src/soap/contract.ts';
import type { ResultEncoder } from '../../src/soap/encode-result.ts';
import { SOAP_1_1 } from '../../src/soap/soap-version.ts';
import { ENCODED_LIMITS, NO_RULES, RPC_WSDL, WSDL } from './clm.ts';

const contract = await compileEncodedContract(
  RPC_WSDL,
  await compileContract(WSDL, NO_RULES),
  NO_RULES,
  ENCODED_LIMITS,
);

function encode(operation: string, result: unknown): ReturnType<ResultEncoder> {
  return contract.operations.get(operation)?.encodeResult(SOAP_1_1, result) ?? 'no such operation';
}

async function textOf(body: ReturnType<ResultEncoder>): Promise<string> {
  if (typeof body === 'string' || body instanceof Uint8Array) throw new Error('not streamed');
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}

const BEFORE =
  '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"><soap:Body>';
const AFTER = '</soap:Body></soap:Envelope>';

function answer(operation: string, result: string): string {
  const open = `<ns1:${operation}Response xmlns:ns1="http://clm.cisco.com" soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">`;
  return `${BEFORE}${open}${result}</ns1:${operation}Response>${AFTER}`;
}

const ITEM = { id: 'a', errorCode: 20, errorMessage: null };
const ENCODED_ITEM =
  '<item xsi:type="ns1:IDStatusItem"><id xsi:type="xsd:string">a</id><errorCode xsi:type="xsd:int">20</errorCode><errorMessage xsi:type="xsd:string" xsi:nil="true"/></item>';
const removed = (items: unknown) => ({ errorCode: 0, errorMessage: '<', items });
const encodedRemoved = (count: number, items: string) =>
  answer(
    'deleteAsyncOperationJobRecords',
    `<deleteAsyncOperationJobRecordsResult xsi:type="ns1:IDStatus"><errorCode xsi:type="xsd:int">0</errorCode><errorMessage xsi:type="xsd:string">&lt;</errorMessage><items xsi:type="soapenc:Array" soapenc:arrayType="ns1:IDStatusItem[${count}]">${items}</items></deleteAsyncOperationJobRecordsResult>`,
  );

describe('an rpc/encoded result', () => {
  test('says every type, and how many items an array has', () => {
    expect(encode('deleteAsyncOperationJobRecords', removed([ITEM, ITEM]))).toBe(
      encodedRemoved(2, ENCODED_ITEM + ENCODED_ITEM),
    );
  });

  test('has empty arrays of no items', () => {
    expect(encode('deleteAsyncOperationJobRecords', removed([]))).toBe(encodedRemoved(0, ''));
  });

  test('that is text', () => {
    expect(encode('asyncExecuteProgram', '<&\r')).toBe(
      answer(
        'asyncExecuteProgram',
        '<asyncExecuteProgramResult xsi:type="xsd:string">&lt;&amp;&#xD;</asyncExecuteProgramResult>',
      ),
    );
  });

  test('that is null is nil, not left out', () => {
    expect(encode('getAsyncOperationJobRecords', null)).toBe(
      answer(
        'getAsyncOperationJobRecords',
        '<getAsyncOperationJobRecordsResult xsi:type="ns1:ClmJob" xsi:nil="true"/>',
      ),
    );
  });

  test('has arrays of simple types', () => {
    const status = {
      errorCode: 0,
      errorMessage: null,
      overallPercentage: 50,
      targetIds: ['a', 'b'],
      progress: [0, 100],
    };
    expect(encode('getAsyncOperationStatus', status)).toContain(
      '<targetIds xsi:type="soapenc:Array" soapenc:arrayType="xsd:string[2]"><item xsi:type="xsd:string">a</item><item xsi:type="xsd:string">b</item></targetIds>' +
        '<progress xsi:type="soapenc:Array" soapenc:arrayType="xsd:int[2]"><item xsi:type="xsd:int">0</item><item xsi:type="xsd:int">100</item></progress>',
    );
  });

  test('with null for an array is refused: no array is ever null', () => {
    expect(() => encode('deleteAsyncOperationJobRecords', removed(null))).toThrow(
      'IDStatus.items: expected ArrayOfIDStatusItem, got null',
    );
  });
});

describe('an array that comes in batches', () => {
  const counted = (count: number, ...batches: unknown[][]) => ({
    count,
    async *[Symbol.asyncIterator]() {
      yield* batches;
    },
  });

  test('is written as the same bytes as one that is all there', async () => {
    const streamed = encode('deleteAsyncOperationJobRecords', removed(counted(3, [ITEM], [], [ITEM, ITEM])));
    expect(await textOf(streamed)).toBe(
      encode('deleteAsyncOperationJobRecords', removed([ITEM, ITEM, ITEM])),
    );
  });

  test.each([
    ['within a batch', counted(2, [ITEM], [ITEM, ITEM])],
    ['behind the last', counted(2, [ITEM, ITEM], [ITEM])],
  ])('ends where it was said to end, %s: what follows came later', async (_where, items) => {
    const streamed = encode('deleteAsyncOperationJobRecords', removed(items));
    expect(await textOf(streamed)).toBe(encodedRemoved(2, ENCODED_ITEM + ENCODED_ITEM));
  });

  test('may have none', async () => {
    const streamed = encode('deleteAsyncOperationJobRecords', removed(counted(0, [ITEM])));
    expect(await textOf(streamed)).toBe(encodedRemoved(0, ''));
  });

  test('with fewer items than was said fails its reader: the answer is not to look whole', async () => {
    const streamed = encode('deleteAsyncOperationJobRecords', removed(counted(3, [ITEM])));
    await expect(textOf(streamed)).rejects.toThrow('2 of 3 counted items are gone');
  });

  test('that does not say how many come is refused', () => {
    const { [Symbol.asyncIterator]: iterate } = counted(0);
    expect(() =>
      encode('deleteAsyncOperationJobRecords', removed({ [Symbol.asyncIterator]: iterate })),
    ).toThrow('IDStatus.items: a streamed array that does not say how many items come');
  });
});
