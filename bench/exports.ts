// A million rows exported whole as CSV, against the bare COPY; then by twenty clients at once, the server weighed meanwhile.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { generatedHeader } from './generate.ts';
import { megabytesOf } from './processes.ts';
import { timed, withPublished } from './published.ts';
import { against, alone, type Measure } from './result.ts';

const rows = 1_000_000;
const names = generatedHeader.split(',');

export function exportsOfAMillion(): Promise<readonly Measure[]> {
  return withPublished({ rows, port: 3972 }, async ({ url, home, parquet, folder }) => {
    const base = `${url}/api/explore/v2.1/catalog/datasets/banc/exports`;
    await timed(`${url}/`);
    // Nobody has asked yet: this one is made. A program takes it as it is, not in gzip.
    const ours = await taken(`${base}/csv?delimiter=,`);
    const bare = await bareCopyMilliseconds(parquet, join(folder, 'bare.csv'));
    const before = megabytesOf(home);
    let most = before;
    const scales = setInterval(() => (most = Math.max(most, megabytesOf(home))), 200);
    // Twenty clients, each with columns of its own: nobody is served what was made for another one.
    const wanted = names.flatMap((_, i) => [names.toSpliced(i, 1), names.toSpliced(i, 2)]).slice(0, 20);
    await Promise.all(wanted.map((columns) => taken(`${base}/csv?select=${columns.join(',')}`)));
    clearInterval(scales);
    return [
      against('export-csv-1m', rows / (ours / 1000), rows / (bare / 1000), 'rows/s', 'ratio ≥ 0.6'),
      alone('export-20-clients-memory-growth', most - before, 'MB', '< 100'),
    ];
  });
}

/** Asks for a file as it is, reads it to its end and forgets it: milliseconds. Waits its turn when all places are taken. */
async function taken(url: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  if (!response.ok) throw new Error(`${response.status} ${url} ${(await response.text()).slice(0, 300)}`);
  for await (const _piece of response.body ?? []);
  return performance.now() - started;
}

async function bareCopyMilliseconds(parquet: string, target: string): Promise<number> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  const started = performance.now();
  await connection.run(`COPY (SELECT * FROM read_parquet('${parquet}')) TO '${target}' (FORMAT csv)`);
  const milliseconds = performance.now() - started;
  connection.closeSync();
  await rm(target, { force: true });
  return milliseconds;
}
