import { describe, expect, test } from 'vitest';
import { compileContract, compileEncodedContract, type SoapContract } from '../../src/soap/contract.ts';
import type { ResultEncoder } from '../../src/soap/encode-result.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from '../../src/soap/soap-version.ts';
import { ENCODED_LIMITS, NO_RULES, RPC_WSDL, WSDL } from './clm.ts';

const contract: SoapContract = await compileContract(WSDL, NO_RULES);

function encode(
  operation: string,
  result: unknown,
  version: SoapVersion = SOAP_1_1,
): ReturnType<ResultEncoder> {
  return contract.operations.get(operation)?.encodeResult(version, result) ?? 'no such operation';
}

async function chunksOf(body: ReturnType<ResultEncoder>): Promise<string[]> {
  if (typeof body === 'string' || body instanceof Uint8Array) throw new Error('not streamed');
  const chunks: string[] = [];
  for await (const chunk of body) chunks.push(chunk.toString());
  return chunks;
}

async function* batches<T>(...all: T[][]): AsyncGenerator<T[]> {
  yield* all;
}

function record(id: string): Record<string, unknown> {
  return {
    recordId: '1',
    jobId: 'j',
    jobGroup: 'g',
    id,
    errorCode: 0,
    errorMessage: null,
    username: 'u',
    created: 1262401445678,
    status: null,
  };
}

function page(items: unknown): unknown {
  return {
    status: { errorCode: 0, errorMessage: null },
    pagination: { offset: 0, max: -1 },
    total: 3,
    items,
  };
}

const ENVELOPE =
  '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="NAMESPACE" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body>CONTENT</soap:Body></soap:Envelope>';

function inEnvelope(content: string, version: SoapVersion = SOAP_1_1): string {
  return ENVELOPE.replace('NAMESPACE', version.namespace).replace('CONTENT', content);
}

describe('a result', () => {
  test.each([SOAP_1_1, SOAP_1_2])('is written in the envelope of SOAP $name, byte for byte', (version) => {
    expect(encode('logout', { errorCode: 0, errorMessage: null }, version)).toBe(
      inEnvelope(
        '<logoutResponse xmlns="http://clm.cisco.com"><logoutResult><errorCode>0</errorCode><errorMessage xsi:nil="true"/></logoutResult></logoutResponse>',
        version,
      ),
    );
  });

  test('that is text is escaped', () => {
    expect(encode('asyncExecuteProgram', '<&\r\0')).toBe(
      inEnvelope(
        '<asyncExecuteProgramResponse xmlns="http://clm.cisco.com"><asyncExecuteProgramResult>&lt;&amp;&#xD;\uFFFD</asyncExecuteProgramResult></asyncExecuteProgramResponse>',
      ),
    );
  });

  test('that is null and optional is left out', () => {
    expect(encode('getAsyncOperationJobRecords', null)).toBe(
      inEnvelope(
        '<getAsyncOperationJobRecordsResponse xmlns="http://clm.cisco.com"></getAsyncOperationJobRecordsResponse>',
      ),
    );
  });

  test('has every array, also an empty one', () => {
    expect(encode('deleteAsyncOperationJobRecords', { errorCode: 0, errorMessage: '', items: [] })).toContain(
      '<errorCode>0</errorCode><errorMessage></errorMessage><items></items>',
    );
  });

  test('has its dates in UTC with milliseconds', () => {
    expect(encode('addPersistentIDStatus', record('t'))).toContain(
      '<created>2010-01-02T03:04:05.678Z</created>',
    );
  });

  test.each([
    [
      'null where there must be a value',
      'logout',
      null,
      'logoutResponse.logoutResult: expected Status, got null',
    ],
    [
      'a member of another type',
      'logout',
      { errorCode: '0', errorMessage: null },
      'Status.errorCode: expected xsd:int, got string',
    ],
    [
      'a number that is no int',
      'logout',
      { errorCode: 0.5, errorMessage: null },
      'Status.errorCode: expected xsd:int, got number',
    ],
    [
      'a forgotten member',
      'logout',
      { errorCode: 0 },
      'Status.errorMessage: expected xsd:string, got undefined',
    ],
    [
      'an object for an array',
      'deleteAsyncOperationJobRecords',
      { errorCode: 0, errorMessage: null, items: {} },
      'IDStatus.items: expected ArrayOfIDStatusItem, got object',
    ],
    [
      'text for an array',
      'deleteAsyncOperationJobRecords',
      { errorCode: 0, errorMessage: null, items: 'x' },
      'IDStatus.items: expected ArrayOfIDStatusItem, got string',
    ],
  ])('is refused with %s', (_what, operation, result, message) => {
    expect(() => encode(operation, result)).toThrow(message);
  });
});

