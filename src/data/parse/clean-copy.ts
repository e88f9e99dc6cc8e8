// Writes a table again as a plain CSV that any engine reads, and says of each row what was not right.
import { open } from 'node:fs/promises';
import { cellAddress, type Problem, problem } from '../../model/problem.ts';
import { problemList } from './problem-list.ts';
import { sampleOf } from './sample.ts';
import { textOutput } from './text-output.ts';
import { isTotalRow } from './totals.ts';

/** A row on its way to the copy, from a text or from a sheet; a blank one is a single empty cell. */
export type RowToCopy = {
  readonly cells: readonly string[];
  readonly fault: 'stray' | 'unclosed' | null;
  readonly faultCell: number;
  /** How many of the byte offsets that a text was asked for lie in this row. */
  readonly marks: number;
};

export type CleanCopyRequest = {
  /** Rows in their order, none left out, from `firstRow` on (1 is the first of the file). */
  readonly rows: AsyncIterable<readonly RowToCopy[]>;
  readonly firstRow: number;
  readonly width: number;
  /** What joins again the cells that are too many. */
  readonly delimiter: string;
  /** Whether a row is the header again. */
  readonly isHeader: (cells: readonly string[]) => boolean;
  /** The first row below the header: those above are not copied. */
  readonly firstDataRow: number;
  readonly titles: readonly string[];
  readonly to: string;
};

export type CleanCopy = {
  /** Records below the header, blank lines at the end left aside; and how many of them are empty. */
  readonly rows: number;
  readonly emptyRows: number;
  /** Records written. */
  readonly records: number;
  readonly droppedSourceRows: readonly number[];
  readonly sample: readonly (readonly string[])[];
  readonly problems: readonly Problem[];
  /** Bytes of the longest record written. */
  readonly longestRecord: number;
  /** For each offset asked for, its row. */
  readonly rowsAt: readonly number[];
};

/** The delimiter of every clean copy. */
export const cleanDelimiter = ',';

const shownLength = 200;

/** Writes the records below the header, each with as many cells as the table has columns, without the empty ones. */
export async function writeCleanCopy(request: CleanCopyRequest): Promise<CleanCopy> {
  const { width, delimiter, titles } = request;
  const list = problemList();
  const sample = sampleOf<readonly string[]>();
  const dropped: number[] = [];
  const rowsAt: number[] = [];
  const empties = { first: 0, count: 0 };
  let [row, rows, records, lastKept, waiting, longest] = [request.firstRow - 1, 0, 0, 0, 0, 0];
  const output = await open(request.to, 'w');
  const text = textOutput(output);

  const drop = (at: number) => {
    dropped.push(at);
  };
  const dropEmpty = (at: number) => {
    drop(at);
    empties.count++;
    empties.first ||= at;
  };

  try {
    for await (const batch of request.rows) {
      for (const read of batch) {
        row++;
        for (let mark = 0; mark < read.marks; mark++) rowsAt.push(row);
        if (row < request.firstDataRow) continue;
        const { cells } = read;
        if (cells.length === 1 && cells[0] === '') {
          // A blank line only counts when something follows it.
          waiting++;
          continue;
        }
        for (; waiting > 0; waiting--) {
          rows++;
          dropEmpty(row - waiting);
        }
        rows++;
        if (cells.every((cell) => cell.trim() === '')) {
          dropEmpty(row);
          continue;
        }
        if (request.isHeader(cells)) {
          drop(row);
          list.add(problem('header.repeated', 'warning', { row, cell: cellAddress(0, row) }));
          continue;
        }
        if (read.fault !== null) list.add(quoteProblem(read.fault, read.faultCell, cells, row, titles));
        if (cells.length !== width) list.add(raggedProblem(cells, width, row));
        if (isTotalRow(cells)) list.add(totalProblem(cells, row));
        const fitted = fitToWidth(cells, width, delimiter);
        lastKept = row;
        records++;
        if (sample.wants()) sample.add(fitted.map(ownText));
        else sample.skip();
        const line = csvLine(fitted);
        longest = Math.max(longest, line.length);
        text.add(line);
        if (text.isFull()) await text.write();
      }
    }
    await text.write();
  } finally {
    await output.close();
  }
  if (empties.count > 0) list.add(problem('row.empty', 'advice', { row: empties.first, count: empties.count }));
  return {
    rows,
    emptyRows: empties.count,
    records,
    // Rows below the last record kept move nothing.
    droppedSourceRows: dropped.filter((at) => at < lastKept),
    sample: sample.all(),
    problems: list.all(),
    longestRecord: longest * 3,
    rowsAt,
  };
}

/** Whether a record has exactly the cells of the header, blanks around them aside. */
export function sameAs(header: readonly string[]): (cells: readonly string[]) => boolean {
  const trimmed = header.map((cell) => cell.trim());
  return (cells) =>
    trimmed.length > 0 &&
    cells.length === trimmed.length &&
    cells.every((cell, index) => cell.trim() === trimmed[index]);
}

/** The problem of a row of totals: it stays in the data. */
export function totalProblem(cells: readonly string[], row: number): Problem {
  const index = Math.max(
    0,
    cells.findIndex((cell) => cell.trim() !== ''),
  );
  return problem('row.total', 'warning', { row, cell: cellAddress(index, row), value: shown(cells[index] ?? '') });
}

function quoteProblem(
  fault: 'stray' | 'unclosed',
  index: number,
  cells: readonly string[],
  row: number,
  titles: readonly string[],
): Problem {
  const place = {
    row,
    cell: cellAddress(Math.max(0, index), row),
    column: titles[index] ?? null,
    value: shown(cells[index] ?? ''),
  };
  return fault === 'unclosed' ? problem('quote.unclosed', 'error', place) : problem('quote.stray', 'advice', place);
}

/** Cells that miss at the end are often left out by exports; cells too many mean that a delimiter stands inside a text. */
function raggedProblem(cells: readonly string[], width: number, row: number): Problem {
  const tooMany = cells.slice(width).some((cell) => cell.trim() !== '');
  const place = {
    row,
    cell: cellAddress(Math.min(cells.length, width), row),
    value: String(cells.length),
    expected: String(width),
  };
  return problem('row.ragged', tooMany ? 'error' : 'warning', place);
}

/**
 * Gives a record the table's width: cells that miss are empty, empty cells too many go, filled ones join the last cell
 * with the delimiter between them, exactly as the file has them, so that nothing is lost.
 */
export function fitToWidth(cells: readonly string[], width: number, delimiter: string): readonly string[] {
  if (cells.length === width) return cells;
  if (cells.length < width) return [...cells, ...Array.from({ length: width - cells.length }, () => '')];
  const extra = cells.slice(width);
  if (extra.every((cell) => cell.trim() === '')) return cells.slice(0, width);
  return [...cells.slice(0, width - 1), cells.slice(width - 1).join(delimiter)];
}

/** A copy of its own: a piece of a long text keeps the whole of it in memory. */
function ownText(text: string): string {
  return Buffer.from(text).toString();
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(cleanDelimiter)}\n`;
}

function shown(value: string): string {
  return value.length > shownLength ? `${value.slice(0, shownLength)}…` : value;
}
