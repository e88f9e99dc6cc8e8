// Where a problem is in the whole file: stages count a table's own columns and rows, people read sheets and their letters.
import { cellAddress, type Problem } from '../model/problem.ts';

/** What of a table tells where it stands in its file. */
export type TablePlace = {
  readonly name: string;
  readonly sheet?: string;
  /** Index of the table's first column in its sheet (0 = A). */
  readonly firstSourceColumn?: number;
  readonly headers: readonly unknown[];
  /** What a row is where no spreadsheet numbers it. */
  readonly unit?: 'object';
};

/**
 * The problem with its sheet, and its cell as the spreadsheet shows it. One that has its sheet already, or that is about
 * no row, cell or column, is left as it is.
 */
export function placed(
  problem: Problem,
  { sheet, firstSourceColumn = 0, unit }: Omit<TablePlace, 'name' | 'headers'>,
): Problem {
  const isAboutFile = problem.cell === null && problem.row === null && problem.column === null;
  if (isAboutFile) return problem;
  const counted = unit === undefined ? problem : { ...problem, unit };
  if (sheet === undefined || problem.sheet !== null) return counted;
  const cell = problem.cell === null ? null : cellAt(problem.cell);
  return {
    ...counted,
    sheet,
    cell: cell === null ? problem.cell : cellAddress(cell.column + firstSourceColumn, cell.row),
  };
}

/** Whether a problem already placed is about this table. */
export function concerns(problem: Problem, { name, sheet, firstSourceColumn = 0, headers }: TablePlace): boolean {
  if (sheet === undefined) return problem.sheet === null || problem.sheet === name;
  if (problem.sheet !== sheet) return false;
  const cell = problem.cell === null ? null : cellAt(problem.cell);
  return cell === null || (cell.column >= firstSourceColumn && cell.column < firstSourceColumn + headers.length);
}

function cellAt(address: string): { column: number; row: number } | null {
  const found = /^([A-Z]+)(\d+)$/.exec(address);
  if (found === null) return null;
  const [, letters = '', row = ''] = found;
  return {
    column: [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1,
    row: Number(row),
  };
}