describe('an array that comes in batches', () => {
  test('is written as the same bytes as one that is all there', async () => {
    const all = [record('a'), record('<b>'), record('c')];
    const streamed = await chunksOf(
      encode('listPersistentIDStatus', page(batches([all[0]], [], [all[1], all[2]]))),
    );
    expect(streamed.join('')).toBe(encode('listPersistentIDStatus', page(all)));
  });

  test('may be empty', async () => {
    const streamed = await chunksOf(encode('listPersistentIDStatus', page(batches())));
    expect(streamed.join('')).toBe(encode('listPersistentIDStatus', page([])));
  });

  test('goes out in pieces of moderate size, and is read no further than the reader asks', async () => {
    let batchesRead = 0;
    const endless = async function* (): AsyncGenerator<unknown[]> {
      for (;;) {
        batchesRead++;
        yield Array.from({ length: 100 }, (_, index) => record(`target ${index}`));
      }
    };
    const body = encode('listPersistentIDStatus', page(endless()));
    if (typeof body === 'string' || body instanceof Uint8Array) throw new Error('not streamed');
    let pieces = 0;
    for await (const piece of body) {
      expect(piece.length).toBeLessThan(40_000);
      expect(piece.length).toBeGreaterThan(30_000);
      if (++pieces === 20) break;
    }
    expect(batchesRead).toBeLessThan(30);
  });

  test('is closed when its reader stops early', async () => {
    let closed = false;
    const source = async function* (): AsyncGenerator<unknown[]> {
      try {
        for (;;) yield Array.from({ length: 1_000 }, () => record('t'));
      } finally {
        closed = true;
      }
    };
    const body = encode('listPersistentIDStatus', page(source()));
    if (typeof body === 'string' || body instanceof Uint8Array) throw new Error('not streamed');
    for await (const _ of body) break;
    expect(closed).toBe(true);
  });

  test('fails its reader when it fails', async () => {
    const failing = async function* (): AsyncGenerator<unknown[]> {
      yield [record('a')];
      throw new Error('the store is gone');
    };
    await expect(chunksOf(encode('listPersistentIDStatus', page(failing())))).rejects.toThrow(
      'the store is gone',
    );
  });
});

describe('a list whose items are frozen', () => {
  const page = (items: readonly unknown[]) => ({
    status: { errorCode: 0, errorMessage: null },
    pagination: { offset: 0, max: 3 },
    total: 3,
    items,
  });
  const frozen = (id: string) => Object.freeze(record(id));
  const list = (items: readonly unknown[]) => encode('listPersistentIDStatusByGroup', page(items));

  test('is written as any other', () => {
    const items = [record('a'), record('é & 🚀'), record('c')];
    const kept = items.map((item) => Object.freeze({ ...item }));
    expect(Buffer.from(list(kept) as Uint8Array).toString()).toBe(list(items));
  });

  test('is written the same again from what is kept', () => {
    const kept = [frozen('a'), frozen('b')];
    expect(list(kept)).toEqual(list(kept));
  });

  test('has each item’s text made once', () => {
    let asked = 0;
    const item = Object.freeze(
      Object.defineProperty(record('a'), 'id', { enumerable: true, get: () => `asked ${++asked} times` }),
    );
    list([item]);
    list([item]);
    expect(asked).toBe(1);
  });

  test('may have others among them, which are written anew', () => {
    const changing = record('b');
    const items = [frozen('a'), changing];
    list(items);
    changing['id'] = 'changed';
    expect(Buffer.from(list(items) as Uint8Array).toString()).toContain('<id>changed</id>');
  });

  test('of one binding is not taken for the other’s', async () => {
    const encoded = await compileEncodedContract(
      RPC_WSDL,
      await compileContract(WSDL, NO_RULES),
      NO_RULES,
      ENCODED_LIMITS,
    );
    const kept = [frozen('a')];
    list(kept);
    const answer = encoded.operations
      .get('listPersistentIDStatusByGroup')
      ?.encodeResult(SOAP_1_1, page(kept));
    expect(Buffer.from(answer as Uint8Array).toString()).toContain('<id xsi:type="xsd:string">a</id>');
  });
});
