// An XLSX of 200 000 rows, from the file to a published dataset, against hucre that only streams its cells and drops them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CellValue, writeXlsx } from 'hucre/xlsx';
import { openBenchFolder, projectRoot, runCli } from './processes.ts';
import { against, alone, type Measure } from './result.ts';

const rows = 200_000;

/** 200 000 rows × 10 columns, 90 MB of XML: half a million different texts, dates, decimals, codes. */
export async function sheets(): Promise<readonly Measure[]> {
  const folder = await openBenchFolder();
  const env = { TERROIR_HOME: join(folder, 'home') };
  try {
    const file = join(folder, 'subventions.xlsx');
    await writeFile(file, await writeXlsx({ sheets: [{ name: 'Subventions', rows: generated() }] }));
    const streaming = await hucreSeconds(file);
    await runCli(['organization', 'add', 'banc', '--name', 'Banc de mesure'], env);
    const inspect = await runCli(['inspect', file, '--json'], env);
    const deposit = await runCli(
      [
        ...['deposit', file, '--organization', 'banc', '--title', 'Subventions du banc', '--id', 'banc'],
        ...['--publish', '--json'],
      ],
      env,
    );
    return [
      against('sheet-200k', deposit.seconds, streaming, 's', 'ratio ≤ 2'),
      against('sheet-200k-inspect', inspect.seconds, streaming, 's'),
      alone('sheet-200k-memory', deposit.peakMegabytes, 'MB', '< 400'),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function generated(): CellValue[][] {
  const towns = ['Tours', 'Joué-lès-Tours', 'Saint-Avertin'];
  const data = Array.from({ length: rows }, (_, index): CellValue[] => [
    index,
    `Association numéro ${index}`,
    towns[index % 3] ?? '',
    new Date(Date.UTC(2020, 0, 1 + (index % 1000))),
    index * 1.25,
    (index % 100) / 100,
    index % 2 === 0,
    String(21_370_000_000_000 + index),
    `texte libre ${index % 5000}`,
    String(index % 95_000).padStart(5, '0'),
  ]);
  return [['id', 'nom', 'commune', 'date', 'montant', 'taux', 'actif', 'siret', 'note', 'code'], ...data];
}

/** Seconds of hucre's stream reader in a process of its own, the start of Node left out. */
async function hucreSeconds(file: string): Promise<number> {
  const program = `
    import { openAsBlob } from 'node:fs';
    import { streamXlsxRows } from 'hucre/xlsx';
    const blob = await openAsBlob(${JSON.stringify(file)});
    const started = performance.now();
    let cells = 0;
    for await (const row of streamXlsxRows(blob.stream())) cells += row.values.length;
    if (cells !== ${(rows + 1) * 10}) throw new Error(String(cells));
    console.log((performance.now() - started) / 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`hucre → ${code}`);
  return Number(out);
}
