import { expect, test } from 'vitest';
import { HoleMaps } from '../../src/storage/hole-maps.ts';
import { MYSQL } from '../../src/storage/mysql-dialect.ts';
import type { Sql } from '../../src/storage/sql.ts';

/** A database whose answers come when the test gives them. */
class SlowSql implements Sql {
  readonly dialect = MYSQL;
  readonly answers: ((rows: unknown[]) => void)[] = [];

  rows<Row>(): Promise<Row[]> {
    return new Promise((resolve) => this.answers.push(resolve as (rows: unknown[]) => void));
  }

  change(): Promise<never> {
    throw new Error('nothing is to be changed');
  }
}

test('an answer that comes late takes no later holes from the map', async () => {
  const sql = new SlowSql();
  const maps = new HoleMaps(sql);
  const first = maps.get(1, 1);
  sql.answers[0]?.([{ bucket_start: 0, holes: 10, version: 1 }]);
  await first;
  const earlier = maps.get(1, 2);
  const later = maps.get(1, 3);
  sql.answers[2]?.([{ bucket_start: 0, holes: 30, version: 3 }]);
  const map = await later;
  sql.answers[1]?.([{ bucket_start: 0, holes: 20, version: 2 }]);
  await earlier;
  // 226 records in the first 256 positions.
  expect(map.locate(226)).toEqual({ position: 256, skip: 0 });
});
