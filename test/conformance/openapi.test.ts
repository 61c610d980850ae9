import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { DIALECTS } from '../../src/dialects/index.ts';
import { openapiDocument } from '../../src/openapi.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { operationsOf } from './room-operations.ts';

const PARTS = DIALECTS.flatMap(({ openapi }) => openapi ?? []);

function operationIds(): Set<unknown> {
  const { paths } = openapiDocument(PARTS) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  return new Set(
    Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId)),
  );
}

/** Ids are unique in the whole document: those that another system might have too begin with the room's name. */
function idIn(room: string, operation: string): string {
  return room + operation.slice(0, 1).toUpperCase() + operation.slice(1);
}

describe('the OpenAPI document', () => {
  test('is valid by the specification 3.1', async () => {
    const { valid, errors } = await new Validator().validate({ ...openapiDocument(PARTS) });
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  test('has no reference that leads nowhere', () => {
    const document = openapiDocument(PARTS);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/(.*?)"/g)].map(
      (match) => match[1] ?? '',
    );
    const missing = references.filter((reference) => {
      let value: unknown = document;
      for (const key of reference.split('/')) {
        value = (value as Record<string, unknown> | undefined)?.[
          key.replaceAll('~1', '/').replaceAll('~0', '~')
        ];
      }
      return value === undefined;
    });
    expect(missing).toEqual([]);
  });

  test('describes every operation of the rooms that have a part in it', async () => {
    const store = await openStore({ url: 'sqlite::memory:' });
    const described = operationIds();
    for (const dialect of DIALECTS.filter(({ openapi }) => openapi)) {
      const missing = [...(await operationsOf(dialect, store))].filter(
        (name) => !described.has(name) && !described.has(idIn(dialect.name, name)),
      );
      expect({ room: dialect.name, missing }).toEqual({ room: dialect.name, missing: [] });
    }
    await store.close();
  });
});

describe('/openapi.json', () => {
  const nodes = jobgateNodes();

  test('is served to anybody, and names the address under which it was asked for', async () => {
    const { origin } = await nodes.serve('sqlite::memory:', {}, '--no-worker');
    const response = await fetch(`${origin}/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({
      ...JSON.parse(JSON.stringify(openapiDocument(PARTS))),
      servers: [{ url: origin }],
    });
  });

  test('takes nothing but GET', async () => {
    const { origin } = await nodes.serve('sqlite::memory:', {}, '--no-worker');
    const response = await fetch(`${origin}/openapi.json`, { method: 'POST' });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });
});
