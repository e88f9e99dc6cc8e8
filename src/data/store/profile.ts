// Measures what every column of a stored table holds: filled, distinct, least, greatest and most frequent values.
import type { FieldProfile, TopValue } from '../../model/field.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { Rows, TableEngine } from '../../stores/tables/engine.ts';

/** Above this, counting different values exactly costs more than anyone gains. */
const exactDistinctLimit = 10_000;
/** Frequent values are looked for in tables of any size when they repeat, and in small tables always. */
const smallTable = 1_000_000;
const topLimit = 10;
/** A profile is read by people: a long text is cut. */
const shownLength = 200;

export type TableProfile = { readonly rows: number; readonly profiles: readonly FieldProfile[] };

/** Profiles a Parquet file: one pass for the counts, then one grouping per column whose values repeat. */
export async function profileTable(path: string, tables: TableEngine): Promise<TableProfile> {
  const from = `read_parquet(${quoteLiteral(path)})`;
  const [shape] = await tables.run([{ sql: `SELECT * FROM ${from} LIMIT 0` }]);
  const columns = (shape?.columns ?? []).map((column) => ({ ...column, sql: quoteIdentifier(column.name) }));
  const measures = columns.flatMap((c) =>
    c.type.startsWith('STRUCT')
      ? [`count(${c.sql})`, 'NULL', 'NULL', '0']
      : [
          `count(${c.sql})`,
          `${shown(`min(${c.sql})`)}`,
          `${shown(`max(${c.sql})`)}`,
          `approx_count_distinct(${c.sql})`,
        ],
  );
  const [counted] = await tables.run([{ sql: `SELECT ${['count(*)', ...measures].join(', ')} FROM ${from}` }]);
  const [rows = 0, ...values] = (counted?.rows[0] ?? []) as [number, ...unknown[]];
  const profiles: FieldProfile[] = [];
  for (const [index, column] of columns.entries()) {
    if (column.type.startsWith('STRUCT')) continue;
    const [filled, min, max, estimate] = values.slice(index * 4, index * 4 + 4) as [
      number,
      string | null,
      string | null,
      number,
    ];
    const exact = estimate <= exactDistinctLimit * 1.1;
    const distinct = exact ? await countDistinct(column.sql, from, tables) : Math.min(estimate, filled);
    const repeats = distinct > 0 && distinct < filled && (exact || rows <= smallTable);
    profiles.push({
      name: column.name,
      filled,
      filledShare: rows === 0 ? 0 : filled / rows,
      distinct,
      distinctEstimated: !exact,
      min,
      max,
      top: repeats ? await topValues(column.sql, from, tables) : [],
    });
  }
  return { rows, profiles };
}

function shown(sql: string): string {
  return `left(CAST(${sql} AS VARCHAR), ${shownLength})`;
}

async function countDistinct(column: string, from: string, tables: TableEngine): Promise<number> {
  const [answer] = await tables.run([{ sql: `SELECT count(DISTINCT ${column}) FROM ${from}` }]);
  return firstNumber(answer);
}

async function topValues(column: string, from: string, tables: TableEngine): Promise<readonly TopValue[]> {
  const [answer] = await tables.run([
    {
      sql: `SELECT ${shown(column)} AS value, count(*) AS rows FROM ${from} WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY rows DESC, value LIMIT ${topLimit}`,
    },
  ]);
  return (answer?.rows ?? []).map(([value, count]) => ({ value: String(value), count: Number(count) }));
}

function firstNumber(rows: Rows | undefined): number {
  return Number(rows?.rows[0]?.[0] ?? 0);
}
