import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { forEachEngine, type TestEngine } from '../support/engines.ts';
import { type GatewayInProcess, startGateway } from '../support/gateway-in-process.ts';
import type { RawResponse } from '../support/raw-exchange.ts';
import { canValidate, type NamedDocument, validateEnvelopes } from '../support/validate-envelopes.ts';
import { readDrawer } from './drawer.ts';
import { type DescribedExchange, OpenApiCheck } from './openapi-check.ts';
import { addAccount } from './prepare-store.ts';
import { operationsOf, operationsThatSucceeded } from './room-operations.ts';
import { runStep } from './run-step.ts';

const validates = canValidate();

/** The suite of one room: each has a file of its own, so that they run side by side. */
export function conformRoom(name: string): void {
  const dialect = DIALECTS.find((candidate) => candidate.name === name);
  if (!dialect) throw new Error(`there is no room ${name}`);
  forEachEngine((engine) => conform(engine, dialect));
}

function conform(engine: TestEngine, dialect: Dialect): void {
  const succeeded = new Set<string>();
  const envelopes: NamedDocument[] = [];
  const exchanges: DescribedExchange[] = [];

  for (const { name: shelf, setup, cases } of readDrawer(dialect.name)) {
    describe(shelf, () => {
      let gateway: GatewayInProcess;

      beforeAll(async () => {
        const url = await engine.url();
        const store = await engine.openStore(url);
        for (const account of setup.accounts) await addAccount(store, account);
        gateway = await startGateway(url, setup.settings ?? {}, { worker: setup.worker !== false });
        for (const statement of setup.statements ?? []) await engine.query(url, statement);
      });

      afterAll(async () => {
        const operations = await operationsThatSucceeded(gateway.origin, dialect.name);
        for (const operation of operations) succeeded.add(operation);
        await gateway.close();
      });

      for (const { name, steps } of cases) {
        test(name, async () => {
          const values = new Map<string, string>();
          for (const step of steps) {
            const response = await runStep(step, gateway.port, values);
            exchanges.push({ name: `${shelf}/${name}/${step.name}`, request: step.request, response });
            if (!isLiteralEnvelope(response)) continue;
            envelopes.push({ name: `${shelf}/${name}/${step.name}`, bytes: response.body });
          }
        });
      }
    });
  }

  test('every operation has a case in which it succeeds', async () => {
    const operations = await operationsOf(dialect, await engine.openStore());
    expect([...operations].filter((operation) => !succeeded.has(operation))).toEqual([]);
  });

  test.runIf(dialect.openapi)('every exchange is as the OpenAPI document says', () => {
    const check = new OpenApiCheck(DIALECTS.flatMap(({ openapi }) => openapi ?? []));
    expect(exchanges.length).toBeGreaterThan(0);
    expect(exchanges.flatMap((exchange) => check.problemsOf(exchange))).toEqual([]);
  });

  const wsdl = fileURLToPath(new URL(`../../../wsdl/${dialect.name}.wsdl`, import.meta.url));
  test.runIf(validates && existsSync(wsdl))('every answer is valid by its WSDL', async () => {
    expect(envelopes.length).toBeGreaterThan(0);
    expect(await validateEnvelopes(await readFile(wsdl, 'utf8'), envelopes)).toEqual([]);
  });
}

/** What is rpc/encoded has no schema that it could be valid by: its elements are named after the WSDL's parts. */
function isLiteralEnvelope({ body }: RawResponse): boolean {
  const start = body.toString('latin1', 0, 1_000);
  return /^(<\?xml[^>]*\?>)?<(\w+:)?Envelope[ >]/.test(start) && !/:encodingStyle="/.test(start);
}
