// From the tree to the statements that answer it.
import { TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { SqlValue, Statement } from '../../stores/tables/engine.ts';
import { Compiler, type Value } from './compile.ts';
import { searchFile, searchRow } from './full-text.ts';
import { aggregates } from './functions.ts';
import type { Kind } from './kinds.ts';
import { columnsOf, type StoredVersion } from './stored-version.ts';
import type { Node, OrderItem, QueryTree, SelectItem } from './tree.ts';

/** A column of the answer. */
export type OutputColumn = { readonly name: string; readonly kind: Kind };

export type RecordsPlan = {
  readonly columns: readonly OutputColumn[];
  /** One row for the whole table (aggregates), else one per record. */
  readonly aggregated: boolean;
  /** Whether finding the first rows costs as much as finding many: then more are worth reading at once. */
  readonly readsAhead: boolean;
  /** The total when it is known without reading a row. */
  readonly total: number | null;
  /** Names the rows counted: the same for every page, order and selection of the same condition. */
  readonly countKey: string;
  count(): Statement;
  /** The rows from `offset` on, in a stable order. */
  page(offset: number, limit: number): Statement;
};

/**
 * Plans a query on a version. Refuses before any row is read.
 * @throws TerroirError query.unknownField, query.wrongType …: see the codes query.* of the registry
 */
export function planRecords(version: StoredVersion, tree: QueryTree): RecordsPlan {
  const selection = readSelection(version, tree.select);
  // Compiled now, so that errors come before any reading; again per statement, since each has its own parameters.
  const once = compileParts(version, tree, selection);
  if (selection.aggregated && tree.orderBy.length > 0) refuseOrderOfOneRow(tree.orderBy, selection);
  return {
    columns: selection.items.map((item, index) => ({ name: item.name, kind: (once.values[index] as Value).kind })),
    aggregated: selection.aggregated,
    readsAhead: tree.where === null || tree.orderBy.length > 0,
    total: selection.aggregated ? 1 : tree.where === null ? version.rows : null,
    countKey: JSON.stringify([once.where, once.whereParams]),
    count: () => {
      const text = fullTextOf(version, tree);
      if (text !== null)
        return { sql: `SELECT count(*) FROM ${text.from} WHERE ${text.condition}`, params: text.compiler.params };
      const { from, where, params } = compileParts(version, { ...tree, orderBy: [] }, { items: [], aggregated: false });
      return { sql: `SELECT count(*) FROM ${from}${where}`, params };
    },
    page: (offset, limit) => pageStatement(version, tree, selection, { offset, limit }),
  };
}

/** The select of all the rows that the query wants, for exports: no paging, the order kept. `limit` null: no limit. */
export function exportSelect(
  version: StoredVersion,
  tree: QueryTree,
  wrap: (column: OutputColumn, sql: string) => string,
  limit: number | null,
): Statement & { readonly columns: readonly OutputColumn[] } {
  const selection = readSelection(version, tree.select);
  const { from, where, order, values, params } = compileParts(version, tree, selection);
  const columns = selection.items.map((item, index) => ({ name: item.name, kind: (values[index] as Value).kind }));
  const select = columns.map(
    (column, i) => `${wrap(column, (values[i] as Value).sql)} AS ${quoteIdentifier(column.name)}`,
  );
  const sql = `SELECT ${select.join(', ')} FROM ${from}${where}${order}${limit === null ? '' : ` LIMIT ${Math.floor(limit)}`}`;
  return { sql, params, columns };
}

type Selection = {
  readonly items: readonly { readonly name: string; readonly node: Node }[];
  readonly aggregated: boolean;
};

function readSelection(version: StoredVersion, select: readonly SelectItem[] | null): Selection {
  const all = () => columnsOf(version).map(({ name }) => ({ name, node: { kind: 'field', name, at: 0 } as const }));
  const items = (select ?? [{ kind: 'all' } as const]).flatMap((item) =>
    item.kind === 'all' ? all() : [{ name: item.alias ?? defaultName(item), node: item.node }],
  );
  // The last one of a name wins, at the place of the first.
  const unique = new Map(items.map((item) => [item.name, item]));
  const aggregated = items.some((item) => hasAggregate(item.node));
  if (aggregated) {
    const plain = items.map((item) => plainField(item.node)).find((name) => name !== null);
    if (plain !== undefined) throw new TerroirError('query.aggregateMixed', { name: plain ?? '', clause: 'select' });
  }
  return { items: [...unique.values()], aggregated };
}

function defaultName(item: Extract<SelectItem, { kind: 'value' }>): string {
  return item.node.kind === 'field' ? item.node.name : item.written;
}

type Parts = {
  readonly from: string;
  readonly where: string;
  readonly whereParams: readonly SqlValue[];
  readonly order: string;
  readonly values: readonly Value[];
  readonly params: readonly SqlValue[];
};

function compileParts(version: StoredVersion, tree: QueryTree, selection: Selection): Parts {
  const compiler = new Compiler(version);
  const where = tree.where === null ? '' : ` WHERE ${compiler.where(tree.where)}`;
  const whereParams = [...compiler.params];
  const values = selection.items.map((item) => compiler.value(item.node, 'select', 'allowed'));
  // The order of one row is checked, and left out.
  const ordering = selection.aggregated ? new Compiler(version) : compiler;
  const order = tree.orderBy.map((item) => {
    const aliased = aliasOf(item.node, version, selection);
    const value = ordering.value(aliased ?? item.node, 'order_by', selection.aggregated ? 'allowed' : 'refused');
    return `${value.sql} ${item.descending ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  return {
    from: `read_parquet(${quoteLiteral(version.dataPath)}, file_row_number = true)`,
    where,
    whereParams,
    // Rows that the order does not tell apart keep the file's: a page never repeats or misses one.
    order: order.length === 0 || selection.aggregated ? '' : ` ORDER BY ${order.join(', ')}, file_row_number`,
    values,
    params: compiler.params,
  };
}

/** An order may name what select calls `AS`; a field of the table goes first. */
function aliasOf(node: Node, version: StoredVersion, selection: Selection): Node | null {
  if (node.kind !== 'field' || columnsOf(version).some((column) => column.name === node.name)) return null;
  return selection.items.find((item) => item.name === node.name)?.node ?? null;
}

function refuseOrderOfOneRow(orderBy: readonly OrderItem[], selection: Selection): void {
  for (const { node } of orderBy) {
    const named = node.kind === 'field' && selection.items.some((item) => item.name === node.name);
    const plain = named ? null : plainField(node);
    if (plain !== null) throw new TerroirError('query.aggregateMixed', { name: plain, clause: 'order_by' });
  }
}

type Range = { readonly offset: number; readonly limit: number };

function pageStatement(
  version: StoredVersion,
  tree: QueryTree,
  selection: Selection,
  { offset, limit }: Range,
): Statement {
  const { from, where, order, values, params } = compileParts(version, tree, selection);
  const select = values.length === 0 ? 'NULL' : values.map((value, i) => `${value.sql} AS c${i}`).join(', ');
  const place = (value: number) => `$${(params as SqlValue[]).push(value)}`;
  if (selection.aggregated)
    return { sql: `SELECT ${select} FROM ${from}${where} LIMIT ${place(limit)} OFFSET ${place(offset)}`, params };
  if (tree.where === null && tree.orderBy.length === 0) {
    // Only the rows of the page are read, however deep it is.
    const rows = `file_row_number >= ${place(offset)} AND file_row_number < ${place(offset + limit)}`;
    return { sql: `SELECT ${select} FROM ${from} WHERE ${rows}`, params };
  }
  const text = tree.orderBy.length === 0 ? fullTextOf(version, tree) : null;
  if (text !== null) return fullTextPage(text, from, selection, { offset, limit });
  return { sql: `SELECT ${select} FROM ${from}${where}${order} LIMIT ${place(limit)} OFFSET ${place(offset)}`, params };
}

type FullText = { readonly from: string; readonly condition: string; readonly compiler: Compiler };

/** A condition that the search file answers alone: the data is read for the rows of the page, or not at all. */
function fullTextOf(version: StoredVersion, tree: QueryTree): FullText | null {
  if (tree.where === null || version.searchPath === null) return null;
  const compiler = new Compiler(version);
  const condition = compiler.fullText(tree.where);
  return condition === null ? null : { from: searchFile(version.searchPath), condition, compiler };
}

function fullTextPage(
  { from, condition, compiler }: FullText,
  data: string,
  selection: Selection,
  page: Range,
): Statement {
  const place = (value: number) => `$${compiler.params.push(value)}`;
  const found = `SELECT ${searchRow} FROM ${from} WHERE ${condition} ORDER BY ${searchRow} LIMIT ${place(page.limit)} OFFSET ${place(page.offset)}`;
  const values = selection.items.map((item, i) => `${compiler.value(item.node, 'select', 'refused').sql} AS c${i}`);
  return {
    sql: `SELECT ${values.join(', ')} FROM ${data} WHERE file_row_number IN (${found})`,
    params: compiler.params,
  };
}

function hasAggregate(node: Node): boolean {
  return someNode(node, (n) => n.kind === 'call' && Object.hasOwn(aggregates, n.name));
}

/** The first field that is not inside an aggregate. */
function plainField(node: Node): string | null {
  switch (node.kind) {
    case 'field':
      return node.name;
    case 'minus':
      return plainField(node.of);
    case 'arithmetic':
      return plainField(node.left) ?? plainField(node.right);
    default:
      return null;
  }
}

function someNode(node: Node, test: (node: Node) => boolean): boolean {
  if (test(node)) return true;
  if (node.kind === 'arithmetic') return someNode(node.left, test) || someNode(node.right, test);
  return node.kind === 'minus' && someNode(node.of, test);
}
