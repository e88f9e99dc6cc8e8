import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenMetadata, openMetadata } from './connect.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

let home = '';
let embedded: Embedded;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-connect-'));
  await chmod(home, 0o755);
  embedded = await openEmbedded(home);
});

afterAll(async () => {
  await embedded.close();
  await rm(home, { recursive: true, force: true });
});

async function administer(...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: embedded.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The address of another database of the same server, as someone who brings their own would write it. */
async function yourOwn(name: string, options = '', user = 'terroir'): Promise<string> {
  await administer(`create database ${name} ${options}`);
  return embedded.url.replace('terroir@/terroir', `${user}@/${name}`);
}

async function use(databaseUrl: string | null, work: (metadata: OpenMetadata) => Promise<void>): Promise<void> {
  const metadata = await openMetadata({ home, databaseUrl });
  try {
    await work(metadata);
  } finally {
    await metadata.close();
  }
}

const extensions = sql<{
  extname: string;
}>`select extname from pg_extension where extname <> 'plpgsql' order by extname`;

test('the embedded database has its extensions and its tables', async () => {
  await use(null, async ({ db, url }) => {
    expect(url).toBe(embedded.url);
    expect((await extensions.execute(db)).rows).toEqual([{ extname: 'pg_trgm' }, { extname: 'unaccent' }]);
    expect((await sql`select name from migration`.execute(db)).rows).toContainEqual({ name: '0001-catalogue' });
  });
});

test('DATABASE_URL goes the same way, and nothing runs twice', async () => {
  const url = await yourOwn('mine');
  const applied = sql<{ applied_at: Date }>`select applied_at from migration order by name`;
  let first: unknown;
  await use(url, async ({ db }) => {
    expect((await extensions.execute(db)).rows).toEqual([{ extname: 'pg_trgm' }, { extname: 'unaccent' }]);
    first = (await applied.execute(db)).rows;
  });
  await use(url, async ({ db }) => expect((await applied.execute(db)).rows).toEqual(first));
});

test('opened by several at once, migrations run once', async () => {
  const url = await yourOwn('together');
  const all = await Promise.all([1, 2, 3].map(() => openMetadata({ home, databaseUrl: url })));
  await Promise.all(all.map((one) => one.close()));
});

test('a database that does not answer is told with its reason', async () => {
  await expect(openMetadata({ home, databaseUrl: 'postgres://terroir@127.0.0.1:1/terroir' })).rejects.toMatchObject({
    code: 'database.unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  const nowhere = embedded.url.replace('@/terroir', '@/nowhere');
  await expect(openMetadata({ home, databaseUrl: nowhere })).rejects.toMatchObject({ code: 'database.unreachable' });
});

test('an extension that may not be made is named', async () => {
  await administer('create role guest login');
  const url = await yourOwn('guarded', '', 'guest');
  await expect(openMetadata({ home, databaseUrl: url })).rejects.toMatchObject({
    code: 'database.extension',
    params: { extension: 'unaccent' },
  });
});

test('a database that is not in UTF-8 is refused', async () => {
  const url = await yourOwn('latin', "encoding 'LATIN9' locale_provider libc locale 'C' template template0");
  await expect(openMetadata({ home, databaseUrl: url })).rejects.toMatchObject({
    code: 'database.encoding',
    params: { encoding: 'LATIN9' },
  });
});

test('a database of a newer Terroir is refused, and nothing is changed', async () => {
  const url = await yourOwn('future');
  await use(url, async ({ db }) => {
    await sql`insert into migration (name) values ('9999-tomorrow')`.execute(db);
  });
  await expect(openMetadata({ home, databaseUrl: url })).rejects.toMatchObject({
    code: 'database.newer',
    params: { migration: '9999-tomorrow' },
  });
});

test('a migration that fails leaves nothing of itself; those before it stay', async () => {
  const url = await yourOwn('broken');
  await use(url, async ({ db }) => {
    const before = (await sql<{ name: string }>`select name from migration`.execute(db)).rows.map(
      (row) => [row.name, { up: async () => {} }] as const,
    );
    const good = { up: async (inside: typeof db) => void (await sql`create table good (id int)`.execute(inside)) };
    const bad = {
      up: async (inside: typeof db) => {
        await sql`create table bad (id int)`.execute(inside);
        throw new Error('no');
      },
    };
    const migrations = { ...Object.fromEntries(before), '9998-bad': bad, '9997-good': good };
    await expect(migrate(db, migrations as Parameters<typeof migrate>[1])).rejects.toThrow('no');
    const { rows } = await sql`select to_regclass('good')::text as good, to_regclass('bad')::text as bad`.execute(db);
    expect(rows).toEqual([{ good: 'good', bad: null }]);
  });
});
