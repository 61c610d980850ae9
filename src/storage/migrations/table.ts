/** How each engine spells the types that the tables need. */
export interface ColumnTypes {
  /** A key that the engine counts up and never gives out twice. */
  readonly serial: string;
  readonly bigint: string;
  readonly integer: string;
  /** Characters x21–x7E, compared byte by byte. */
  ascii(length: number): string;
  /** At most `length` code points. */
  varchar(length: number): string;
  /** Up to 16 MiB and 4 GiB: what is long lies off the row's page and costs a listing nothing. */
  readonly mediumtext: string;
  readonly longtext: string;
  /** Bytes, up to 4 GiB. */
  readonly blob: string;
}

/** A table as both engines can make it. Written once, in a migration, and frozen there. */
export interface Table {
  readonly name: string;
  columns(types: ColumnTypes): readonly string[];
  readonly constraints?: readonly string[];
  /** Index names and their columns. */
  readonly indexes?: Readonly<Record<string, string>>;
  /** Rows lie in the order of the composite primary key (InnoDB always does this). */
  readonly clustered?: boolean;
}

const MYSQL_TYPES: ColumnTypes = {
  serial: 'BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY',
  bigint: 'BIGINT',
  integer: 'INT',
  ascii: (length) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`,
  varchar: (length) => `VARCHAR(${length})`,
  mediumtext: 'MEDIUMTEXT',
  longtext: 'LONGTEXT',
  blob: 'LONGBLOB',
};

const SQLITE_TYPES: ColumnTypes = {
  // AUTOINCREMENT, else SQLite would hand out the highest deleted key again.
  serial: 'INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT',
  bigint: 'INTEGER',
  integer: 'INTEGER',
  ascii: () => 'TEXT',
  varchar: () => 'TEXT',
  mediumtext: 'TEXT',
  longtext: 'TEXT',
  blob: 'BLOB',
};

/** One statement, since MySQL commits each DDL statement by itself; IF NOT EXISTS, since a crash may come right after it. */
export function createOnMysql(table: Table): string[] {
  const indexes = Object.entries(table.indexes ?? {}).map(([name, columns]) => `INDEX ${name} (${columns})`);
  const parts = [...table.columns(MYSQL_TYPES), ...(table.constraints ?? []), ...indexes];
  return [
    `CREATE TABLE IF NOT EXISTS ${table.name} (\n  ${parts.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  ];
}

export function createOnSqlite(table: Table): string[] {
  const parts = [...table.columns(SQLITE_TYPES), ...(table.constraints ?? [])];
  const indexes = Object.entries(table.indexes ?? {}).map(
    ([name, columns]) => `CREATE INDEX IF NOT EXISTS ${name} ON ${table.name} (${columns})`,
  );
  const options = table.clustered ? 'STRICT, WITHOUT ROWID' : 'STRICT';
  return [`CREATE TABLE IF NOT EXISTS ${table.name} (\n  ${parts.join(',\n  ')}\n) ${options}`, ...indexes];
}

/** What a later migration adds to a table. Columns are `name TYPE…`, each nullable or with a default. */
export interface Addition {
  readonly table: string;
  columns(types: ColumnTypes): readonly string[];
  readonly indexes?: Readonly<Record<string, string>>;
}

/**
 * One statement, which MySQL carries out as a whole or not at all. After a crash between it and the note that it was made, it
 * comes again and finds its columns there: the migrator takes that for done.
 */
export function addOnMysql({ table, columns, indexes = {} }: Addition): string[] {
  const parts = [
    ...columns(MYSQL_TYPES).map((column) => `ADD COLUMN ${column}`),
    ...Object.entries(indexes).map(([name, on]) => `ADD INDEX ${name} (${on})`),
  ];
  return [`ALTER TABLE ${table}\n  ${parts.join(',\n  ')}`];
}

export function addOnSqlite({ table, columns, indexes = {} }: Addition): string[] {
  return [
    ...columns(SQLITE_TYPES).map((column) => `ALTER TABLE ${table} ADD COLUMN ${column}`),
    ...Object.entries(indexes).map(([name, on]) => `CREATE INDEX IF NOT EXISTS ${name} ON ${table} (${on})`),
  ];
}

export function takeBackOnMysql({ table, columns, indexes = {} }: Addition): string[] {
  const parts = [
    ...Object.keys(indexes).map((name) => `DROP INDEX ${name}`),
    ...namesOf(columns(MYSQL_TYPES)).map((name) => `DROP COLUMN ${name}`),
  ];
  return [`ALTER TABLE ${table}\n  ${parts.join(',\n  ')}`];
}

export function takeBackOnSqlite({ table, columns, indexes = {} }: Addition): string[] {
  return [
    ...Object.keys(indexes).map((name) => `DROP INDEX IF EXISTS ${name}`),
    ...namesOf(columns(SQLITE_TYPES)).map((name) => `ALTER TABLE ${table} DROP COLUMN ${name}`),
  ];
}

function namesOf(columns: readonly string[]): string[] {
  return columns.map((column) => column.slice(0, column.indexOf(' ')));
}
