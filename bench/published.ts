// A generated table deposited, published and served: what the benchmarks of the query plane ask their questions to.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from './client.ts';
import { generateTable } from './generate.ts';
import { openBenchFolder, runCli, startServer } from './processes.ts';

export type Published = {
  readonly url: string;
  readonly home: string;
  /** The generated file. */
  readonly csv: string;
  readonly parquet: string;
  /** A folder of this benchmark alone. */
  readonly folder: string;
};

/** Gives a benchmark a server with the dataset `banc` of so many rows; all is taken away at the end. */
export async function withPublished<T>(
  { rows, port }: { readonly rows: number; readonly port: number },
  use: (published: Published) => Promise<T>,
): Promise<T> {
  const folder = await openBenchFolder();
  const home = join(folder, 'home');
  const env = { TERROIR_HOME: home, PORT: String(port), HOST: '127.0.0.1' };
  try {
    const csv = join(folder, 'subventions.csv');
    await generateTable(csv, rows);
    await runCli(['organization', 'add', 'banc', '--name', 'Banc de mesure'], env);
    const about = ['--organization', 'banc', '--title', 'Subventions du banc', '--id', 'banc', '--publish'];
    await runCli(['deposit', csv, ...about], env);
    const server = await startServer(env);
    try {
      const versions = join(home, 'files', 'versions');
      const [key = ''] = await readdir(versions);
      return await use({ url: server.url, home, csv, folder, parquet: join(versions, key, 'data.parquet') });
    } finally {
      server.child.kill('SIGTERM');
      await new Promise((resolve) => server.child.once('exit', resolve));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Asks, reads the answer to its end, and tells the milliseconds it took. @throws when the answer is a refusal */
export async function timed(url: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(url);
  const body = await response.arrayBuffer();
  if (!response.ok) throw new Error(`${response.status} ${url} ${Buffer.from(body).toString('utf8').slice(0, 300)}`);
  return performance.now() - started;
}

/** The milliseconds of requests sent by so many clients at once, in order of time taken. */
export async function timedByClients(
  { clients, requests }: { readonly clients: number; readonly requests: number },
  url: (i: number) => string,
): Promise<readonly number[]> {
  const durations: number[] = [];
  let next = 0;
  const client = async () => {
    while (next < requests) {
      const address = url(next++);
      const started = performance.now();
      await ask(address);
      durations.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return durations.toSorted((a, b) => a - b);
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
