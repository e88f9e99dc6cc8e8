// Counts what breaks while the file is still being read for the first time: most files are as their first line says.
import { type FileHandle, open } from 'node:fs/promises';
import type { TableSchema } from '../../model/schema.ts';
import { readCsvExpression } from '../../stores/tables/conversion.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable } from '../stages.ts';
import { looseName, matchColumns } from './columns.ts';
import { compileRules } from './compile.ts';
import { countRecords, type RecordCount } from './run.ts';

/** A count begun on a guess: worth something only if the file turns out to be as it was guessed. */
export type Ahead = {
  readonly guess: Guess;
  /** Null when the engine could not read the file as guessed. */
  readonly count: Promise<RecordCount | null>;
};

type Guess = Pick<ParsedTable, 'source' | 'headers' | 'name'>;

const headBytes = 64 * 1024;
/** Below this size there is nothing to win. */
const leastBytes = 4 * 1024 * 1024;

/**
 * Begins to count, without waiting for the answer, when the first line of a large text holds the names of the schema.
 * @returns null when nothing could be guessed; never throws
 */
export async function countAhead(
  file: { readonly path: string; readonly bytes: number; readonly name: string },
  schema: TableSchema,
  tables: TableEngine,
): Promise<Ahead | null> {
  if (file.bytes < leastBytes) return null;
  const guess = await guessTable(file, schema).catch(() => null);
  if (guess === null) return null;
  const { columnOf } = matchColumns(schema, guess.headers, { headerRow: null, firstColumn: 0, sheet: null });
  const rules = compileRules(schema, columnOf);
  // Rules that are judged here need the engine twice: they wait.
  if (rules.some((rule) => rule.judge !== undefined)) return null;
  return { guess, count: countRecords(guess, rules, tables).catch(() => null) };
}

/** Whether a table is the one that was guessed, so that its count is the right one. */
export function isAsGuessed(ahead: Ahead, table: ParsedTable): boolean {
  return (
    readCsvExpression(ahead.guess.source) === readCsvExpression(table.source) &&
    ahead.guess.headers.length === table.headers.length &&
    ahead.guess.headers.every(({ title }, index) => title === table.headers[index]?.title)
  );
}

async function guessTable(
  file: { path: string; bytes: number; name: string },
  schema: TableSchema,
): Promise<Guess | null> {
  const head = await readHead(file.path);
  const line = /^\uFEFF?([^\r\n]*)\r?\n/.exec(head)?.[1];
  // A quoted header may hold anything: it is left to the reader.
  if (line === undefined || line.includes('"')) return null;
  const known = new Set(schema.fields.map((field) => looseName(field.name)));
  for (const delimiter of [',', ';', '\t', '|']) {
    const titles = line.split(delimiter).map((title) => title.trim());
    const meeting = titles.filter((title) => known.has(looseName(title))).length;
    if (titles.length < 2 || meeting < titles.length / 2) continue;
    const source = {
      path: file.path,
      delimiter,
      records: 0,
      skipLines: 1,
      columns: titles.length,
      original: true,
      longestRecord: 0,
    };
    return { name: file.name, source, headers: titles.map((title) => ({ title, name: title })) };
  }
  return null;
}

async function readHead(path: string): Promise<string> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle?.close();
  }
}
