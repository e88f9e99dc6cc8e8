// What a query needs to know of a version's files.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Field, FieldType } from '../../model/field.ts';
import { searchRowName } from '../../stores/tables/conversion.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';

export type StoredVersion = {
  /** Names the version for ever: caches and ETags are made of it. */
  readonly key: string;
  readonly dataPath: string;
  /** The folded texts, each row with the number of its row in the data; null when no field is searched so. */
  readonly searchPath: string | null;
  readonly searchableFields: readonly string[];
  readonly fields: readonly Field[];
  readonly rows: number;
  /** The columns made of the rows' places, which end the data: `geo_point_2d`, `geo_shape`. */
  readonly made: readonly Column[];
};

/** A column that a query may name. */
export type Column = { readonly name: string; readonly title: string; readonly type: FieldType };

/** The columns in the order of the file, the made one last. */
export function columnsOf(version: StoredVersion): readonly Column[] {
  const columns: Column[] = version.fields.map(({ name, title, type }) => ({ name, title, type }));
  return [...columns, ...version.made];
}

function madeType(engineType: string): FieldType {
  return engineType.startsWith('GEOMETRY') ? 'geojson' : 'geopoint';
}

/**
 * Looks at a version's files: what is stored is what can be asked.
 * @throws TerroirError engine.failed when the files are not there
 */
export async function openStoredVersion(
  version: { readonly key: string; readonly fields: readonly Field[]; readonly rows: number },
  folder: string,
  tables: TableEngine,
): Promise<StoredVersion> {
  const dataPath = join(folder, 'data.parquet');
  const searchPath = join(folder, 'search.parquet');
  const searched = await access(searchPath).then(
    () => true,
    () => false,
  );
  const shape = (path: string) => ({ sql: `SELECT * FROM read_parquet(${quoteLiteral(path)}) LIMIT 0` });
  const [data, search] = await tables.run([shape(dataPath), ...(searched ? [shape(searchPath)] : [])]);
  const { key, fields, rows } = version;
  return {
    key,
    fields,
    rows,
    dataPath,
    searchPath: searched ? searchPath : null,
    searchableFields: (search?.columns ?? []).map((column) => column.name).filter((name) => name !== searchRowName),
    made: (data?.columns ?? [])
      .slice(fields.length)
      .map(({ name, type }) => ({ name, title: name, type: madeType(type) })),
  };
}
