import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { expect, test } from 'vitest';

const schema = createRequire(import.meta.url)('../../../src/catalogue.schema.json');

test('the published schema is a valid JSON schema, without words that its draft does not know', () => {
  const ajv = new Ajv({ strict: true, allErrors: true });
  expect(ajv.validateSchema(schema)).toBe(true);
  expect(() => ajv.compile(schema)).not.toThrow();
});

/** After a change of the schema, `npx vitest run --config test/vitest.config.ts dist/test/config -u` makes it anew. */
test('the validator is the one that ajv makes of the schema', async () => {
  const ajv = new Ajv({ allErrors: true, code: { source: true, lines: true } });
  const code = standalone.default(ajv, ajv.compile(schema));
  await expect(
    `// Made of catalogue.schema.json by test/config/validator.test.ts; not to be edited.\n${code}`,
  ).toMatchFileSnapshot('../../../src/catalogue.validator.cjs');
});
