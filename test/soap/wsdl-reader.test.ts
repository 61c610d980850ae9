import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const READER = new URL('../../src/soap/wsdl-reader.js', import.meta.url).href;
const HERE = fileURLToPath(import.meta.url);

/** In a process of its own: what others have loaded is of no account there. */
const PROGRAM = `
  import { createRequire } from 'node:module';
  const require = createRequire(${JSON.stringify(HERE)});
  const loaded = (name) => Object.keys(require.cache).some((path) => path.includes('/' + name + '/'));
  const { WSDL } = await import(${JSON.stringify(READER)});
  const alone = { parser: loaded('sax'), client: loaded('axios') };
  const soap = await import('soap');
  const whole = { client: typeof new soap.HttpClient().request, reader: typeof soap.WSDL, same: soap.WSDL === WSDL };
  console.log(JSON.stringify({ alone, whole }));
`;

test("a WSDL is read without the package's HTTP client, which whoever asks for the package still gets", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  });
  expect(JSON.parse(stdout)).toEqual({
    alone: { parser: true, client: false },
    whole: { client: 'function', reader: 'function', same: false },
  });
});
