// A version's rows as a table to be mapped: what everyone may read of it, and where each row was in its producer's file.
import { join } from 'node:path';
import type { Version } from '../model/dataset.ts';
import type { Field } from '../model/field.ts';
import { quoteIdentifier, quoteLiteral } from '../stores/tables/dialect.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import type { ParsedTable } from './stages.ts';

const sampled = 2000;

type Rows = Pick<Version, 'fields' | 'rows' | 'geometry' | 'firstSourceRow' | 'droppedSourceRows'>;

/**
 * Texts as everyone reads them (ISO 8601 days, decimal points); a point is « lat, lon », a shape is left out.
 * @param dataPath the version's Parquet file @param folder an existing folder for a copy as CSV
 * @throws TerroirError engine.*, disk.full
 */
export async function tableOfVersion(
  { fields, rows, geometry, firstSourceRow, droppedSourceRows }: Rows,
  name: string,
  at: { readonly dataPath: string; readonly folder: string; readonly tables: TableEngine },
): Promise<ParsedTable> {
  // The place made of other columns (Lambert-93, an address) is worth more than they are.
  const kept = mappableFields({ fields, geometry });
  const select = `SELECT ${kept.map(cellOf).join(', ')} FROM read_parquet(${quoteLiteral(at.dataPath)})`;
  const path = join(at.folder, 'rows.csv');
  const [, answer] = await at.tables.run([
    { sql: `COPY (${select}) TO ${quoteLiteral(path)} (FORMAT csv, HEADER true, DELIMITER ',', NULLSTR '')` },
    { sql: `${select} USING SAMPLE reservoir(${sampled} ROWS) REPEATABLE (1)` },
  ]);
  const longest = kept.length * 4096;
  return {
    name,
    source: {
      path,
      delimiter: ',',
      records: rows,
      skipLines: 1,
      columns: kept.length,
      original: false,
      longestRecord: longest,
    },
    headerRow: null,
    rows,
    emptyRows: 0,
    headers: kept.map((field) => ({ title: field.title, name: field.name })),
    firstSourceRow,
    droppedSourceRows,
    sample: (answer?.rows ?? []).map((row) => row.map((cell) => (typeof cell === 'string' ? cell : ''))),
  };
}

const madePoint = 'geo_point_2d';

function pointField(name: string): Field {
  return { name, title: name, type: 'geopoint', format: null, role: null };
}

/** The columns that a mapping may name: those of the file, and the place that was made of them. */
export function mappableFields({ fields, geometry }: Pick<Version, 'fields' | 'geometry'>): readonly Field[] {
  const made = (geometry?.made ?? []).filter((column) => column === madePoint).map(pointField);
  return [...fields.filter(({ type }) => type !== 'geojson'), ...made];
}

function cellOf({ name, type }: Field): string {
  const column = quoteIdentifier(name);
  if (type === 'geopoint')
    return `CAST(${column}.lat AS VARCHAR) || ', ' || CAST(${column}.lon AS VARCHAR) AS ${column}`;
  return `CAST(${column} AS VARCHAR) AS ${column}`;
}
