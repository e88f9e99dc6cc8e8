// Asks the engine about all rows of a source: aggregates in as few passes as possible, and the records that stand out.
import { TerroirError } from '../../lib/errors.ts';
import { rawColumn, readCsvExpression } from '../../stores/tables/conversion.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable } from '../stages.ts';

export type FoundCell = {
  /** The row as the spreadsheet shows it. */
  readonly row: number;
  readonly value: string;
};

/** An SQL aggregate over the raw columns, and over columns made of them: these are computed once for all who name them. */
export type Aggregate = { readonly sql: string; readonly made?: Readonly<Record<string, string>> };

export type Measure = {
  /** Records that there must be. */
  readonly records: number;
  /**
   * The values of aggregates over all rows. What was asked before is not computed again.
   * @throws TerroirError file.unreadable when the engine does not find the records that we counted; engine.*, disk.full
   */
  ask(aggregates: readonly Aggregate[]): Promise<readonly (number | null)[]>;
  /** The first cells of a column whose record satisfies an SQL condition. */
  find(columnIndex: number, condition: string, limit: number): Promise<readonly FoundCell[]>;
};

/** More aggregates than this go in several passes: a table of thousands of columns must not make an endless statement. */
const aggregatesAPass = 400;

/** The same table once stored: its Parquet file, and the SQL of each column's values in it. */
export type StoredPlace = { readonly path: string; readonly columns: readonly string[] };

/** @param stored asks the stored file instead of the source: the same rows in the same order, many times faster */
export function measureOf(table: ParsedTable, tables: TableEngine, stored?: StoredPlace): Measure {
  const from = stored === undefined ? readCsvExpression(table.source) : `read_parquet(${quoteLiteral(stored.path)})`;
  const known = new Map<string, number | null>();
  const keyOf = ({ sql, made }: Aggregate) => (made === undefined ? sql : `${sql} ${JSON.stringify(made)}`);
  const count: Aggregate = { sql: 'count(*)' };
  return {
    records: table.source.records,
    async ask(aggregates) {
      const unknown = new Map(
        [count, ...aggregates].map((each) => [keyOf(each), each]).filter(([key]) => !known.has(String(key))) as [
          string,
          Aggregate,
        ][],
      );
      const list = [...unknown];
      for (let start = 0; start < list.length; start += aggregatesAPass) {
        const some = list.slice(start, start + aggregatesAPass);
        const made = Object.entries(
          Object.assign({}, ...some.map(([, each]) => each.made ?? {})) as Record<string, string>,
        );
        const source =
          made.length === 0
            ? from
            : `(SELECT *, ${made.map(([name, sql]) => `${sql} AS ${quoteIdentifier(name)}`).join(', ')} FROM ${from})`;
        const [answer] = await tables.run([
          { sql: `SELECT ${some.map(([, each]) => each.sql).join(', ')} FROM ${source}` },
        ]);
        const values = answer?.rows[0] ?? [];
        for (const [index, [key]] of some.entries())
          known.set(key, typeof values[index] === 'number' ? values[index] : null);
      }
      const found = known.get(keyOf(count)) ?? 0;
      if (found !== table.source.records) {
        throw new TerroirError('file.unreadable', { name: table.name, reason: `${found} / ${table.source.records}` });
      }
      return aggregates.map((each) => known.get(keyOf(each)) ?? null);
    },
    async find(columnIndex, condition, limit) {
      const column = stored?.columns[columnIndex] ?? rawColumn(columnIndex);
      const sql = `SELECT place, value FROM (SELECT row_number() OVER () AS place, ${column} AS value, (${condition}) AS found FROM ${from}) WHERE found ORDER BY place LIMIT ${limit}`;
      const [answer] = await tables.run([{ sql }]);
      return (answer?.rows ?? []).map(([place, value]) => ({
        row: sourceRow(table, Number(place)),
        value: String(value),
      }));
    },
  };
}

/** The row in the spreadsheet of the n-th record of the source (1 = first), rows left out counted. */
export function sourceRow(table: Pick<ParsedTable, 'firstSourceRow' | 'droppedSourceRows'>, record: number): number {
  let row = table.firstSourceRow + record - 1;
  for (const dropped of table.droppedSourceRows) {
    if (dropped > row) break;
    row++;
  }
  return row;
}
