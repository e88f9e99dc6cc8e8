// Reads a delimited text: one table, ready for the engine to read without guessing.
import { extname, join } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage, TableSource } from '../stages.ts';
import { LineTooLong, takeCensus } from './census.ts';
import { cleanDelimiter, sameAs, totalProblem, writeCleanCopy } from './clean-copy.ts';
import { longestLineBytes, mostColumns } from './dialect.ts';
import { type EncodingName, judgeHead } from './encoding.ts';
import { readHead } from './head.ts';
import { readHeaders } from './headers.ts';
import { problemList } from './problem-list.ts';
import { firstHeadBytes, type Glance, sameCensus } from './read-along.ts';
import { readRecord } from './record.ts';
import { type Sniffed, sniff } from './sniff.ts';
import { textRecords } from './text-records.ts';
import { isTotalRow } from './totals.ts';
import { transcode } from './transcode.ts';

/** A file being read: its bytes as UTF-8 from `start` on, and what was learnt of its encoding on the way. */
type Text = {
  readonly path: string;
  readonly start: number;
  readonly encoding: EncodingName;
  readonly original: boolean;
  readonly nuls: number;
  readonly otherLines: number;
  readonly otherLineOffsets: readonly number[];
};

/**
 * Reads the shape of a delimited file and everything irregular in it.
 * @param options.scratch an existing folder for the rewritten copies
 * @param options.glance what was learnt of the same bytes while they were received
 * @throws TerroirError file.empty, file.binary, file.lineTooLong, file.tooManyColumns; bad cells never throw
 */
export async function readDelimited(
  file: DepositedFile,
  options: { scratch: string; glance?: Glance | null },
): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  try {
    const text = await openText(file, name, options.scratch);
    const sniffed = await sniffHead(text, name);
    return await readTable(text, sniffed, name, options);
  } catch (error) {
    if (error instanceof LineTooLong)
      throw new TerroirError('file.lineTooLong', { name, row: error.record + 1, max: longestLineBytes });
    throw error;
  }
}

/** The file as UTF-8: itself when it already is, else a copy. */
async function openText(file: DepositedFile, name: string, scratch: string): Promise<Text> {
  const head = await readHead(file.path, firstHeadBytes);
  if (head.length === 0) throw new TerroirError('file.empty', { name });
  const judged = judgeHead(head);
  if (judged.binary) throw new TerroirError('file.binary', { name });
  const whole = {
    path: file.path,
    start: judged.markBytes,
    encoding: 'UTF-8' as const,
    original: true,
    nuls: 0,
    otherLines: 0,
    otherLineOffsets: [],
  };
  if (judged.wide === null) return whole;
  const path = join(scratch, 'text.csv');
  return { path, start: 0, original: false, ...(await transcode(file.path, path, judged)) };
}

async function sniffHead(text: Text, name: string): Promise<Sniffed> {
  for (let bytes = firstHeadBytes; ; bytes *= 8) {
    const head = await readHead(text.path, Math.min(bytes, longestLineBytes + 1));
    const complete = head.length < Math.min(bytes, longestLineBytes + 1);
    const content = Buffer.from(head.subarray(text.start)).toString('utf8').replaceAll('\0', '');
    const sniffed = sniff(content, complete);
    if (sniffed !== null && (sniffed.headerIndex !== null || complete || bytes > firstHeadBytes))
      return checkWidth(sniffed, name);
    if (complete) throw new TerroirError('file.empty', { name });
    if (head.length > longestLineBytes) {
      if (sniffed !== null) return checkWidth(sniffed, name);
      throw new TerroirError('file.lineTooLong', { name, row: 1, max: longestLineBytes });
    }
  }
}

function checkWidth(sniffed: Sniffed, name: string): Sniffed {
  if (sniffed.width > mostColumns)
    throw new TerroirError('file.tooManyColumns', { name, columns: sniffed.width, max: mostColumns });
  return sniffed;
}

