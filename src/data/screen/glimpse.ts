// A quick look at a stored table: may it be about persons at all? Most tables are not, and are not read cell by cell then.
import type { Field } from '../../model/field.ts';
import { rawColumn } from '../../stores/tables/conversion.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { headerWords } from './header-meaning.ts';
import { judge } from './judge.ts';
import { sweepColumns } from './sweep.ts';

/** Rows looked at: all of a small table; of a large one ten runs of rows at least, one every hundred thousand rows. */
const small = 20_000;
const run = 2000;
const longestGap = 100_000;

export type StoredRows = {
  /** The Parquet file. */
  readonly path: string;
  readonly rows: number;
  readonly fields: readonly Field[];
  /** The name of the file or sheet: it may say that the persons are elected people. */
  readonly name: string;
};

/**
 * An e-mail address is looked for in every cell; what counts by its share of a column (names, phones, account numbers …)
 * in rows spread over the whole table.
 * @throws TerroirError engine.*
 */
export async function mayHoldPersons({ path, rows, fields, name }: StoredRows, tables: TableEngine): Promise<boolean> {
  const texts = fields.filter(({ type }) => type === 'string').map((field) => quoteIdentifier(field.name));
  const source = `read_parquet(${quoteLiteral(path)}, file_row_number = true)`;
  if (texts.length > 0) {
    const sign = texts.map((text) => `bool_or(contains(${text}, '@'))`).join(' OR ');
    const [found] = await tables.run([{ sql: `SELECT ${sign} FROM ${source}` }]);
    if (found?.rows[0]?.[0] === true) return true;
  }
  const gap = rows <= small ? run : Math.min(longestGap, Math.floor(rows / 10));
  const cells = fields.map((field, index) => `${cellOf(field)} AS ${rawColumn(index)}`);
  const from = `(SELECT ${cells.join(', ')} FROM ${source} WHERE file_row_number % ${gap} < ${run})`;
  const headers = fields.map(({ title }) => headerWords(title));
  const [sampled] = await tables.run([{ sql: `SELECT * FROM ${from} LIMIT 1000` }]);
  const sample = (sampled?.rows ?? []).map((row) => row.map((cell) => (typeof cell === 'string' ? cell : '')));
  const sweeps = await sweepColumns(from, headers, sample, tables);
  return judge(headers, sweeps, headerWords(name)).some(({ nature }) => nature === 'personal');
}

/** The cell as a text; places have none. */
function cellOf({ type, name }: Field): string {
  return type === 'geopoint' || type === 'geojson'
    ? 'CAST(NULL AS VARCHAR)'
    : `CAST(${quoteIdentifier(name)} AS VARCHAR)`;
}
