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

type Column = { readonly name: string; readonly sql: string; readonly point: boolean };
/** What one pass over all columns tells of each. */
type Counts = {
  readonly filled: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly estimate: number;
};

/** Profiles a Parquet file: one pass for the counts, then one batch of groupings for the columns whose values repeat. */
export async function profileTable(path: string, tables: TableEngine): Promise<TableProfile> {
  const from = `read_parquet(${quoteLiteral(path)})`;
  const [shape] = await tables.run([{ sql: `SELECT * FROM ${from} LIMIT 0` }]);
  const columns = (shape?.columns ?? []).map(({ name, type }) => ({
    name,
    sql: quoteIdentifier(name),
    point: type.startsWith('STRUCT'),
  }));
  const { rows, counts } = await countColumns(columns, from, tables);
  const exact = counts.map((count) => count.estimate <= exactDistinctLimit * 1.1);
  const statements = columns.flatMap(({ sql }, index) => [
    { sql: exact[index] === true ? `SELECT count(DISTINCT ${sql}) FROM ${from}` : 'SELECT NULL' },
    { sql: exact[index] === true || rows <= smallTable ? topValuesSql(sql, from) : 'SELECT NULL WHERE false' },
  ]);
  const answers = await tables.run(statements);
  const profiles = columns.map(({ name, point }, index): FieldProfile => {
    const { filled, min, max, estimate } = counts[index] ?? nothing;
    const distinct = exact[index] === true ? firstNumber(answers[2 * index]) : Math.min(estimate, filled);
    return {
      name,
      filled,
      filledShare: rows === 0 ? 0 : filled / rows,
      distinct,
      distinctEstimated: exact[index] !== true,
      min,
      max,
      top: !point && distinct < filled ? topValues(answers[2 * index + 1]) : [],
    };
  });
  return { rows, profiles };
}

const nothing: Counts = { filled: 0, min: null, max: null, estimate: 0 };

async function countColumns(
  columns: readonly Column[],
  from: string,
  tables: TableEngine,
): Promise<{ rows: number; counts: readonly Counts[] }> {
  const measures = columns.flatMap(({ sql, point }) => [
    `count(${sql})`,
    // A point has no least and no greatest one.
    point ? 'NULL' : shown(`min(${sql})`),
    point ? 'NULL' : shown(`max(${sql})`),
    `approx_count_distinct(${point ? `hash(${sql})` : sql})`,
  ]);
  const [answer] = await tables.run([{ sql: `SELECT ${['count(*)', ...measures].join(', ')} FROM ${from}` }]);
  const [rows, ...values] = answer?.rows[0] ?? [];
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const counts = columns.map((_, index) => {
    const [filled, min, max, estimate] = values.slice(index * 4, index * 4 + 4);
    return { filled: Number(filled), min: text(min), max: text(max), estimate: Number(estimate) };
  });
  return { rows: Number(rows), counts };
}

function shown(sql: string): string {
  return `left(CAST(${sql} AS VARCHAR), ${shownLength})`;
}

function topValuesSql(column: string, from: string): string {
  return `SELECT ${shown(column)} AS value, count(*) AS rows FROM ${from} WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY rows DESC, value LIMIT ${topLimit}`;
}

function topValues(answer: Rows | undefined): readonly TopValue[] {
  return (answer?.rows ?? []).map(([value, count]) => ({ value: String(value), count: Number(count) }));
}

function firstNumber(rows: Rows | undefined): number {
  return Number(rows?.rows[0]?.[0] ?? 0);
}
