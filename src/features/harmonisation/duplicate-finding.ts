// Finds rows of different producers that seem to be the same thing: same SIRET or address, within twenty metres, or word for word.
import type { TableSchema } from '../../model/schema.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { duplicateColumns, mostPairs, nearMetres, nearWithoutName } from './duplicate-rules.ts';
import type { DuplicateReason, DuplicateRow, FoundPair } from './schemas.ts';

/** Two names are alike from here on (Jaro-Winkler, 0 to 1), or when one holds the other. */
const likeness = 0.87;
const metresOfDegree = 111_320;
/** A little more than twenty metres, north to south and east to west in mainland France. */
const [cellLat, cellLon] = [0.0002, 0.0003] as const;

type Tools = { readonly tables: TableEngine };

/**
 * The pairs of a gathered CSV, the surest first, at most `mostPairs`. Names, codes and places are compared as they are after
 * harmonisation; two rows of one file are never compared.
 * @param path a CSV with a header: the fields of the schema, then where the row comes from
 * @throws TerroirError engine.*
 */
export async function findPairs(path: string, schema: TableSchema, { tables }: Tools): Promise<readonly FoundPair[]> {
  const { lat, lon, name, siret, address } = duplicateColumns(schema);
  const placed = lat !== null && lon !== null;
  const fields = schema.fields.map((field) => field.name);
  const named =
    name === null
      ? 'true'
      : `(l.name IS NULL OR r.name IS NULL OR l.name = r.name OR contains(l.name, r.name) OR contains(r.name, l.name) OR jaro_winkler_similarity(l.name, r.name) >= ${likeness})`;
  const metres = placed
    ? `${metresOfDegree} * sqrt(pow(l.lat - r.lat, 2) + pow((l.lon - r.lon) * cos(radians(l.lat)), 2))`
    : 'NULL::DOUBLE';
  const other = 'l.source < r.source';
  const near = name === null ? nearWithoutName : nearMetres;
  const finds = [
    ...(siret === null || !(placed || address !== null)
      ? []
      : [
          `SELECT l.n AS a, r.n AS b, 'siret' AS why, 1 AS sure, ${metres} AS metres FROM seen l JOIN seen r ON l.siret = r.siret AND ${other} WHERE ${named}`,
        ]),
    ...(address === null
      ? []
      : [
          `SELECT l.n, r.n, 'address', 2, ${metres} FROM seen l JOIN seen r ON l.address = r.address AND ${other} WHERE ${named}`,
        ]),
    ...(placed
      ? [
          `SELECT l.n, r.n, 'near', 3, ${metres} AS metres FROM around l JOIN seen r ON l.y = r.y AND l.x = r.x AND ${other} WHERE ${named} AND metres <= ${near}`,
        ]
      : [`SELECT l.n, r.n, 'identical', 4, NULL::DOUBLE FROM seen l JOIN seen r ON l.said = r.said AND ${other}`]),
  ];
  const text = (column: string | null, sql = (cell: string) => cell) =>
    column === null ? 'NULL::VARCHAR' : `nullif(${sql(quoteIdentifier(column))}, '')`;
  const folded = (cell: string) => `trim(regexp_replace(lower(strip_accents(${cell})), '[^a-z0-9]+', ' ', 'g'))`;
  const number = (column: string | null) =>
    column === null ? 'NULL::DOUBLE' : `TRY_CAST(${quoteIdentifier(column)} AS DOUBLE)`;
  const key = (row: string) => keyOf(fields, row);
  const [, , , answer] = await tables.run([
    {
      sql: `CREATE OR REPLACE TEMP TABLE gathered AS SELECT row_number() OVER () AS row_place, * FROM ${readCsv(path)}`,
    },
    {
      sql: `CREATE OR REPLACE TEMP TABLE seen AS SELECT row_place AS n, ${quoteIdentifier('sourceDataset')} AS source, ${text(name, folded)} AS name, ${text(siret)} AS siret, ${text(address)} AS address, ${number(lat)} AS lat, ${number(lon)} AS lon, CAST(floor(${number(lat)} / ${cellLat}) AS BIGINT) AS y, CAST(floor(${number(lon)} / ${cellLon}) AS BIGINT) AS x, ${placed ? 'NULL' : `md5(${saidOf(fields)})`} AS said FROM gathered`,
    },
    {
      // Each row in its own cell of the grid and in the eight around it.
      sql: `CREATE OR REPLACE TEMP TABLE around AS SELECT n, source, name, lat, lon, seen.y + dy AS y, seen.x + dx AS x FROM seen, range(-1, 2) AS ys(dy), range(-1, 2) AS xs(dx) WHERE seen.lat IS NOT NULL AND seen.lon IS NOT NULL`,
    },
    {
      sql: `WITH found(a, b, why, sure, metres) AS (${finds.join(' UNION ALL ')}), best AS (SELECT a, b, arg_min(why, sure) AS why, min(sure) AS sure, min(metres) AS metres FROM found GROUP BY a, b) SELECT ${key('l')}, ${key('r')}, why, metres, to_json(l), to_json(r) FROM (SELECT * FROM best ORDER BY sure, metres NULLS LAST, a, b LIMIT ${mostPairs}) JOIN gathered l ON l.row_place = a JOIN gathered r ON r.row_place = b ORDER BY sure, metres NULLS LAST, a, b LIMIT ${mostPairs}`,
    },
    ...['gathered', 'seen', 'around'].map((table) => ({ sql: `DROP TABLE ${table}` })),
  ]);
  return (answer?.rows ?? []).map(([leftKey, rightKey, why, metres, left, right]) => ({
    leftKey: String(leftKey),
    rightKey: String(rightKey),
    reason: why as DuplicateReason,
    distance: typeof metres === 'number' ? metres : null,
    left: rowOf(left, fields),
    right: rowOf(right, fields),
  }));
}

