// Writes a workbook again with its producer's corrections in place; the other sheets, styles and formulas stay.
import { readFile, writeFile } from 'node:fs/promises';
import type { Workbook } from 'hucre';
import { openXlsx, saveXlsx } from 'hucre/xlsx';
import type { StepPlan } from '../model/step-plan.ts';
import { numberedRows } from './repair/repair.ts';
import type { ParsedTable } from './stages.ts';

export type CorrectedXlsxRequest = {
  /** The original. */
  readonly path: string;
  readonly table: ParsedTable;
  readonly plan: StepPlan;
  /** Rows set aside: their cells are emptied, so that formulas and addresses of the others stay true. */
  readonly aside: ReadonlySet<number>;
  readonly to: string;
};

/** @returns false when the workbook cannot be written again without loss (protected, broken, signs that the writer loses) */
export async function writeCorrectedXlsx(request: CorrectedXlsxRequest): Promise<boolean> {
  const { table, plan, aside } = request;
  const workbook = await openXlsx(await readFile(request.path), { readStyles: true }).catch(() => null);
  const sheet = workbook?.sheets.find(({ name }) => name === table.sheet);
  if (workbook === null || sheet === undefined) return false;
  const left = table.firstSourceColumn ?? 0;
  const set = (row: number, index: number, value: string | null) => {
    const [y, x] = [row - 1, left + index];
    const line = sheet.rows[y];
    if (line === undefined) return;
    const written = value === null ? null : cellValue(value);
    line[x] = written;
    const cell = sheet.cells?.get(`${y},${x}`);
    if (cell === undefined) return;
    // A formula would bring the old value back.
    const {
      formula: _f,
      formulaResult: _r,
      formulaType: _t,
      formulaSharedIndex: _i,
      formulaRef: _e,
      richText: _x,
      ...kept
    } = cell;
    const type = written === null ? 'empty' : typeof written === 'number' ? 'number' : 'string';
    sheet.cells?.set(`${y},${x}`, { ...kept, value: written, type });
  };
  const dropped = table.headers.flatMap((_header, index) => (plan.kept.includes(index) ? [] : [index]));
  if (table.headerRow !== null) {
    for (const index of table.headers.keys()) {
      const title = plan.titleOf(index);
      if (title !== null) set(table.headerRow, index, title);
    }
    for (const index of dropped) set(table.headerRow, index, null);
  }
  for await (const batch of numberedRows(table)) {
    for (const { row, cells } of batch) {
      if (aside.has(row)) {
        for (const index of cells.keys()) set(row, index, null);
        continue;
      }
      const after = plan.apply(row, cells).cells;
      for (const [index, cell] of after.entries())
        if (cell !== cells[index]) set(row, index, cell === '' ? null : cell);
      for (const index of dropped) set(row, index, null);
    }
  }
  // What formulas gave is written again with them: whoever reads without computing still sees it.
  for (const one of workbook.sheets)
    for (const cell of one.cells?.values() ?? [])
      if (cell.formula !== undefined && cell.formulaResult === undefined) cell.formulaResult = cell.value;
  const written = await saveXlsx(workbook);
  if (!(await isSame(workbook, written))) return false;
  await writeFile(request.to, written);
  return true;
}

/** Whether what was written reads back as what was meant: nothing of the workbook may be lost on the way. */
async function isSame({ sheets }: Workbook, written: Uint8Array): Promise<boolean> {
  const again = await openXlsx(written).catch(() => null);
  if (again?.sheets.length !== sheets.length) return false;
  return sheets.every((sheet, place) => {
    const other = again.sheets[place];
    return (
      other?.name === sheet.name &&
      sheet.rows.every((row, y) => row.every((value, x) => String(value ?? '') === String(other.rows[y]?.[x] ?? '')))
    );
  });
}

/** A number that reads back as it is written, and short enough to be shown whole; everything else is text. */
function cellValue(text: string): string | number {
  const number = Number(text);
  return text !== '' && String(number) === text && Math.abs(number) < 1e11 ? number : text;
}
