// Looking for personal data in all cells of a million rows, against the engine's bare reading of the same file.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { receiveFile } from '../src/data/deposit/receive.ts';
import { parseFile } from '../src/data/parse/parse.ts';
import { screenTable } from '../src/data/screen/screen.ts';
import { openDiskStore } from '../src/stores/files/files.ts';
import { readCsvExpression } from '../src/stores/tables/conversion.ts';
import { openTableEngine } from '../src/stores/tables/pool.ts';
import { generatePeople } from './generate-people.ts';
import { openBenchFolder } from './processes.ts';
import { against, alone, type Measure } from './result.ts';

/** 1 million rows × 15 columns, two threads. */
export async function screenLarge(): Promise<readonly Measure[]> {
  const folder = await openBenchFolder();
  const engine = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 800,
    timeoutSeconds: 600,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
  try {
    const path = join(folder, 'aides.csv');
    await generatePeople(path, 1_000_000);
    const files = await openDiskStore(join(folder, 'files'));
    const file = await receiveFile({ path, scratch: files.scratch }, files);
    const [table] = (await parseFile(file, { scratch: files.scratch })).value.tables;
    if (table === undefined) throw new Error('the generated file holds no table');
    const all = Array.from({ length: table.headers.length }, (_, index) => `count("c${index}")`).join(', ');
    const bare = await seconds(() => engine.run([{ sql: `SELECT ${all} FROM ${readCsvExpression(table.source)}` }]));
    let found = 0;
    const screened = await seconds(async () => {
      found = (await screenTable(table, engine)).value.length;
    });
    return [
      against('screen-1m', screened, bare, 's', '< 10 s'),
      alone('screen-1m-findings', found, 'columns', '= 3 (names, e-mail, phone)'),
    ];
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