/**
 * Writes the rows of a gathered CSV without those named, and those apart, each with why.
 * @returns how many were set aside
 * @throws TerroirError engine.*, disk.full
 */
export async function setAside(
  path: string,
  schema: TableSchema,
  losers: readonly { readonly key: string; readonly reason: string }[],
  { tables, to, asideTo }: Tools & { readonly to: string; readonly asideTo: string },
): Promise<number> {
  const key = keyOf(schema.fields.map(({ name }) => name));
  const values = losers.map((loser) => `(${quoteLiteral(loser.key)}, ${quoteLiteral(loser.reason)})`).join(', ');
  const lost = `(VALUES ${values}) AS lost(loser_key, reason)`;
  const copy = (select: string, target: string) =>
    `COPY (${select}) TO ${quoteLiteral(target)} (FORMAT csv, HEADER true, DELIMITER ',', NULLSTR '')`;
  const all = `(SELECT *, ${key} AS row_key FROM ${readCsv(path)})`;
  const [, , counted] = await tables.run([
    { sql: copy(`SELECT * EXCLUDE (row_key) FROM ${all} WHERE row_key NOT IN (SELECT loser_key FROM ${lost})`, to) },
    {
      sql: copy(
        `SELECT * EXCLUDE (row_key, loser_key) FROM ${all} AS a JOIN ${lost} ON a.row_key = loser_key`,
        asideTo,
      ),
    },
    { sql: `SELECT count(*) FROM ${all} AS a JOIN ${lost} ON a.row_key = loser_key` },
  ]);
  return Number(counted?.rows[0]?.[0] ?? 0);
}

function readCsv(path: string): string {
  return `read_csv(${quoteLiteral(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', strict_mode = true, parallel = false)`;
}

/** What names a row: its dataset and all that it says. */
function keyOf(fields: readonly string[], row?: string): string {
  const source = `${row === undefined ? '' : `${row}.`}${quoteIdentifier('sourceDataset')}`;
  return `md5(concat(${source}, chr(31), ${saidOf(fields, row)}))`;
}

function saidOf(fields: readonly string[], row?: string): string {
  const of = row === undefined ? '' : `${row}.`;
  return `concat_ws(chr(31), ${fields.map((name) => `coalesce(${of}${quoteIdentifier(name)}, '')`).join(', ')})`;
}

function rowOf(json: unknown, fields: readonly string[]): DuplicateRow {
  const row = (typeof json === 'string' ? JSON.parse(json) : json) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : '');
  return {
    producer: text('producer'),
    sourceDataset: text('sourceDataset'),
    sourceRow: text('sourceRow'),
    values: Object.fromEntries(fields.map((name) => [name, text(name)])),
  };
}
