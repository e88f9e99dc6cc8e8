// From a raw sheet to its tables: where each one starts, how its header reads, its rows as a clean copy.
import { cellAddress, columnLetters, type Problem, problem } from '../../../model/problem.ts';
import { placed } from '../../places.ts';
import type { ParsedTable } from '../../stages.ts';
import { cleanDelimiter, type RowToCopy, writeCleanCopy } from '../clean-copy.ts';
import { readHeaders } from '../headers.ts';
import { problemList } from '../problem-list.ts';
import { judgeTop } from '../sniff.ts';
import { type Block, blocksOf, headOf } from './blocks.ts';
import { headerLines, repeatsHeader } from './header-lines.ts';
import { isNotice, notesBelow } from './notes.ts';
import { type CellRange, type RawSheet, rawRows } from './raw-sheet.ts';

export type SheetTables = { readonly tables: readonly ParsedTable[]; readonly problems: readonly Problem[] };

/** @param pathOf names a file of the scratch folder by a word */
export async function tablesOf(sheet: RawSheet, pathOf: (word: string) => string): Promise<SheetTables> {
  const here = { sheet: sheet.name };
  if (sheet.filledRows === 0) {
    const cut = sheet.cut ? [problem('sheet.cut', 'error', { ...here, row: 1, count: 0 })] : [];
    return { tables: [], problems: cut };
  }
  if (isNotice(sheet)) {
    const value = (sheet.head[0]?.cells.find((cell) => cell !== '') ?? '').slice(0, 80);
    return { tables: [], problems: [problem('sheet.textOnly', 'advice', { ...here, value })] };
  }
  const problems: Problem[] = [];
  if (sheet.hidden) problems.push(problem('sheet.hidden', 'warning', here));
  if (sheet.cut) problems.push(problem('sheet.cut', 'error', { ...here, row: sheet.lastRow + 1 }));
  if (sheet.farRow !== null)
    problems.push(
      problem('row.far', 'warning', { ...here, row: sheet.farRow + 1, expected: String(sheet.lastRow + 1) }),
    );
  const { tables: blocks, asides } = await blocksOf(sheet);
  for (const aside of asides) problems.push(problem('column.aside', 'warning', { ...here, value: letters(aside) }));
  if (blocks.length > 1) {
    const value = blocks.map(letters).join(', ');
    problems.push(problem('sheet.sideBySide', 'warning', { ...here, value, count: blocks.length }));
  }
  const tables: ParsedTable[] = [];
  for (const [index, block] of blocks.entries()) {
    const name = blocks.length === 1 ? sheet.name : `${sheet.name} (${letters(block)})`;
    const read = await readBlock(sheet, block, name, pathOf(`table-${index}.csv`));
    tables.push(read.table);
    problems.push(...read.problems.map((each) => placed(each, read.table)));
  }
  return { tables, problems };
}

function letters({ left, right }: Block): string {
  return left === right ? columnLetters(left) : `${columnLetters(left)}:${columnLetters(right)}`;
}

async function readBlock(sheet: RawSheet, block: Block, name: string, to: string) {
  const width = block.right - block.left + 1;
  const head = headOf(sheet.head, block);
  const { absent, first } = judgeTop(
    head.map(({ cells }) => cells),
    width,
  );
  const startRow = head[first]?.row ?? 0;
  const lines = absent ? null : headerLines(head, startRow, block, sheet.merges);
  const headerRow = lines === null ? null : lines.bottom + 1;
  const firstDataRow = (lines === null ? startRow : lines.bottom + 1) + 1;
  const list = problemList();
  const { headers, problems } = readHeaders(lines?.cells ?? [], width, headerRow);
  for (const each of problems) list.add(each);
  const titleRows = head.filter(({ row }) => row < (lines?.top ?? startRow)).length;
  if (titleRows > 0)
    list.add(problem('header.titleRows', 'advice', { row: (lines?.top ?? startRow) + 1, count: titleRows }));
  if (lines !== null && lines.bottom > lines.top) {
    const value = lines.cells.find((cell) => cell.includes(' / ')) ?? lines.cells[0] ?? '';
    list.add(problem('header.lines', 'advice', { row: lines.top + 1, count: lines.bottom - lines.top + 1, value }));
  }
  const titles = headers.map(({ title }) => title);
  const notes = notesBelow(sheet, block, firstDataRow);
  const lastRow = notes === null ? sheet.lastRow + 1 : notes.row - 1;
  if (notes !== null) list.add(problem('row.note', 'advice', notes));
  addHidden(sheet, block, titles, { first: firstDataRow, last: lastRow }, list.add);
  addFaults(sheet, block, titles, firstDataRow, list.add);
  const merges = mergesDown(sheet.merges, block, firstDataRow - 1);
  if (merges.length > 0) {
    const [top] = merges;
    const cell = top === undefined ? null : cellAddress(top.left - block.left, top.top + 1);
    list.add(problem('cell.merged', 'advice', { cell, row: (top?.top ?? 0) + 1, count: merges.length }));
  }
  const lonely: LonelyRow[] = [];
  const copy = await writeCleanCopy({
    rows: blockRows(sheet, block, { first: firstDataRow, last: lastRow }, merges, lonely),
    firstRow: firstDataRow,
    firstDataRow,
    width,
    delimiter: cleanDelimiter,
    isHeader: repeatsHeader(lines?.lines ?? []),
    titles,
    to,
  });
  for (const each of copy.problems) list.add(each);
  addSections(lonely, copy.records, list.add);
  const table: ParsedTable = {
    name,
    sheet: sheet.name,
    ...(block.left === 0 ? {} : { firstSourceColumn: block.left }),
    source: {
      path: to,
      delimiter: cleanDelimiter,
      records: copy.records,
      skipLines: 0,
      columns: width,
      original: false,
      longestRecord: copy.longestRecord,
    },
    headerRow,
    headers,
    rows: copy.rows,
    emptyRows: copy.emptyRows,
    firstSourceRow: firstDataRow,
    droppedSourceRows: copy.droppedSourceRows,
    sample: copy.sample,
  };
  return { table, problems: list.all() };
}

