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
  const distinct = new Map(profiles.map((p) => [p.name, p.distinct]));
  if (table.searchable.length > 0) {
    const folded = table.searchable.map((name) => foldedColumn(name, data, distinct.get(name) ?? rows, rows));
    await tables.run([
      {
        sql: copy(
          `SELECT ${folded.map((f) => f.expression).join(', ')} FROM read_parquet(${quoteLiteral(data)}) AS rows ${folded.map((f) => f.join).join(' ')}`,
          join(folder, searchFileName),
        ),
      },
    ]);
  }
  return { rows, profiles, parquetBytes: (await stat(data)).size };
}

function copy(select: string, path: string): string {
  return `COPY (${select}) TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`;
}

type FoldedColumn = { readonly expression: string; readonly join: string };

/** Folding a text costs a microsecond: worth doing once per different value when values repeat, see foldsByValue. */
function foldedColumn(name: string, data: string, distinct: number, rows: number): FoldedColumn {
  const column = quoteIdentifier(name);
  const fold = `lower(strip_accents(${column}))`;
  if (!foldsByValue(distinct, rows)) return { expression: `lower(strip_accents(rows.${column})) AS ${column}`, join: '' };
  const side = quoteIdentifier(`fold of ${name}`);
  return {
    expression: `${side}.folded AS ${column}`,
    join: `LEFT JOIN (SELECT DISTINCT ${column} AS text, ${fold} AS folded FROM read_parquet(${quoteLiteral(data)})) AS ${side} ON ${side}.text = rows.${column}`,
  };
}

/**
 * Below 12 000 different values Parquet's dictionaries already make the engine fold each value once; above 500 000, or
 * when values hardly repeat, the table of values costs more than it saves.
 */
function foldsByValue(distinct: number, rows: number): boolean {
  return distinct > 12_000 && distinct < 500_000 && rows > distinct * 8;
}
