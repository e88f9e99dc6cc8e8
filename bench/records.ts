// Pages of records through HTTP on a million rows, against the same query in the bare engine; and the server at rest.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bareQueryMilliseconds, median } from './bare.ts';
import { generateTable } from './generate.ts';
import { megabytesOf, openBenchFolder, runCli, startServer } from './processes.ts';
import { against, alone, type Measure } from './result.ts';

const connections = 10;
const requests = 600;

/** Each page differs, so that no answer comes from a cache. */
const pages = [
  {
    name: 'page',
    query: (i: number) => `limit=50&offset=${(i * 50) % 9000}`,
    sql: (i: number) => `LIMIT 50 OFFSET ${(i * 50) % 9000}`,
  },
  {
    name: 'filter',
    query: (i: number) => `limit=50&where=${encodeURIComponent(`montant > ${i} and commune = 'Druye'`)}`,
    sql: (i: number) => `WHERE montant > ${i} AND commune = 'Druye' LIMIT 50`,
  },
  {
    name: 'sort',
    query: (i: number) => `limit=50&offset=${i}&order_by=montant%20desc`,
    sql: (i: number) => `ORDER BY montant DESC NULLS LAST LIMIT 50 OFFSET ${i}`,
  },
];

export async function records(): Promise<readonly Measure[]> {
  const folder = await openBenchFolder();
  const home = join(folder, 'home');
  const env = { TERROIR_HOME: home, PORT: '3977', HOST: '127.0.0.1' };
  const measures: Measure[] = [];
  try {
    const file = join(folder, 'subventions.csv');
    await generateTable(file, 1_000_000);
    await runCli(['organization', 'add', 'banc', '--name', 'Banc de mesure'], env);
    await runCli(
      ['deposit', file, '--organization', 'banc', '--title', 'Subventions du banc', '--id', 'banc', '--publish'],
      env,
    );
    const server = await startServer(env);
    try {
      const rest = new Promise((resolve) => setTimeout(resolve, 5000));
      await fetch(`${server.url}/`);
      await rest;
      measures.push(
        alone('server-at-rest', megabytesOf(home), 'MB', '< 400'),
        alone('server-ready', server.readySeconds, 's', '< 3'),
      );
      const parquet = await dataFile(home);
      for (const page of pages) {
        const bare = await bareQueryMilliseconds(`SELECT * FROM read_parquet('${parquet}') ${page.sql(1)}`, 60);
        const count =
          page.name === 'filter'
            ? await bareQueryMilliseconds(
                `SELECT count(*) FROM read_parquet('${parquet}') ${page.sql(1).replace('LIMIT 50', '')}`,
                60,
              )
            : 0;
        const http = await load((i) => `${server.url}/api/explore/v2.1/catalog/datasets/banc/records?${page.query(i)}`);
        measures.push(against(`records-${page.name}-p50`, http, bare + count, 'ms', 'ratio ≤ 3 at 10 connections'));
      }
    } finally {
      server.child.kill('SIGTERM');
      await new Promise((resolve) => server.child.once('exit', resolve));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return measures;
}

async function dataFile(home: string): Promise<string> {
  const versions = join(home, 'files', 'versions');
  const [key] = await readdir(versions);
  return join(versions, key ?? '', 'data.parquet');
}

/** The median milliseconds of requests sent by ten clients at once, after a short warm-up. */
async function load(url: (i: number) => string): Promise<number> {
  const durations: number[] = [];
  let next = 0;
  const client = async () => {
    while (next < requests) {
      const i = next++;
      const started = performance.now();
      const response = await fetch(url(i));
      await response.text();
      if (!response.ok) throw new Error(`${response.status} ${url(i)}`);
      if (i > 50) durations.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return median(durations);
}
