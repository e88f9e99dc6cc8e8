// Writes a table as a version's files: data.parquet, the public file, and search.parquet, its folded texts in the same row order.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { StoredTable } from '../stages.ts';
import { profileTable } from './profile.ts';

export const dataFileName = 'data.parquet';
export const searchFileName = 'search.parquet';

export type TableToWrite = {
  /** SQL of the rows to read: a read_csv call. */
  readonly from: string;
  readonly columns: readonly { readonly name: string; readonly expression: string }[];
  readonly searchable: readonly string[];
};

/**
 * Writes both files into an existing empty folder and measures every column.
 * @throws TerroirError disk.full, engine.memory, engine.failed
 */
export async function writeTable(table: TableToWrite, folder: string, tables: TableEngine): Promise<StoredTable> {
  const data = join(folder, dataFileName);
  const select = table.columns.map((c) => `${c.expression} AS ${quoteIdentifier(c.name)}`).join(', ');
  await tables.run([{ sql: copy(`SELECT ${select} FROM ${table.from}`, data) }]);
  const { rows, profiles } = await profileTable(data, tables);
  if (table.searchable.length > 0) {
    const folded = table.searchable.map(
      (name) => `lower(strip_accents(${quoteIdentifier(name)})) AS ${quoteIdentifier(name)}`,
    );
    const target = join(folder, searchFileName);
    // Read back from Parquet, not from the source: its dictionaries let the engine fold each repeated value once.
    await tables.run([{ sql: copy(`SELECT ${folded.join(', ')} FROM read_parquet(${quoteLiteral(data)})`, target) }]);
  }
  return { rows, profiles, parquetBytes: (await stat(data)).size };
}

function copy(select: string, path: string): string {
  return `COPY (${select}) TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`;
}
