// Where a record of a source is in the file as people see it: its row and its cell in the spreadsheet.
import { cellAddress } from '../model/problem.ts';
import type { ParsedTable } from './stages.ts';

/** The row in the spreadsheet of the n-th record of the source (1 = first), rows left out counted. */
export function rowOfRecord(table: Pick<ParsedTable, 'firstSourceRow' | 'droppedSourceRows'>, record: number): number {
  let row = table.firstSourceRow + record - 1;
  for (const dropped of table.droppedSourceRows) {
    if (dropped > row) break;
    row++;
  }
  return row;
}

/** The sheet, row and cell of a record in a column of the source. */
export function placeOf(
  table: ParsedTable,
  record: number,
  column: number,
): { readonly sheet: string | null; readonly row: number; readonly cell: string } {
  const row = rowOfRecord(table, record);
  return { sheet: table.sheet ?? null, row, cell: cellAddress(column + (table.firstSourceColumn ?? 0), row) };
}
