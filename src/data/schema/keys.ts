// What must not repeat and what must exist elsewhere: unique columns, primary and unique keys, foreign keys.
import type { Problem } from '../../model/problem.ts';
import { problem } from '../../model/problem.ts';
import { type ForeignKey, missingValuesOf, type TableSchema } from '../../model/schema.ts';
import { rawColumn, readCsvExpression, trimmed } from '../../stores/tables/conversion.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { placeOf, rowOfRecord } from '../source-row.ts';
import type { ParsedTable } from '../stages.ts';

/** Cells told one by one; the others are told together. */
const cellsTold = 50;

export type Found = { readonly errors: number; readonly problems: readonly Problem[] };

/** A table of the package that others refer to. */
export type OtherTable = { readonly table: ParsedTable; readonly columnOf: ReadonlyMap<string, number> };

/**
 * Records that repeat the key of a record above them. An empty cell in a key that is not primary repeats nothing.
 * @throws TerroirError engine.*, disk.full
 */
export async function checkKeys(
  table: ParsedTable,
  schema: TableSchema,
  columnOf: ReadonlyMap<string, number>,
  tables: TableEngine,
): Promise<Found> {
  const unique = schema.fields.filter((field) => field.constraints.unique === true).map((field) => [field.name]);
  const keys = [
    ...(schema.primaryKey.length > 0 ? [{ names: schema.primaryKey, code: 'key.repeated' as const }] : []),
    ...schema.uniqueKeys.map((names) => ({ names, code: 'key.repeated' as const })),
    ...unique.map((names) => ({ names, code: 'value.repeated' as const })),
  ].filter(({ names }, index, all) => all.findIndex((other) => other.names.join('\0') === names.join('\0')) === index);
  let errors = 0;
  const problems: Problem[] = [];
  for (const { names, code } of keys) {
    const columns = names.flatMap((name) => columnOf.get(name) ?? []);
    if (columns.length < names.length || columns.length === 0) continue;
    const raws = columns.map(rawColumn).join(', ');
    const filled = filledOf(schema, names, columnOf);
    const from = readCsvExpression(table.source);
    const counted = `SELECT coalesce(sum(many - 1), 0) FROM (SELECT count(*) AS many FROM ${from} WHERE ${filled} GROUP BY ${raws} HAVING count(*) > 1)`;
    const [count] = await tables.run([{ sql: counted }]);
    const total = Number(count?.rows[0]?.[0] ?? 0);
    if (total === 0) continue;
    errors += total;
    const places = `SELECT row_number() OVER () AS place, ${raws} FROM ${from}`;
    const window = `PARTITION BY ${raws} ORDER BY place`;
    const sql = `SELECT place, concat_ws(' / ', ${raws}), min(place) OVER (${window}) FROM (${places}) WHERE ${filled} QUALIFY row_number() OVER (${window}) > 1 ORDER BY place LIMIT ${cellsTold}`;
    const [answer] = await tables.run([{ sql }]);
    const told = (answer?.rows ?? []).map(([place, value, first]) =>
      problem(code, 'error', {
        ...placeOf(table, Number(place), columns[0] ?? 0),
        column: names.join(' + '),
        value: String(value),
        expected: String(rowOfRecord(table, Number(first))),
      }),
    );
    problems.push(...told, ...others(told, total));
  }
  return { errors, problems };
}

/** Cells that refer to a record which does not exist. */
export async function checkForeignKeys(
  table: ParsedTable,
  schema: TableSchema,
  columnOf: ReadonlyMap<string, number>,
  others_: ReadonlyMap<string, OtherTable>,
  tables: TableEngine,
): Promise<Found> {
  let errors = 0;
  const problems: Problem[] = [];
  for (const key of schema.foreignKeys) {
    const target = key.resource === '' ? { table, columnOf } : others_.get(key.resource);
    if (target === undefined) continue;
    const found = await checkForeignKey(table, schema, key, columnOf, target, tables);
    errors += found.errors;
    problems.push(...found.problems);
  }
  return { errors, problems };
}

async function checkForeignKey(
  table: ParsedTable,
  schema: TableSchema,
  key: ForeignKey,
  columnOf: ReadonlyMap<string, number>,
  target: OtherTable,
  tables: TableEngine,
): Promise<Found> {
  const here = key.fields.flatMap((name) => columnOf.get(name) ?? []);
  const there = key.referenceFields.flatMap((name) => target.columnOf.get(name) ?? []);
  if (here.length < key.fields.length || there.length < key.fields.length) return { errors: 0, problems: [] };
  const filled = filledOf(schema, key.fields, columnOf, 'a.');
  const same = here.map(
    (index, at) => `${trimmed(`a.${rawColumn(index)}`)} = ${trimmed(`b.${rawColumn(there[at] ?? 0)}`)}`,
  );
  const source = `(SELECT row_number() OVER () AS place, * FROM ${readCsvExpression(table.source)})`;
  const orphan = `FROM ${source} AS a ANTI JOIN ${readCsvExpression(target.table.source)} AS b ON ${same.join(' AND ')} WHERE ${filled}`;
  const shown = `concat_ws(' / ', ${here.map((index) => `a.${rawColumn(index)}`).join(', ')})`;
  const [count, cells] = await tables.run([
    { sql: `SELECT count(*) ${orphan}` },
    { sql: `SELECT a.place, ${shown} ${orphan} ORDER BY a.place LIMIT ${cellsTold}` },
  ]);
  const total = Number(count?.rows[0]?.[0] ?? 0);
  const where = key.resource === '' ? table.name : key.resource;
  const told = (cells?.rows ?? []).map(([place, value]) =>
    problem('key.unknown', 'error', {
      ...placeOf(table, Number(place), here[0] ?? 0),
      column: key.fields.join(' + '),
      value: String(value),
      expected: `${where} (${key.referenceFields.join(' + ')})`,
    }),
  );
  return { errors: total, problems: [...told, ...others(told, total)] };
}

/** SQL: whether all cells of a key hold something. */
function filledOf(
  schema: TableSchema,
  names: readonly string[],
  columnOf: ReadonlyMap<string, number>,
  prefix = '',
): string {
  const conditions = schema.fields.flatMap((field) => {
    const index = columnOf.get(field.name);
    if (index === undefined || !names.includes(field.name)) return [];
    const missing = [...new Set(['', ...missingValuesOf(schema, field)])].map(quoteLiteral).join(', ');
    const raw = `${prefix}${rawColumn(index)}`;
    return [`${raw} IS NOT NULL AND ${trimmed(raw)} NOT IN (${missing})`];
  });
  return conditions.join(' AND ');
}

/** The cells that are not told one by one. */
function others(told: readonly Problem[], total: number): readonly Problem[] {
  const last = told.at(-1);
  const rest = total - told.length;
  return last === undefined || rest <= 0 ? [] : [{ ...last, code: 'values.others', proposal: null, count: rest }];
}
