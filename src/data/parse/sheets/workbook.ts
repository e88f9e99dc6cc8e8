// From a workbook of any make to its tables: every sheet that holds one, and what was odd about the workbook.
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage } from '../../stages.ts';
import { tablesOf } from './sheet-tables.ts';
import type { SheetsRead } from './sheets-read.ts';

/** Writes the raw sheets of a workbook into files named by `pathOf`. Throws anything when it cannot be opened. */
export type ReadSheets = (path: string, name: string, pathOf: (index: number) => string) => Promise<SheetsRead>;

/**
 * A reader of one make of workbooks.
 * @throws TerroirError file.damaged, file.encrypted, file.tooOld, file.noTable, file.tooManyColumns, file.archiveUnsafe
 */
export function workbookReader(format: string, readSheets: ReadSheets) {
  return async (file: DepositedFile, { scratch }: { scratch: string }): Promise<Stage<ParsedFile>> => {
    const name = file.innerName ?? file.name;
    const read = await openOrRefuse(name, () =>
      readSheets(file.path, name, (index) => join(scratch, `sheet-${index}`)),
    );
    const tables: ParsedTable[] = [];
    const problems: Problem[] = [];
    if (read.macros) problems.push(problem('workbook.macros', 'advice'));
    for (const value of read.missing) problems.push(problem('workbook.partMissing', 'error', { value }));
    for (const [index, sheet] of read.sheets.entries()) {
      const found = await tablesOf(sheet, (word) => join(scratch, `sheet-${index}-${word}`));
      tables.push(...found.tables);
      problems.push(...found.problems);
    }
    if (tables.length === 0)
      throw new TerroirError(
        read.missing.length > 0 || problems.some(({ code }) => code === 'sheet.cut') ? 'file.damaged' : 'file.noTable',
        { name },
      );
    return { value: { format, encoding: null, delimiter: null, tables }, problems };
  };
}

/** Whatever stops the opening of a workbook, people hear that it is damaged; a full disk stays a full disk. */
async function openOrRefuse(name: string, read: () => Promise<SheetsRead>): Promise<SheetsRead> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TerroirError || isSystemFault(error)) throw error;
    throw new TerroirError('file.damaged', { name }, { cause: error });
  }
}

function isSystemFault(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
