import type { CatalogueSchedule } from '../core/schedule-store.ts';
import type { Database } from './database.ts';
import { searchName } from './schedule-row.ts';
import type { Binding, Sql } from './sql.ts';
import { textKey } from './text-key.ts';

/** See ScheduleStore.syncCatalogue. Several nodes may do so at once: their changes come to the same. */
export function syncSchedules(database: Database, schedules: readonly CatalogueSchedule[]): Promise<void> {
  // In order of the ids, so that two nodes never wait for each other.
  const ordered = schedules.toSorted((a, b) => (a.schedule.id < b.schedule.id ? -1 : 1));
  return database.transaction(async (sql) => {
    for (const entry of ordered) await takeOver(sql, entry);
    const present = new Set(ordered.map(({ schedule }) => schedule.id));
    const stored = await sql.rows<{ id: string }>(
      'SELECT id FROM schedules WHERE definition IS NOT NULL AND removed_by IS NULL ORDER BY id',
    );
    for (const { id } of stored.filter((row) => !present.has(row.id))) {
      await sql.change(
        "UPDATE schedules SET removed_by = 'catalogue', next_run = NULL WHERE id = ? AND removed_by IS NULL",
        [id],
      );
    }
  });
}

async function takeOver(sql: Sql, { schedule, payload }: CatalogueSchedule): Promise<void> {
  const { id, cron, timeZone, nextRun } = schedule;
  const defined: Record<string, Binding> = {
    name: schedule.name,
    search_name: searchName(schedule.name),
    description: schedule.description,
    type: schedule.type,
    owner: schedule.owner,
    program: schedule.program,
    arguments: JSON.stringify(payload.arguments),
    parameters: JSON.stringify(payload.parameters),
    cron,
    time_zone: timeZone,
  };
  const columns = Object.keys(defined);
  const values = Object.values(defined);
  const definition = textKey(JSON.stringify(values));
  await sql.change(
    `INSERT INTO schedules (${columns.join(', ')}, id, state, definition, next_run, created)
     VALUES (${columns.map(() => '?').join(', ')}, ?, 'active', ?, ?, ?) ${sql.dialect.insertOrKeep('id')}`,
    [...values, id, definition, nextRun, schedule.created],
  );
  // MySQL's assignments see those before them: what depends on the old values comes first.
  await sql.change(
    `UPDATE schedules SET
       next_run = CASE
         WHEN state = 'active' AND (removed_by = 'catalogue'
           OR (removed_by IS NULL AND (COALESCE(cron, '') <> ? OR time_zone <> ?))) THEN ?
         ELSE next_run END,
       removed_by = CASE removed_by WHEN 'catalogue' THEN NULL ELSE removed_by END,
       ${columns.map((column) => `${column} = ?`).join(', ')}, definition = ?
     WHERE id = ? AND (definition <> ? OR removed_by = 'catalogue')`,
    [cron ?? '', timeZone, nextRun, ...values, definition, id, definition],
  );
}
