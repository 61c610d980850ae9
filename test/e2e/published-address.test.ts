import { beforeAll, describe, expect, test } from 'vitest';
import { type JobgateNode, jobgateNodes } from '../support/jobgate-node.ts';
import { rawExchange } from '../support/raw-exchange.ts';
import { CLM_PATH } from './clm-client.ts';

const FORWARDED = {
  'X-Forwarded-For': '203.0.113.7',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'licences.example.com',
};

describe('the WSDL names the address', () => {
  const nodes = jobgateNodes();
  let exposed: JobgateNode;
  let proxied: JobgateNode;

  beforeAll(async () => {
    const trusting = { JOBGATE_TRUSTED_PROXIES: '127.0.0.0/8' };
    [exposed, proxied] = await Promise.all([
      nodes.serve('sqlite::memory:', {}, '--no-worker'),
      nodes.serve('sqlite::memory:', trusting, '--no-worker'),
    ]);
  });

  /** Asks for the WSDL and answers the addresses in it. */
  const addresses = async (node: JobgateNode, headers: Record<string, string>, query = 'wsdl') => {
    const fields = Object.entries({ Connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const request = `GET ${CLM_PATH}?${query} HTTP/1.1\r\n${fields.join('')}\r\n`;
    const { statusLine, body } = await rawExchange(node.port, Buffer.from(request));
    expect(statusLine).toBe('HTTP/1.1 200 OK');
    return [...body.toString().matchAll(/<soap(?:12)?:address location="([^"]*)"/g)].map(
      ([, location]) => location,
    );
  };
  const both = (origin: string) => [`${origin}${CLM_PATH}`, `${origin}${CLM_PATH}`];

  test('that the client called, however it spells the query', async () => {
    const headers = { Host: 'gateway.example.net:8080' };
    for (const query of ['wsdl', 'WSDL', 'wsdl=']) {
      expect(await addresses(exposed, headers, query)).toEqual(both('http://gateway.example.net:8080'));
    }
  });

  test('that the proxy was called by, when the proxy is trusted', async () => {
    const headers = { Host: 'internal:8080', ...FORWARDED };
    expect(await addresses(proxied, headers)).toEqual(both('https://licences.example.com'));
  });

  test('that the client called, when anybody could have written what a proxy writes', async () => {
    const headers = { Host: 'gateway.example.net', ...FORWARDED };
    expect(await addresses(exposed, headers)).toEqual(both('http://gateway.example.net'));
  });

  test('of the connection, when Host is nothing that a host could be', async () => {
    expect(await addresses(exposed, { Host: '"><script>' })).toEqual(both(exposed.origin));
  });
});