async function readTable(
  text: Text,
  sniffed: Sniffed,
  name: string,
  { scratch, glance }: { scratch: string; glance?: Glance | null },
): Promise<Stage<ParsedFile>> {
  const { dialect, width, headerIndex, firstDataIndex } = sniffed;
  const request = {
    start: text.start,
    dialect,
    width,
    skipRecords: firstDataIndex,
    hasHeader: headerIndex !== null,
    offsets: text.otherLineOffsets,
  };
  const census = (text.original ? sameCensus(glance, request) : null) ?? (await takeCensus(text.path, request));
  if (!census.cleanUtf8) {
    const path = join(scratch, 'text.csv');
    const clean = await transcode(text.path, path, { wide: null, markBytes: text.start, binary: false });
    const rewritten = { path, start: 0, original: false, ...clean };
    return readTable(rewritten, await sniffHead(rewritten, name), name, { scratch });
  }
  const headerRow = headerIndex === null ? null : headerIndex + 1;
  const { headers, problems } = readHeaders(sniffed.headerCells, width, headerRow);
  const list = problemList();
  for (const each of problems) list.add(each);
  if (headerIndex !== null && headerIndex > 0)
    list.add(problem('header.titleRows', 'advice', { row: headerIndex + 1, count: headerIndex }));
  const firstSourceRow = firstDataIndex + 1;
  const shape = { name: tableName(name), headerRow, headers, firstSourceRow };
  // The engine skips lines, and drops a mark only where it does: a file without header is copied when it has one.
  const regular =
    census.regular &&
    sniffed.plainTop &&
    (width > 1 || census.records > 0) &&
    (headerIndex !== null || text.start === 0);
  let table: ParsedTable;
  let rowsAt: readonly number[];
  if (regular) {
    const cellsOf = (bytes: Uint8Array) =>
      readRecord(Buffer.from(bytes).toString('utf8'), 0, dialect, width, true)?.cells ?? [];
    for (const { index, bytes } of census.totalCandidates) {
      const cells = cellsOf(bytes);
      if (isTotalRow(cells)) list.add(totalProblem(cells, firstSourceRow + index));
    }
    rowsAt = census.recordsAt.map((index) => index + 1);
    const source: TableSource = {
      path: text.path,
      delimiter: dialect.delimiter,
      records: census.records,
      skipLines: firstDataIndex,
      columns: width,
      original: text.original,
      longestRecord: census.longestRecord,
      cells: census.cells,
    };
    table = {
      ...shape,
      source,
      rows: census.records,
      emptyRows: 0,
      droppedSourceRows: [],
      sample: census.sample.map(cellsOf),
    };
  } else {
    const to = join(scratch, 'clean.csv');
    const copy = await writeCleanCopy({
      rows: textRecords(text.path, text.start, dialect, width, text.otherLineOffsets),
      firstRow: 1,
      width,
      delimiter: dialect.delimiter,
      isHeader: sameAs(sniffed.headerCells),
      firstDataRow: firstSourceRow,
      titles: headers.map((header) => header.title),
      to,
    });
    for (const each of copy.problems) list.add(each);
    rowsAt = copy.rowsAt;
    const source: TableSource = {
      path: to,
      delimiter: cleanDelimiter,
      records: copy.records,
      skipLines: 0,
      columns: width,
      original: false,
      longestRecord: copy.longestRecord,
    };
    table = {
      ...shape,
      source,
      rows: copy.rows,
      emptyRows: copy.emptyRows,
      droppedSourceRows: copy.droppedSourceRows,
      sample: copy.sample,
    };
  }
  const delimiter = sniffed.singleColumn ? null : dialect.delimiter;
  return {
    value: {
      format: delimiter === '\t' || extname(name).toLowerCase() === '.tsv' ? 'tsv' : 'csv',
      encoding: text.encoding,
      delimiter,
      tables: [table],
    },
    problems: [...encodingProblems(text, rowsAt), ...list.all()],
  };
}

function encodingProblems(text: Text, rowsAt: readonly number[]): readonly Problem[] {
  const problems: Problem[] = [];
  if (text.nuls > 0) problems.push(problem('file.nulBytes', 'warning', { count: text.nuls }));
  if (text.otherLines > 0) {
    const other = text.encoding === 'UTF-8' ? 'windows-1252' : 'UTF-8';
    problems.push(
      problem('encoding.mixed', 'warning', {
        row: rowsAt[0] ?? null,
        expected: text.encoding,
        proposal: other,
        count: text.otherLines,
      }),
    );
  }
  return problems;
}

function tableName(name: string): string {
  return name.replace(/(\.(csv|tsv|tab|txt|asc|dat|gz|zip))+$/i, '') || name;
}
