import pg from 'pg';

/** A bench's database of its own on a PostgreSQL server. */
export async function createDatabase(server, name) {
  await administer(server, `CREATE DATABASE ${name}`);
}

export async function dropDatabase(server, name) {
  await administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

export function databaseUrl(server, name) {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** What the two peers on PostgreSQL have in common beside their own calls. */
export class PostgresBench {
  #client;

  static async connect(server, name) {
    const bench = new PostgresBench();
    bench.#client = new pg.Client(databaseUrl(server, name));
    await bench.#client.connect();
    return bench;
  }

  async rows(text) {
    return (await this.#client.query(text)).rows;
  }

  async durability() {
    const names = ['fsync', 'synchronous_commit', 'full_page_writes'];
    const settings = await this.rows(
      `SELECT name || '=' || setting AS text FROM pg_settings WHERE name IN (${names.map((name) => `'${name}'`)})`,
    );
    const [{ server_version: version }] = await this.rows('SHOW server_version');
    return `PostgreSQL ${version}: ${settings.map(({ text }) => text).join(', ')}`;
  }

  end() {
    return this.#client.end();
  }
}

async function administer(server, statement) {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
