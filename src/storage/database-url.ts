/** Where the store is. */
export type DatabaseLocation =
  | { readonly engine: 'sqlite'; readonly filename: string }
  | {
      readonly engine: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

const FORMS = 'sqlite:PATH or mysql://user:password@host:port/name';

/**
 * Reads `sqlite:PATH` (`sqlite::memory:` for a store that ends with the process) and
 * `mysql://user:password@host:port/name` (`mariadb://` likewise; percent-encoded where
 * needed). Throws an Error that never repeats the address, which may hold a password.
 */
export function parseDatabaseUrl(url: string): DatabaseLocation {
  if (url.startsWith('sqlite:')) {
    const filename = url.slice('sqlite:'.length);
    if (filename === '' || filename.includes('\0'))
      throw new Error(`the database URL names no file; expected ${FORMS}`);
    return { engine: 'sqlite', filename };
  }
  if (!/^(mysql|mariadb):\/\//.test(url)) throw new Error(`the database URL must be ${FORMS}`);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed?.hostname)
    throw new Error(`the database URL names no host or cannot be read; expected ${FORMS}`);
  try {
    const database = decodeURIComponent(parsed.pathname.slice(1));
    if (database === '' || database.includes('/')) throw new Error('no name');
    return {
      engine: 'mysql',
      host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: parsed.port === '' ? 3306 : Number(parsed.port),
      user: decodeURIComponent(parsed.username),
      password: decodeURIComponent(parsed.password),
      database,
    };
  } catch {
    throw new Error(`the database URL names no database or cannot be decoded; expected ${FORMS}`);
  }
}
