// The engine alone, in this process: the baseline that everything is compared to.
import { rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

async function open() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '800MB' });
  return instance.connect();
}

/** Seconds that `COPY (read_csv with types given) TO parquet` takes. */
export async function bareCopySeconds(
  csv: string,
  types: Readonly<Record<string, string>>,
  target: string,
): Promise<number> {
  const connection = await open();
  const columns = Object.entries(types).map(([name, type]) => `${name}: '${type}'`);
  const started = performance.now();
  await connection.run(
    `COPY (SELECT * FROM read_csv('${csv}', columns = {${columns.join(', ')}}, header = true, delim = ',', auto_detect = false)) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  const seconds = (performance.now() - started) / 1000;
  connection.closeSync();
  await rm(target, { force: true });
  return seconds;
}

/** The median milliseconds of a query run so many times, one after the other. */
export async function bareQueryMilliseconds(sql: string, times: number): Promise<number> {
  const connection = await open();
  const durations: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    const answer = await connection.runAndReadAll(sql);
    answer.getRowObjectsJson();
    durations.push(performance.now() - started);
  }
  connection.closeSync();
  return median(durations);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
