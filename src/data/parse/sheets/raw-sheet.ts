// A sheet on its way from a workbook to tables: its filled rows on disk as texts, and what was noticed while they came.
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { TerroirError } from '../../../lib/errors.ts';
import { mostColumns } from '../dialect.ts';
import { textOutput } from '../text-output.ts';

/** Rows and columns from 0, both ends included. */
export type CellRange = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

export type SheetRow = { readonly row: number; readonly cells: readonly string[] };

/** Cells that are alike: an error of a formula, or a formula without a result. */
export type CellFault = {
  readonly kind: 'error' | 'noValue';
  readonly value: string;
  readonly column: number;
  readonly firstRow: number;
  readonly count: number;
};

export type RawSheet = {
  readonly name: string;
  readonly hidden: boolean;
  readonly path: string;
  /** Index of the last filled row, and how many rows are filled. */
  readonly lastRow: number;
  readonly filledRows: number;
  /** How many of them hold more than one cell. */
  readonly wideRows: number;
  /** Index of the last of those; null when there is none. */
  readonly lastWideRow: number | null;
  /** For each column, how many cells are filled. */
  readonly filled: readonly number[];
  readonly head: readonly SheetRow[];
  /** Filled rows at the end that hold one cell only. */
  readonly tail: readonly SheetRow[];
  readonly merges: readonly CellRange[];
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly number[];
  readonly faults: readonly CellFault[];
  /** Whether the sheet's text stops before its end. */
  readonly cut: boolean;
  /** The row far below everything else, from which nothing was read; null when there is none. */
  readonly farRow: number | null;
};

export type RawSheetWriter = {
  /** Takes the cells of a row, from column A on. Rows come in order; empty ones need not come. */
  row(row: number, cells: string[]): void;
  merge(range: CellRange): void;
  hideRow(row: number): void;
  hideColumns(first: number, last: number): void;
  fault(kind: CellFault['kind'], row: number, column: number, value: string): void;
  /** Says that the sheet goes on but cannot be read any further. */
  cutShort(): void;
  /** Writes what is waiting: call it between chunks. */
  flush(): Promise<void>;
  finish(): Promise<RawSheet>;
  /** Closes what was opened, when the sheet is given up. */
  abandon(): Promise<void>;
};

const headRows = 400;
const mostKept = 100_000;
/** Blank rows in a row that no table has: what follows was left there by accident. */
const widestGap = 10_000;
const mostCells = 200_000_000;
const [cellEnd, rowEnd] = ['\u001f', '\u001e'];

type SheetStart = { readonly name: string; readonly hidden: boolean; readonly path: string };

/** Writes a sheet from its beginning to its end. @throws what `fill` throws, TerroirError file.tooManyColumns */
export async function fillRawSheet(
  file: string,
  sheet: SheetStart,
  fill: (writer: RawSheetWriter) => Promise<void>,
): Promise<RawSheet> {
  const writer = await writeRawSheet(file, sheet);
  try {
    await fill(writer);
    return await writer.finish();
  } catch (error) {
    // Closing twice fails, and says less than what happened first.
    await writer.abandon().catch(() => undefined);
    throw error;
  }
}

/** Finish or abandon what it returns. Its `row` throws TerroirError file.tooManyColumns, file.archiveUnsafe. */
export async function writeRawSheet(file: string, sheet: SheetStart): Promise<RawSheetWriter> {
  const output: FileHandle = await open(sheet.path, 'w');
  const text = textOutput(output);
  const filled: number[] = [];
  const head: SheetRow[] = [];
  let tail: SheetRow[] = [];
  const merges: CellRange[] = [];
  const hiddenRows: number[] = [];
  const hiddenColumns: number[] = [];
  const faults = new Map<string, { -readonly [K in keyof CellFault]: CellFault[K] }>();
  let [lastRow, filledRows, wideRows, cut, cells] = [-1, 0, 0, false, 0];
  let farRow: number | null = null;
  let lastWideRow: number | null = null;

  return {
    row(wanted, given) {
      while (given.length > 0 && given[given.length - 1] === '') given.pop();
      if (given.length === 0 || farRow !== null) return;
      const row = Math.max(wanted, lastRow + 1);
      if (lastRow >= 0 && row - lastRow > widestGap) {
        farRow = row;
        return;
      }
      if (given.length > mostColumns)
        throw new TerroirError('file.tooManyColumns', { name: file, columns: given.length, max: mostColumns });
      cells += given.length;
      if (cells > mostCells) throw new TerroirError('file.archiveUnsafe', { name: file, reason: `> ${mostCells}` });
      let count = 0;
      for (let column = 0; column < given.length; column++) {
        const cell = given[column] as string;
        if (cell === '') continue;
        if (hasControl(cell)) given[column] = cleanText(cell);
        if (given[column] === '') continue;
        count++;
        filled[column] = (filled[column] ?? 0) + 1;
      }
      if (count === 0) return;
      lastRow = row;
      filledRows++;
      if (count > 1) {
        wideRows++;
        lastWideRow = row;
        tail = [];
      } else if (tail.length < 50) tail.push({ row, cells: given });
      if (head.length < headRows) head.push({ row, cells: given });
      text.add(`${row}${cellEnd}${given.join(cellEnd)}${rowEnd}`);
    },
    merge(range) {
      if (merges.length < mostKept) merges.push(range);
    },
    hideRow(row) {
      if (hiddenRows.length < mostKept) hiddenRows.push(row);
    },
    hideColumns(first, last) {
      for (let column = first; column <= Math.min(last, mostColumns); column++) hiddenColumns.push(column);
    },
    fault(kind, row, column, value) {
      const key = `${kind} ${column} ${value}`;
      const known = faults.get(key);
      if (known !== undefined) known.count++;
      else if (faults.size < mostKept) faults.set(key, { kind, value, column, firstRow: row, count: 1 });
    },
    cutShort() {
      cut = true;
    },
    async flush() {
      if (text.isFull()) await text.write();
    },
    abandon: () => output.close(),
    async finish() {
      await text.write();
      await output.close();
      return {
        ...sheet,
        lastRow,
        filledRows,
        wideRows,
        lastWideRow,
        filled: Array.from(filled, (count) => count ?? 0),
        head,
        tail,
        merges,
        hiddenRows,
        hiddenColumns,
        faults: [...faults.values()],
        cut,
        farRow,
      };
    },
  };
}

/** Controls that no text means; two of them are ours, between cells and rows. */
function hasControl(cell: string): boolean {
  for (let at = 0; at < cell.length; at++) if (cell.charCodeAt(at) < 32 && cell.charCodeAt(at) !== 10) return true;
  return false;
}

function cleanText(cell: string): string {
  let text = '';
  for (const sign of cell.replace(/\r\n?/g, '\n')) {
    const code = sign.charCodeAt(0);
    if (code >= 32 || code === 9 || code === 10) text += sign;
  }
  return text;
}

/** The filled rows of a sheet again, in order, by batches. */
export async function* rawRows(sheet: RawSheet): AsyncGenerator<readonly SheetRow[]> {
  let held = '';
  // Short chunks: their rows are gone before the memory that held them grows old.
  for await (const chunk of createReadStream(sheet.path, { encoding: 'utf8', highWaterMark: 1 << 14 })) {
    const rows = (held + (chunk as string)).split(rowEnd);
    held = rows.pop() ?? '';
    yield rows.map((text) => {
      const cells = text.split(cellEnd);
      return { row: Number(cells.shift()), cells };
    });
  }
}
