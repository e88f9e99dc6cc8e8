// From a file to a published, queryable dataset, against the engine's bare COPY with types given.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bareCopySeconds } from './bare.ts';
import { generatedTypes, generateTable } from './generate.ts';
import { openBenchFolder, runCli } from './processes.ts';
import { against, alone, type Measure } from './result.ts';

/** 10 million rows × 12 columns. */
export async function ingestLarge(): Promise<readonly Measure[]> {
  const { bare, deposit } = await depositGenerated(10_000_000, 12);
  return [
    against('ingest-10m', deposit.seconds, bare, 's', 'ratio ≤ 3, aim 2'),
    alone('ingest-10m-memory', deposit.peakMegabytes, 'MB', '< 1500'),
  ];
}

/** 100 000 rows × 10 columns: what a large commune sends. */
export async function ingestSmall(): Promise<readonly Measure[]> {
  const { bare, deposit } = await depositGenerated(100_000, 10);
  return [against('ingest-100k', deposit.seconds, 3 * bare + 1, 's', 'ratio ≤ 1 (3 × bare + 1 s)')];
}

async function depositGenerated(rows: number, columns: 10 | 12) {
  const folder = await openBenchFolder();
  const env = { TERROIR_HOME: join(folder, 'home') };
  try {
    const file = join(folder, 'subventions.csv');
    await generateTable(file, rows, columns);
    const bare = await bareCopySeconds(
      file,
      Object.fromEntries(Object.entries(generatedTypes).slice(0, columns)),
      join(folder, 'bare.parquet'),
    );
    await runCli(['organization', 'add', 'banc', '--name', 'Banc de mesure'], env);
    const deposit = await runCli(
      [
        'deposit',
        file,
        '--organization',
        'banc',
        '--title',
        'Subventions du banc',
        '--id',
        'banc',
        '--publish',
        '--json',
      ],
      env,
    );
    return { bare, deposit };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
