// Parses bytes under a name, as a deposit would, and reads the tables back with their cells.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFile } from '../src/data/parse/parse.ts';
import { textRecords } from '../src/data/parse/text-records.ts';
import type { ParsedFile, ParsedTable } from '../src/data/stages.ts';
import type { Problem } from '../src/model/problem.ts';

export type ReadBack = {
  readonly value: ParsedFile;
  readonly problems: readonly Problem[];
  /** Of each table, its titles, then its records as the engine will find them. */
  readonly cells: Readonly<Record<string, readonly (readonly string[])[]>>;
};

const root = mkdtempSync(join(tmpdir(), 'terroir-parsed-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

export async function parseBytes(name: string, bytes: Uint8Array | string): Promise<ReadBack> {
  const scratch = mkdtempSync(join(root, 'scratch-'));
  const path = join(scratch, 'deposited');
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { value, problems } = await parseFile({ name, path, bytes: bytes.length, sha256 }, { scratch });
  const cells: Record<string, (readonly string[])[]> = {};
  for (const table of value.tables)
    cells[table.name] = [table.headers.map(({ title }) => title), ...(await recordsOf(table))];
  return { value, problems, cells };
}

async function recordsOf({ source }: ParsedTable): Promise<readonly (readonly string[])[]> {
  const dialect = { delimiter: source.delimiter as ',', newline: 'lf', initialSpace: false, quotes: true } as const;
  const records: (readonly string[])[] = [];
  for await (const batch of textRecords(source.path, 0, dialect, source.columns))
    records.push(...batch.map((record) => record.cells));
  return records.slice(source.skipLines);
}

/** The codes of problems with their cells: "row.total A12", "header.lines". */
export function told(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, cell, row }) => [code, cell ?? row].filter((part) => part !== null).join(' '));
}