type Add = (problem: Problem) => void;
/** Rows from 1, both ends included. */
type Rows = { readonly first: number; readonly last: number };

function addHidden(sheet: RawSheet, { left, right }: Block, titles: readonly string[], rows: Rows, add: Add): void {
  const hiddenRows = sheet.hiddenRows.filter((row) => row + 1 >= rows.first && row + 1 <= rows.last);
  const [firstHidden] = hiddenRows;
  if (firstHidden !== undefined)
    add(problem('row.hidden', 'warning', { row: firstHidden + 1, count: hiddenRows.length }));
  for (const column of sheet.hiddenColumns) {
    if (column < left || column > right) continue;
    add(problem('column.hidden', 'warning', { column: titles[column - left] ?? null, value: columnLetters(column) }));
  }
}

function addFaults(
  sheet: RawSheet,
  { left, right }: Block,
  titles: readonly string[],
  firstRow: number,
  add: Add,
): void {
  for (const { kind, value, column, firstRow: row, count } of sheet.faults) {
    if (column < left || column > right || row + 1 < firstRow) continue;
    const place = {
      cell: cellAddress(column - left, row + 1),
      row: row + 1,
      column: titles[column - left] ?? null,
      count,
    };
    if (kind === 'noValue') add(problem('formula.noValue', 'warning', place));
    else add(problem('formula.error', value === '#N/A' ? 'warning' : 'error', { ...place, value }));
  }
}

type LonelyRow = { readonly row: number; readonly value: string };

/** Rows with a first cell and nothing else, here and there in a table, are titles of its parts: they stay, and are told. */
function addSections(lonely: readonly LonelyRow[], records: number, add: Add): void {
  const [first] = lonely;
  if (first === undefined || lonely.length > records / 4) return;
  const { row, value } = first;
  add(problem('row.section', 'warning', { cell: cellAddress(0, row), row, value, count: lonely.length }));
}

/** Cells merged over several rows of data, in the order of their rows. */
function mergesDown(merges: readonly CellRange[], { left, right }: Block, firstRow: number): readonly CellRange[] {
  return merges
    .filter((range) => range.bottom > range.top && range.top >= firstRow && range.left >= left && range.left <= right)
    .sort((a, b) => a.top - b.top);
}

const batchRows = 100;
const blank: RowToCopy = { cells: [''], fault: null, faultCell: -1, marks: 0 };

/** Every row between two, blank ones included, cut to the block; what is merged down is repeated on each filled row. */
async function* blockRows(
  sheet: RawSheet,
  { left, right }: Block,
  { first, last }: Rows,
  merges: readonly CellRange[],
  lonely: LonelyRow[],
): AsyncGenerator<readonly RowToCopy[]> {
  let next = first - 1;
  let merge = 0;
  const open = new Map<number, { until: number; value: string }>();
  let batch: RowToCopy[] = [];
  for await (const rows of rawRows(sheet)) {
    for (const { row, cells } of rows) {
      if (row < next || row + 1 > last) continue;
      for (; next < row; next++) batch.push(blank);
      next = row + 1;
      const cut = cells.slice(left, right + 1);
      while (cut.length < right - left + 1) cut.push('');
      const isEmpty = cut.every((cell) => cell === '');
      if (cut.length > 1 && cut[0] !== '' && cut.every((cell, index) => index === 0 || cell === ''))
        lonely.push({ row: row + 1, value: (cut[0] as string).slice(0, 80) });
      for (; merge < merges.length && (merges[merge]?.top ?? 0) <= row; merge++) {
        const range = merges[merge];
        if (range?.top === row)
          open.set(range.left - left, { until: range.bottom, value: cut[range.left - left] ?? '' });
      }
      for (const [column, { until, value }] of open) {
        if (row > until) open.delete(column);
        else if (!isEmpty && cut[column] === '') cut[column] = value;
      }
      batch.push(isEmpty ? blank : { cells: cut, fault: null, faultCell: -1, marks: 0 });
      if (batch.length < batchRows) continue;
      yield batch;
      batch = [];
    }
  }
  yield batch;
}
