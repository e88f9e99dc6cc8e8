// The same million rows in PostgreSQL, by the SQL that CKAN's DataStore issues and with its usual indexes, against ours over HTTP.
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseUrl, ensureServer, stopServer } from '../src/stores/metadata/postgres.ts';
import { median } from './bare.ts';
import { generatedHeader } from './generate.ts';
import { type Published, timed, withPublished } from './published.ts';
import { against, alone, type Measure } from './result.ts';

type Question = {
  readonly name: string;
  readonly promised: string;
  path(i: number): string;
  /** What `datastore_search` runs for it: the rows, then their exact count. */
  sql(i: number): readonly string[];
};

const columns = generatedHeader
  .split(',')
  .map((name) => `"${name}"`)
  .join(', ');
const page = (where: string, order: string, offset: number) => [
  `SELECT "_id", ${columns} FROM banc ${where} ORDER BY ${order} LIMIT 50 OFFSET ${offset}`,
  `SELECT count(*) FROM (SELECT 1 FROM banc ${where}) AS t`,
];
const where = (condition: string) => encodeURIComponent(condition);

const questions: readonly Question[] = [
  {
    name: 'page',
    promised: 'ratio ≤ 1',
    path: (i) => `records?limit=50&offset=${5000 + i}`,
    sql: (i) => page('', '"_id"', 5000 + i),
  },
  {
    name: 'filter',
    promised: 'ratio ≤ 1',
    path: (i) => `records?limit=50&offset=${i}&where=${where('commune = "Druye"')}`,
    sql: (i) => page(`WHERE "commune" = 'Druye'`, '"_id"', i),
  },
  {
    name: 'full-text',
    promised: 'ratio ≤ 1',
    path: (i) => `records?limit=50&where=${where(`"association ${1000 + i}"`)}`,
    sql: (i) => {
      const query = `plainto_tsquery('french', 'association ${1000 + i}') query`;
      return [
        `SELECT "_id", ${columns}, ts_rank("_full_text", query, 32) AS rank FROM banc, ${query} WHERE "_full_text" @@ query ORDER BY rank LIMIT 50`,
        `SELECT count(*) FROM (SELECT 1 FROM banc, ${query} WHERE "_full_text" @@ query) AS t`,
      ];
    },
  },
  {
    name: 'distinct',
    promised: 'ratio ≤ 0.2',
    path: (i) => `facets?facet=commune&where=${where(`id >= ${i}`)}`,
    sql: (i) => [
      `SELECT "commune", count(*) FROM banc WHERE "id" >= ${i} GROUP BY "commune" ORDER BY 2 DESC LIMIT 100`,
    ],
  },
  {
    name: 'group-by',
    promised: 'ratio ≤ 0.2',
    path: (i) =>
      `records?select=nature,sum(montant)%20as%20total,count(*)%20as%20n&group_by=nature&where=${where(`id >= ${i}`)}`,
    sql: (i) => [
      `SELECT "nature", sum("montant") AS total, count(*) AS n FROM banc WHERE "id" >= ${i} GROUP BY "nature"`,
    ],
  },
];

const times = 9;

export function ckanSql(): Promise<readonly Measure[]> {
  return withPublished({ rows: 1_000_000, port: 3975 }, async (published) => {
    const base = `${published.url}/api/explore/v2.1/catalog/datasets/banc`;
    // PostgreSQL has its index before it is asked; ours is made behind the first search.
    await timed(`${base}/records?limit=1&where=${where('"mairie"')}`);
    const indexing = await untilThere(join(published.home, 'files', 'words'));
    const ours = new Map<string, number>();
    for (const { name, path } of questions) {
      const durations: number[] = [];
      for (let i = 0; i < times; i++) durations.push(await timed(`${base}/${path(i)}`));
      ours.set(name, median(durations.slice(2)));
    }
    return withTheirs(published, async (client) => {
      const measures: Measure[] = [];
      for (const { name, promised, sql } of questions) {
        const durations: number[] = [];
        for (let i = 0; i < times; i++) {
          const started = performance.now();
          for (const statement of sql(i)) await client.query(statement);
          durations.push(performance.now() - started);
        }
        const theirs = median(durations.slice(2));
        measures.push(against(`ckan-sql-${name}`, ours.get(name) ?? Number.NaN, theirs, 'ms', promised));
      }
      return [...measures, alone('ckan-sql-words-made', indexing, 's', '(told, not bounded)')];
    });
  });
}

/** Waits for a folder to hold a file; the seconds it took. @throws after two minutes */
async function untilThere(folder: string): Promise<number> {
  const started = performance.now();
  for (;;) {
    const files = await readdir(folder).catch(() => []);
    const seconds = (performance.now() - started) / 1000;
    if (files.length > 0) return seconds;
    if (seconds > 120) throw new Error(`Nothing came to ${folder}.`);
    await sleep(200);
  }
}

/** A server of the same PostgreSQL, with the rows as CKAN's DataStore keeps them: `_id`, `_full_text`, indexes on both and on what is filtered. */
async function withTheirs<T>({ csv, folder }: Published, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const home = join(folder, 'theirs');
  await mkdir(home);
  await chmod(home, 0o755);
  const server = await ensureServer(home);
  try {
    const client = new pg.Client({ connectionString: databaseUrl(server) });
    await client.connect();
    try {
      await client.query(
        `CREATE TABLE banc ("_id" serial PRIMARY KEY, "_full_text" tsvector, id numeric, commune text, code_insee text, siret text, date_convention date, beneficiaire text, objet text, montant numeric, nature text, latitude numeric, longitude numeric, actif boolean)`,
      );
      await client.query(`COPY banc (${columns}) FROM '${csv}' (FORMAT csv, HEADER true)`);
      await client.query(
        `UPDATE banc SET "_full_text" = to_tsvector('french', concat_ws(' ', commune, code_insee, siret, beneficiaire, objet, nature))`,
      );
      await client.query('CREATE INDEX ON banc USING gin ("_full_text")');
      await client.query('CREATE INDEX ON banc (commune)');
      await client.query('CREATE INDEX ON banc (montant)');
      await client.query('VACUUM ANALYZE banc');
      return await use(client);
    } finally {
      await client.end();
    }
  } finally {
    await stopServer(server);
  }
}
