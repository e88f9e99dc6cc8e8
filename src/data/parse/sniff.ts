// Guesses, from the head of a text, its delimiter, the ends of its lines, the titles above the table and the header row.
import { type Dialect, delimiters } from './dialect.ts';
import { readRecord } from './record.ts';

export type Sniffed = {
  readonly dialect: Dialect;
  /** Cells of an ordinary record. */
  readonly width: number;
  /** Index of the header among the records of the file, blank lines counted; null when there is none. */
  readonly headerIndex: number | null;
  readonly headerCells: readonly string[];
  /** Index of the first record below. */
  readonly firstDataIndex: number;
  /** Whether every record down to the header is one physical line that is not blank: then records count as lines. */
  readonly plainTop: boolean;
  /** Whether the text holds one column only, so that no delimiter was seen. */
  readonly singleColumn: boolean;
};

const recordsRead = 400;
const headerSearch = 50;

/**
 * @param complete whether the text is the whole file; else its last record may be cut and is not looked at
 * @returns null when the text holds no whole record with something in it
 */
export function sniff(text: string, complete: boolean): Sniffed | null {
  const newline = text.includes('\n') || !text.includes('\r') ? 'lf' : 'cr';
  const attempts = delimiters.map((delimiter) =>
    attempt(text, { delimiter, newline, initialSpace: false, quotes: true }, complete),
  );
  let best = attempts.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.records.length === 0 || best.records.every(isBlank)) return null;
  // Only where a text seems to start with blanks and a quote may the blanks belong to the delimiter.
  if (best.records.some((cells) => cells.some((cell) => /^ +"/.test(cell)))) {
    const spaced = attempt(text, { ...best.dialect, initialSpace: true }, complete);
    if (spaced.share >= best.share) best = spaced;
  }
  const { records, width, dialect } = best;
  const { absent, first } = judgeTop(records, width);
  const top = records.slice(0, first + 1);
  return {
    dialect,
    width: absent ? width : Math.max(width, (records[first] ?? []).length),
    headerIndex: absent ? null : first,
    headerCells: absent ? [] : (records[first] ?? []),
    firstDataIndex: absent ? first : first + 1,
    plainTop: top.every((cells) => !isBlank(cells) && !cells.some((cell) => /[\r\n]/.test(cell))),
    singleColumn: width === 1,
  };
}

/**
 * Where a table starts, among records of its head.
 * @returns `first`: the index of the header, or of the first record of data when the header is absent
 */
export function judgeTop(
  records: readonly (readonly string[])[],
  width: number,
): { readonly absent: boolean; readonly first: number } {
  const header = findHeader(records, width);
  return {
    absent: header === null || looksLikeData(records, header, width),
    first: header ?? records.findIndex((cells) => !isBlank(cells)),
  };
}

type Attempt = {
  readonly dialect: Dialect;
  readonly records: readonly (readonly string[])[];
  readonly width: number;
  readonly share: number;
  readonly score: number;
};

/** Reads the head with one dialect and notes how alike its records are. */
function attempt(text: string, dialect: Dialect, complete: boolean): Attempt {
  const records = headRecords(text, dialect, complete);
  const filled = records.filter((cells) => !isBlank(cells));
  const counts = new Map<number, number>();
  for (const cells of filled) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let [width, most] = [1, 0];
  for (const [count, times] of counts)
    if (count > 1 && (times > most || (times === most && count > width))) [width, most] = [count, times];
  if (width === 1) return { dialect, records, width, share: 0, score: dialect.delimiter === ',' ? 0.001 : 0 };
  const share = most / filled.length;
  const header = findHeader(records, width);
  const headerFits = header !== null && records[header]?.length === width;
  // A delimiter inside texts makes few records of two cells; the true one makes most records alike, header included.
  const alone = counts.get(1) ?? 0;
  const score = share + (headerFits ? 0.5 : 0) + Math.min(width, 100) / 1000 - (alone > most ? 1 : 0);
  return score > 0 ? { dialect, records, width, share, score } : { dialect, records, width: 1, share: 0, score: 0 };
}

function headRecords(text: string, dialect: Dialect, complete: boolean): readonly (readonly string[])[] {
  const records: (readonly string[])[] = [];
  let width = 0;
  for (let at = 0; at < text.length && records.length < recordsRead; ) {
    const read = readRecord(text, at, dialect, width, complete);
    if (read === null) break;
    records.push(read.cells);
    if (width === 0 && read.cells.length > 1) width = read.cells.length;
    at = read.next;
  }
  return records;
}

/**
 * The header is the first record that fills at least half of the table's width; titles fill a cell or two.
 * @returns its index, or null when no record does
 */
export function findHeader(records: readonly (readonly string[])[], width: number): number | null {
  const needed = width === 1 ? 1 : Math.max(2, Math.ceil(width / 2));
  const top = records.slice(0, headerSearch);
  const found = top.findIndex((cells) => namedCells(cells, width) >= needed);
  if (found !== -1) return found;
  // A wide table with few names: the record with the most of them.
  const most = Math.max(...top.map((cells) => (cells.length >= width ? filledCells(cells) : 0)));
  return most > 0 ? top.findIndex((cells) => cells.length >= width && filledCells(cells) === most) : null;
}

/** Filled cells, and the first one when it alone has no name: tables of statistics leave the corner empty. */
function namedCells(cells: readonly string[], width: number): number {
  const filled = filledCells(cells);
  return cells.length === width && filled === width - 1 && (cells[0] ?? '').trim() === '' ? width : filled;
}

const numeric = /^[+-]?\d[\d\s\u00a0\u202f]*([.,]\d+)?\s*[€%]?$/;
const dateLike = /^(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}([T ].*)?)$/;
const year = /^(1[89]|20|21)\d\d$/;

/** A file without header starts with data: mostly numbers and dates that are no years, in columns that go on the same way. */
function looksLikeData(records: readonly (readonly string[])[], header: number, width: number): boolean {
  const cells = (records[header] ?? []).map((cell) => cell.trim());
  const filled = cells.filter((cell) => cell !== '');
  if (new Set(filled).size < filled.length && filled.every((cell) => isValue(cell))) return true;
  const values = cells.flatMap((cell, index) => (isValue(cell) && !year.test(cell) ? [index] : []));
  if (values.length === 0 || (values.length < filled.length / 2 && values.length < 3)) return false;
  const below = records.slice(header + 1).filter((row) => row.length === width && filledCells(row) > 0);
  if (below.length === 0) return values.length === filled.length && filled.length > 1;
  return values.every(
    (index) =>
      below.filter((row) => isValue((row[index] ?? '').trim()) || row[index] === '').length >= below.length * 0.8,
  );
}

/** Whether a cell holds a number or a date. */
export function isValue(cell: string): boolean {
  return numeric.test(cell) || dateLike.test(cell);
}

export function filledCells(cells: readonly string[]): number {
  let filled = 0;
  for (const cell of cells) if (cell.trim() !== '') filled++;
  return filled;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0] === '';
}
