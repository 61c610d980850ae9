import { textKey } from '../../src/storage/text-key.ts';
import type { TestEngine } from '../support/engines.ts';

const DIGITS = `(${Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS n`).join(' UNION ALL ')})`;

/**
 * Puts 10^`magnitude` records into a new group of an otherwise empty store, past the store's own
 * statements, which would take half a minute for a million. Their targets are `t0`, `t1`, ….
 */
export async function fillGroup(
  engine: TestEngine,
  url: string,
  group: string,
  magnitude: number,
): Promise<void> {
  await engine.query(
    url,
    `INSERT INTO job_groups (id, name_key, name) VALUES (1, '${textKey(group)}', '${group}')`,
  );
  const places = Array.from({ length: magnitude }, (_, place) => place);
  const number = places.map((place) => `d${place}.n * ${10 ** (magnitude - 1 - place)}`).join(' + ');
  const position = `SELECT ${number} AS k FROM ${places.map((place) => `${DIGITS} d${place}`).join(' CROSS JOIN ')}`;
  const target = engine.name === 'mysql' ? "CONCAT('t', k)" : "'t' || k";
  await engine.query(
    url,
    `INSERT INTO records (group_id, group_pos, job_id, job_pos, target, error_code, error_message, username, created)
     SELECT 1, k, 'filled', k, ${target}, 0, NULL, 'admin', 1700000000000 FROM (${position}) positions ORDER BY k`,
  );
}
