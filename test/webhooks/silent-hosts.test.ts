import { describe, expect, test } from 'vitest';
import { SilentHosts } from '../../src/webhooks/silent-hosts.ts';

const MINUTE = 60_000;

/** How many attempts may begin at once. */
function free(hosts: SilentHosts, host: string, now: number): number {
  let count = 0;
  while (count < 10 && hosts.begin(host, now)) count += 1;
  for (let n = 0; n < count; n += 1) hosts.ended(host, true, now - MINUTE);
  return count;
}

describe('a receiver', () => {
  test('may have any number of attempts while it answers', () => {
    const hosts = new SilentHosts();
    for (let n = 0; n < 50; n += 1) expect(hosts.begin('a', 0)).toBe(true);
  });

  test('may have two at once after a silence, and others are not touched by it', () => {
    const hosts = new SilentHosts();
    hosts.begin('a', 0);
    hosts.ended('a', true, 0);
    expect(free(hosts, 'a', 1)).toBe(2);
    expect(free(hosts, 'b', 1)).toBe(10);
  });

  test('is trusted again after an answer', () => {
    const hosts = new SilentHosts();
    hosts.begin('a', 0);
    hosts.begin('a', 0);
    hosts.ended('a', true, 0);
    hosts.ended('a', false, 1);
    expect(free(hosts, 'a', 2)).toBe(10);
  });

  test('is trusted again five minutes after its last silence', () => {
    const hosts = new SilentHosts();
    hosts.begin('a', 0);
    hosts.ended('a', true, 0);
    expect(free(hosts, 'a', 5 * MINUTE)).toBe(10);
  });
});
