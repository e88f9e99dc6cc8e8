// The corrected file in its own format: what the producer deposited, with their corrections in it.
import { extname, join } from 'node:path';
import type { Step } from '../model/step.ts';
import { planSteps } from '../model/step-plan.ts';
import { chooseTable } from './choose-table.ts';
import { writeCorrectedCsv } from './corrected-csv.ts';
import { writeCorrectedXlsx } from './corrected-xlsx.ts';
import { parseFile } from './parse/parse.ts';
import { numberedRows } from './repair/repair.ts';
import { writeRepairedCsv } from './repair/set-aside.ts';
import type { DepositedFile, ParsedTable } from './stages.ts';

export type CorrectedFile = {
  readonly path: string;
  /** The original's name, « -corrige » before its ending. */
  readonly name: string;
  /** The format written: that of the original, or csv when it cannot be written again. */
  readonly format: 'csv' | 'tsv' | 'xlsx';
  readonly encoding: string | null;
  /** Whether it is the format of the original. */
  readonly ownFormat: boolean;
};

export type CorrectionSource = {
  readonly file: DepositedFile;
  readonly steps: readonly Step[];
  /** The name of the table, in a file that holds several. */
  readonly table?: string;
  /** The rows of the source that the version leaves out: those set aside are among them. */
  readonly droppedSourceRows: readonly number[];
};

/** A workbook larger than this is written as CSV: it would have to be held in memory whole. */
const largestWorkbook = 20 * 1024 * 1024;

/**
 * Writes the corrected file into the scratch folder. Rows set aside and columns that are not published are not in it.
 * @throws TerroirError file.*, disk.full
 */
export async function writeCorrectedFile(source: CorrectionSource, scratch: string): Promise<CorrectedFile> {
  const { file, steps } = source;
  const parsed = await parseFile(file, { scratch });
  const { table, problems } = chooseTable(parsed, file.name, source.table);
  const leftOut = new Set(table.droppedSourceRows);
  const aside = new Set(source.droppedSourceRows.filter((row) => !leftOut.has(row)));
  // The rows set aside are known: what they were set aside for need not be found again.
  const others = steps.filter((step) => step.kind !== 'setAside');
  const plan = planSteps(others, { sheet: table.sheet ?? null, headers: table.headers, problems });
  const { format, encoding } = parsed.value;
  const ending = extname(file.innerName ?? file.name);
  const name = (with_: string) => `${(file.innerName ?? file.name).replace(/(\.[a-z0-9]{1,8})$/i, '')}-corrige${with_}`;
  const path = join(scratch, 'corrected');
  if ((format === 'csv' || format === 'tsv') && encoding !== null) {
    const { headerRow, firstSourceRow, headers } = table;
    const shape = { plan, width: headers.length, headerRow, firstSourceRow, leftOut, aside, to: path };
    const written = await writeCorrectedCsv({ path: file.path, encoding, ...shape });
    return { path, name: name(ending || '.csv'), format, encoding: written, ownFormat: true };
  }
  if (format === 'xlsx' && file.bytes <= largestWorkbook) {
    if (await writeCorrectedXlsx({ path: file.path, table, plan, aside, to: path }))
      return { path, name: name('.xlsx'), format, encoding: null, ownFormat: true };
  }
  await writeRepairedCsv(
    path,
    plan.headers.map((header) => header.title),
    rowsAfter(table, plan, aside),
  );
  return { path, name: name('.csv'), format: 'csv', encoding: 'UTF-8', ownFormat: false };
}

async function* rowsAfter(
  table: ParsedTable,
  plan: ReturnType<typeof planSteps>,
  aside: ReadonlySet<number>,
): AsyncGenerator<readonly string[]> {
  for await (const batch of numberedRows(table))
    for (const { row, cells } of batch) {
      if (aside.has(row)) continue;
      const after = plan.apply(row, cells).cells;
      yield plan.kept.map((index) => after[index] ?? '');
    }
}
