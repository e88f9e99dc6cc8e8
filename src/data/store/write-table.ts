// Writes a table as a version's files: data.parquet, the public file, and search.parquet, its folded texts.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { StoredTable } from '../stages.ts';
import { copyToParquet, groupsFor } from './parquet.ts';
import { profileTable } from './profile.ts';
import { searchFileStatements } from './search-file.ts';

export const dataFileName = 'data.parquet';
export const searchFileName = 'search.parquet';

export type TableToWrite = {
  /** SQL of the rows to read: a read_csv call. */
  readonly from: string;
  readonly columns: readonly { readonly name: string; readonly expression: string }[];
  /** Rows that are expected. */
  readonly rows: number;
};

/**
 * Writes the data into an existing folder and measures every column.
 * @throws TerroirError disk.full, engine.memory, engine.failed
 */
export async function writeTable(table: TableToWrite, folder: string, tables: TableEngine): Promise<StoredTable> {
  const path = join(folder, dataFileName);
  const select = table.columns.map((c) => `${c.expression} AS ${quoteIdentifier(c.name)}`).join(', ');
  await tables.run([{ sql: copyToParquet(`SELECT ${select} FROM ${table.from}`, path, ...groupsFor(table.rows)) }]);
  const { rows, profiles } = await profileTable(path, tables);
  return { path, rows, profiles, parquetBytes: (await stat(path)).size };
}

/**
 * Writes the folded copy of the texts that are searched beside a stored table; nothing when there are none.
 * @throws TerroirError disk.full, engine.memory, engine.failed
 */
export async function writeSearchFile(
  stored: StoredTable,
  searchable: readonly string[],
  folder: string,
  tables: TableEngine,
): Promise<void> {
  if (searchable.length === 0) return;
  const { path: data, rows, profiles } = stored;
  const target = join(folder, searchFileName);
  await tables.run(searchFileStatements({ data, target, searchable, rows, profiles }));
}
