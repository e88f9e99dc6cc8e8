// Tells apart the tables that stand side by side in a sheet, separated by empty columns, and the notes beside a table.
import { foldText } from '../../../lib/text.ts';
import { filledCells, judgeTop } from '../sniff.ts';
import { type RawSheet, rawRows, type SheetRow } from './raw-sheet.ts';

/** Columns from 0, both ends included. */
export type Block = { readonly left: number; readonly right: number };

export type Blocks = {
  readonly tables: readonly Block[];
  /** Columns that hold a few words beside a table and belong to none. */
  readonly asides: readonly Block[];
};

type Group = Block & {
  readonly rows: number;
  readonly lastRow: number;
  /** Row of the header, null when the columns have none. */
  readonly headerRow: number | null;
  readonly titles: ReadonlySet<string>;
};

/** Most sheets are one block; only those with an empty column among filled ones are read twice to tell. */
export async function blocksOf(sheet: RawSheet): Promise<Blocks> {
  const runs = filledRuns(sheet.filled);
  const [first] = runs;
  if (first === undefined) return { tables: [], asides: [] };
  if (runs.length === 1) return { tables: runs, asides: [] };
  const tables: Group[] = [];
  const asides: Block[] = [];
  const groups = await measure(sheet, runs);
  const largest = groups.reduce((a, b) => (b.rows * (b.right - b.left + 1) > a.rows * (a.right - a.left + 1) ? b : a));
  for (const group of groups) {
    const before = tables[tables.length - 1];
    if (group !== largest && isAside(group, largest)) asides.push(group);
    else if (before === undefined || areApart(before, group)) tables.push(group);
    else tables[tables.length - 1] = joined(before, group);
  }
  return { tables, asides };
}

function filledRuns(filled: readonly number[]): readonly Block[] {
  const runs: { left: number; right: number }[] = [];
  for (const [column, count] of filled.entries()) {
    if (count === 0) continue;
    const last = runs[runs.length - 1];
    if (last !== undefined && last.right === column - 1) last.right = column;
    else runs.push({ left: column, right: column });
  }
  return runs;
}

async function measure(sheet: RawSheet, runs: readonly Block[]): Promise<readonly Group[]> {
  const counts = runs.map(() => ({ rows: 0, lastRow: -1 }));
  for await (const batch of rawRows(sheet)) {
    for (const { row, cells } of batch) {
      for (const [index, { left, right }] of runs.entries()) {
        let column = left;
        while (column <= right && (cells[column] ?? '') === '') column++;
        const count = counts[index];
        if (column > right || count === undefined) continue;
        count.rows++;
        count.lastRow = row;
      }
    }
  }
  return runs.map((run, index) => {
    const { rows, lastRow } = counts[index] ?? { rows: 0, lastRow: -1 };
    const head = headOf(sheet.head, run);
    const { absent, first } = judgeTop(
      head.map(({ cells }) => cells),
      run.right - run.left + 1,
    );
    const header = absent ? undefined : head[first];
    return {
      ...run,
      rows,
      lastRow,
      headerRow: header?.row ?? null,
      titles: new Set((header?.cells ?? []).map((cell) => foldText(cell.trim())).filter((cell) => cell !== '')),
    };
  });
}

/** The head's rows cut to some columns, each as wide as they are; rows empty there are left out. */
export function headOf(head: readonly SheetRow[], { left, right }: Block): readonly SheetRow[] {
  return head.flatMap(({ row, cells }) => {
    const cut = cells.slice(left, right + 1);
    while (cut.length < right - left + 1) cut.push('');
    return filledCells(cut) === 0 ? [] : [{ row, cells: cut }];
  });
}

/** A legend or a remark: a narrow column, seldom filled, that has nothing in the table's header row. */
function isAside(group: Group, table: Group): boolean {
  const width = group.right - group.left + 1;
  return width <= 2 && group.rows <= Math.max(3, table.rows * 0.2) && !holds(group, table.headerRow);
}

function holds(group: Group, row: number | null): boolean {
  return row !== null && group.headerRow === row;
}

/** Two tables: each has a header, and either the names come back, or the headers or the lengths are not the same. */
function areApart(a: Group, b: Group): boolean {
  if (a.headerRow === null || b.headerRow === null) return false;
  if (a.right === a.left || b.right === b.left) return false;
  const shared = [...b.titles].filter((title) => a.titles.has(title)).length;
  if (shared >= Math.min(a.titles.size, b.titles.size) / 2) return true;
  if (a.headerRow !== b.headerRow) return true;
  return a.lastRow !== b.lastRow && Math.abs(a.rows - b.rows) > 0.1 * Math.max(a.rows, b.rows);
}

function joined(a: Group, b: Group): Group {
  return {
    left: a.left,
    right: b.right,
    rows: Math.max(a.rows, b.rows),
    lastRow: Math.max(a.lastRow, b.lastRow),
    headerRow: a.headerRow ?? b.headerRow,
    titles: new Set([...a.titles, ...b.titles]),
  };
}
