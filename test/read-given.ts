// For tests of readers: gives a file's content to a reader, and answers its tables with the rows of their clean copies.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAside } from '../src/data/deposit/receive.ts';
import { parseFile } from '../src/data/parse/parse.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage } from '../src/data/stages.ts';
import type { Problem } from '../src/model/problem.ts';

type Reader = (file: DepositedFile, options: { scratch: string }) => Promise<Stage<ParsedFile>>;

export type GivenTable = ParsedTable & { readonly titles: readonly string[]; readonly records: readonly string[][] };
export type Given = {
  readonly value: ParsedFile;
  readonly tables: readonly GivenTable[];
  readonly problems: readonly Problem[];
  readonly codes: readonly string[];
};

/** Reads content under a name; the scratch folder is gone when the answer comes. */
export async function readGiven(read: Reader, name: string, content: string | Uint8Array): Promise<Given> {
  return inScratch(async (scratch) => {
    const path = join(scratch, `given-${name.replaceAll('/', '_')}`);
    writeFileSync(path, content);
    return opened(await read({ name, path, bytes: content.length, sha256: '' }, { scratch }));
  });
}

/** Reads a file of the disk as a deposit does: unwrapped, recognised, read. */
export async function readFileGiven(path: string): Promise<Given> {
  return inScratch(async (scratch) => opened(await parseFile(await readAside(path, scratch), { scratch })));
}

async function inScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'terroir-geo-'));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function opened({ value, problems }: Stage<ParsedFile>): Given {
  const tables = value.tables.map((table) => {
    const records = recordsOf(readFileSync(table.source.path, 'utf8'));
    // What every reader promises to the engine.
    if (records.length !== table.source.records) throw new Error(`${records.length} ≠ ${table.source.records}`);
    for (const record of records)
      if (record.length !== table.source.columns) throw new Error(`${record.length} ≠ ${table.source.columns}`);
    // Beside each shape stand the two numbers of its point: columns that have no header.
    const { length } = table.headers;
    if (length + (table.shapes === undefined ? 0 : 2) < table.source.columns) throw new Error('headers');
    const named = records.map((record) => record.slice(0, length));
    return { ...table, titles: table.headers.map(({ title }) => title), records: named };
  });
  return { value, tables, problems, codes: problems.map(({ code }) => code) };
}

/** The records of a clean copy (RFC 4180, commas, LF). */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        cell += text[at];
        if (text[at] === '"') at++;
      }
      at++;
    } else for (; at < text.length && text[at] !== ',' && text[at] !== '\n'; at++) cell += text[at];
    cells.push(cell);
    if (text[at++] !== '\n') continue;
    records.push(cells);
    cells = [];
  }
  return records;
}
