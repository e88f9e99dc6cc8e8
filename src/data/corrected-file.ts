// The corrected file in its own format: what the producer deposited, with their corrections in it.
import { extname, join } from 'node:path';
import { planSteps } from '../model/step-plan.ts';
import { chooseTable } from './choose-table.ts';
import { writeCorrectedCsv } from './corrected-csv.ts';
import { type CorrectionSource, writeCorrectedTable, writingOf } from './corrected-table.ts';
import { writeCorrectedXlsx } from './corrected-xlsx.ts';
import type { ExportFormat } from './export/formats.ts';
import type { Tools } from './journey.ts';
import { parseFile } from './parse/parse.ts';
import { numberedRows } from './repair/repair.ts';
import { writeRepairedCsv } from './repair/set-aside.ts';
import type { ParsedTable } from './stages.ts';

export type CorrectedFile = {
  readonly path: string;
  /** The original's name, « -corrige » before its ending. */
  readonly name: string;
  /** The format written: that of the original, or the nearest one that everybody opens. */
  readonly format: ExportFormat | 'tsv';
  readonly encoding: string | null;
  /** Whether it is the format of the original. */
  readonly ownFormat: boolean;
};

/** A workbook larger than this is not edited in place but written anew: it would have to be held in memory whole. */
const largestWorkbook = 20 * 1024 * 1024;

/**
 * Writes the corrected file into the scratch folder. Rows set aside and columns that are not published are not in it.
 * @param tools.scratch a folder of this work alone
 * @throws TerroirError file.*, steps.nothingLeft, engine.*, disk.full
 */
export async function writeCorrectedFile(source: CorrectionSource, tools: Tools): Promise<CorrectedFile> {
  const { file, steps } = source;
  const { scratch } = tools;
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
  const writing = writingOf(format);
  if (writing !== null) {
    const written = await writeCorrectedTable(source, writing, path, tools);
    if (written !== null)
      return { path, name: name(written.ending), format: writing.format, encoding: null, ownFormat: writing.own };
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
