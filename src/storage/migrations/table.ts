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
