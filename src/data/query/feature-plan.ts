// The statements that read features: their number in the file, their properties and their place.
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { SqlValue, Statement } from '../../stores/tables/engine.ts';
import { type BindParameter, compileCql2, type FoundPlaces } from './cql2-compile.ts';
import type { Cql2 } from './cql2-tree.ts';
import type { FeatureTable } from './feature-table.ts';

export type FeatureOrder = { readonly column: string; readonly descending: boolean };

export type FeatureQuery = {
  /** null: every feature. */
  readonly filter: Cql2 | null;
  readonly found: FoundPlaces | null;
  readonly order: readonly FeatureOrder[];
  /** Names of the properties wanted, all of them columns of the table. */
  readonly properties: readonly string[];
  readonly geometry: boolean;
};

export type FeaturePage = {
  readonly limit: number;
  readonly offset: number;
  /** Number of the last row of the page before, where rows come in the file's order: then nothing is read twice. */
  readonly after: number | null;
};

/** The rows of a page: number in the file from 1, properties, then the place where it is wanted. */
export function featurePage(table: FeatureTable, query: FeatureQuery, page: FeaturePage): Statement {
  const { params, bind } = parameters();
  const conditions: string[] = [];
  if (query.filter !== null) conditions.push(compileCql2(query.filter, table, bind, query.found));
  const plain = query.order.length === 0;
  let offset = page.offset;
  if (plain && page.after !== null) {
    conditions.push(`file_row_number >= ${bind(page.after)}`);
    offset = 0;
  } else if (plain && query.filter === null) {
    conditions.push(`file_row_number >= ${bind(offset)}`);
    offset = 0;
  }
  // The rows of the page are known by their numbers: the engine reads no others.
  if (plain && query.filter === null)
    conditions.push(`file_row_number < ${bind((page.after ?? page.offset) + page.limit)}`);
  const order = plain
    ? ''
    : ` ORDER BY ${query.order.map(({ column, descending }) => `${quoteIdentifier(column)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`).join(', ')}, file_row_number`;
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const select = [
    'file_row_number + 1 AS id',
    ...query.properties.map((name, i) => `${quoteIdentifier(name)} AS c${i}`),
    ...(query.geometry && table.geometry !== null ? [`${quoteIdentifier(table.geometry.column)} AS place`] : []),
  ];
  return {
    sql: `SELECT ${select.join(', ')} FROM ${rowsOf(table)}${where}${order} LIMIT ${bind(page.limit)} OFFSET ${bind(offset)}`,
    params,
  };
}

/** How many features a filter selects. */
export function featureCount(table: FeatureTable, filter: Cql2, found: FoundPlaces | null): Statement {
  const { params, bind } = parameters();
  const where = compileCql2(filter, table, bind, found);
  return { sql: `SELECT count(*) FROM ${rowsOf(table)} WHERE ${where}`, params };
}

/** The rows of the data, each with its number from 0. */
export function rowsOf(table: FeatureTable): string {
  return `read_parquet(${quoteLiteral(table.stored.dataPath)}, file_row_number = true)`;
}

function parameters(): { readonly params: SqlValue[]; readonly bind: BindParameter } {
  const params: SqlValue[] = [];
  return { params, bind: (value) => `$${params.push(value)}` };
}
