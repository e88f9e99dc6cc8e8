// From the tree to the statements that answer it.
import { createHash } from 'node:crypto';
import { TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { SqlValue, Statement } from '../../stores/tables/engine.ts';
import { Compiler } from './compile.ts';
import { refuseHopeless } from './cost.ts';
import { searchFile, searchRow } from './full-text.ts';
import { type GroupedParts, groupedParts } from './grouped-plan.ts';
import { outermostSql } from './hull-sql.ts';
import { momentText } from './scalars.ts';
import { plainField, readSelection, type Selection, someNode } from './selection.ts';
import { type QuerySettings, usualSettings } from './settings.ts';
import { amongRows } from './spatial-found.ts';
import { columnsOf, type StoredVersion } from './stored-version.ts';
import type { BindText, Node, OrderItem, QueryTree } from './tree.ts';
import type { OutputColumn, Value } from './value.ts';

export type RecordsPlan = {
  readonly columns: readonly OutputColumn[];
  /** One row for the whole table (aggregates), else one per record or group. */
  readonly aggregated: boolean;
  /** One row per group. */
  readonly grouped: boolean;
  /** Whether finding the first rows costs as much as finding many: then more are worth reading at once. */
  readonly readsAhead: boolean;
  /** The total when it is known without reading a row. */
  readonly total: number | null;
  /** Whether the rows are known by their numbers: each one read costs, and none is looked for. */
  readonly listed: boolean;
  /** Names the rows counted: the same for every page, order and selection of the same condition. */
  readonly countKey: string;
  /** Names the rows in their order, and what is told of them: the same for every page. */
  readonly rowsKey: string;
  readonly settings: QuerySettings;
  count(): Statement;
  /** The rows from `offset` on, in a stable order. */
  page(offset: number, limit: number): Statement;
};

/**
 * Plans a query on a version. Refuses before any row is read. Conditions on shapes and clusters of places must be resolved
 * (resolve.ts) before its statements run.
 * @throws TerroirError query.unknownField, query.wrongType …: see the codes query.* of the registry
 */
export function planRecords(
  version: StoredVersion,
  tree: QueryTree,
  settings: QuerySettings = usualSettings(),
): RecordsPlan {
  refuseHopeless(tree, version.rows);
  if (tree.groupBy.length > 0) return planGroups(version, tree, settings);
  const selection = readSelection(version, tree);
  const compiled = () => compileParts(version, tree, selection, settings);
  // Compiled now, so that errors come before any reading; again per statement, since each has its own parameters.
  const once = compiled();
  if (selection.aggregated && tree.orderBy.length > 0) refuseOrderOfOneRow(tree.orderBy, selection);
  return {
    columns: columnsOfAnswer(selection, once.values),
    aggregated: selection.aggregated,
    grouped: false,
    readsAhead: tree.where === null || tree.orderBy.length > 0,
    total: selection.aggregated ? 1 : tree.where === null ? version.rows : (listedRows(tree.where)?.length ?? null),
    listed: tree.orderBy.length === 0 && listedRows(tree.where) !== null,
    countKey: digest([once.where, once.whereParams]),
    rowsKey: digest([once.values, once.where, once.order, once.params]),
    settings,
    count: () => {
      const text = fullTextOf(version, tree, settings);
      if (text !== null)
        return { sql: `SELECT count(*) FROM ${text.from} WHERE ${text.condition}`, params: text.compiler.params };
      const nothing = { items: [], aggregated: false };
      const { from, where, params } = compileParts(version, { ...tree, orderBy: [] }, nothing, settings);
      return { sql: `SELECT count(*) FROM ${from}${where}`, params };
    },
    page: (offset, limit) => pageStatement(version, tree, selection, settings, { offset, limit }),
  };
}

function planGroups(version: StoredVersion, tree: QueryTree, settings: QuerySettings): RecordsPlan {
  const compiled = () => groupedParts(version, tree, settings);
  const once = compiled();
  return {
    columns: once.columns,
    aggregated: false,
    grouped: true,
    readsAhead: true,
    total: null,
    listed: false,
    countKey: digest([once.from, once.keys, once.params]),
    rowsKey: digest([once.values, once.from, once.keys, once.order, once.params]),
    settings,
    count: () => {
      const { from, keys, params } = groupedParts(version, { ...tree, select: null, orderBy: [] }, settings);
      return { sql: `SELECT count(*) FROM (SELECT DISTINCT ${keys.join(', ')} FROM ${from})`, params };
    },
    page: (offset, limit) => {
      const parts = compiled();
      const place = (value: number) => `$${parts.params.push(value)}`;
      const select = parts.values.map((value, i) => `${value.sql} AS c${i}`).join(', ');
      return {
        sql: `${groupedSql(select, parts)} LIMIT ${place(limit)} OFFSET ${place(offset)}`,
        params: parts.params,
      };
    },
  };
}

function groupedSql(select: string, { from, keys, order }: GroupedParts): string {
  return `SELECT ${select} FROM ${from} GROUP BY ${keys.join(', ')} ORDER BY ${order}`;
}

/**
 * The select of all the rows that the query wants, for exports: no paging, the order kept. `limit` null: no limit.
 * @param moments `text`: as the clocks of the query's time zone show them; else as they are stored, UTC's
 */
export function exportSelect(
  version: StoredVersion,
  tree: QueryTree,
  wrap: (column: OutputColumn, sql: string) => string,
  limit: number | null,
  settings: QuerySettings = usualSettings(),
  moments: 'stored' | 'text' = 'stored',
): Statement & { readonly columns: readonly OutputColumn[] } {
  const most = limit === null ? '' : ` LIMIT ${Math.floor(limit)}`;
  const zone = moments === 'text' && settings.timezone !== 'UTC' ? settings.timezone : null;
  const write = (columns: readonly OutputColumn[], values: readonly Value[]) => {
    const plain = columns.map((column, i) => plainColumn(column, values[i] as Value, zone));
    const select = plain.map(({ column, sql }) => `${wrap(column, sql)} AS ${quoteIdentifier(column.name)}`).join(', ');
    return { select, columns: plain.map(({ column }) => column) };
  };
  if (tree.groupBy.length > 0) {
    const parts = groupedParts(version, tree, settings);
    const { select, columns } = write(parts.columns, parts.values);
    return { sql: `${groupedSql(select, parts)}${most}`, params: parts.params, columns };
  }
  const selection = readSelection(version, tree);
  const { from, where, order, values, params } = compileParts(version, tree, selection, settings);
  const { select, columns } = write(columnsOfAnswer(selection, values), values);
  return { sql: `SELECT ${select} FROM ${from}${where}${order}${most}`, params, columns };
}

/** A file has no words for a hull: it is refused there. @throws TerroirError query.aggregateMisplaced */
function plainColumn(
  { name, kind }: OutputColumn,
  { sql, plain = sql }: Value,
  zone: string | null,
): { readonly column: OutputColumn; readonly sql: string } {
  if (kind === 'envelope') throw new TerroirError('query.aggregateMisplaced', { name: 'envelope', clause: 'select' });
  if (kind === 'datetime' && zone !== null) return { column: { name, kind: 'text' }, sql: momentText(plain, zone) };
  return { column: { name, kind: kind === 'json' ? 'text' : kind }, sql: plain };
}

function columnsOfAnswer(selection: Selection, values: readonly Value[]): readonly OutputColumn[] {
  return selection.items.map(({ name }, i) => ({ name, kind: (values[i] as Value).kind }));
}

/** A condition may hold the numbers of many rows: its name is short. */
function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

type Parts = {
  readonly from: string;
  readonly where: string;
  readonly whereParams: readonly SqlValue[];
  readonly order: string;
  readonly values: readonly Value[];
  readonly params: SqlValue[];
};

function compileParts(version: StoredVersion, tree: QueryTree, selection: Selection, settings: QuerySettings): Parts {
  const compiler = new Compiler(version, settings);
  const where = tree.where === null ? '' : ` WHERE ${compiler.where(tree.where)}`;
  const whereParams = [...compiler.params];
  const standing = selection.aggregated ? 'total' : 'row';
  const values = selection.items.map((item) => compiler.value(item.node, 'select', standing));
  // The order of one row is checked, and left out.
  const ordering = selection.aggregated ? new Compiler(version, settings) : compiler;
  const order = tree.orderBy.map((item) => {
    const aliased = aliasOf(item.node, version, selection);
    const value = ordering.value(aliased ?? item.node, 'order_by', standing);
    if (value.kind === 'point' || value.kind === 'shape')
      throw new TerroirError('query.valueExpected', { position: item.node.at + 1, clause: 'order_by' });
    return `${value.sql} ${item.descending ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  const data = `read_parquet(${quoteLiteral(version.dataPath)}, file_row_number = true)`;
  const { hulls } = compiler.values;
  return {
    from:
      hulls.length === 0
        ? data
        : `${data} CROSS JOIN (SELECT ${hulls.map(outermostSql).join(', ')} FROM ${data}${where})`,
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
  settings: QuerySettings,
  { offset, limit }: Range,
): Statement {
  const { from, where, order, values, params } = compileParts(version, tree, selection, settings);
  const select = values.length === 0 ? 'NULL' : values.map((value, i) => `${value.sql} AS c${i}`).join(', ');
  const place = (value: number) => `$${params.push(value)}`;
  if (selection.aggregated)
    return { sql: `SELECT ${select} FROM ${from}${where} LIMIT ${place(limit)} OFFSET ${place(offset)}`, params };
  if (tree.where === null && tree.orderBy.length === 0) {
    // Only the rows of the page are read, however deep it is.
    const rows = `file_row_number >= ${place(offset)} AND file_row_number < ${place(offset + limit)}`;
    return { sql: `SELECT ${select} FROM ${from} WHERE ${rows}`, params };
  }
  const listed = tree.orderBy.length === 0 ? listedRows(tree.where) : null;
  if (listed !== null) {
    const page = compileParts(
      version,
      { ...tree, where: onlyRows(listed.slice(offset, offset + limit)) },
      selection,
      settings,
    );
    const values = page.values.map((value, i) => `${value.sql} AS c${i}`).join(', ') || 'NULL';
    return { sql: `SELECT ${values} FROM ${page.from}${page.where} ORDER BY file_row_number`, params: page.params };
  }
  const text = tree.orderBy.length === 0 ? fullTextOf(version, tree, settings) : null;
  if (text !== null) return fullTextPage(text, from, selection, { offset, limit });
  const kept = order === '' && losesOrder(tree.where) ? ' ORDER BY file_row_number' : order;
  return { sql: `SELECT ${select} FROM ${from}${where}${kept} LIMIT ${place(limit)} OFFSET ${place(offset)}`, params };
}

/** Rows told by another file come in no order, those that a comparison keeps come in the file's. */
function losesOrder(where: Node | null): boolean {
  return where !== null && someNode(where, ({ kind }) => kind === 'text' || kind === 'found' || kind === 'call');
}

/** The rows of a condition that is a list of them. */
function listedRows(where: Node | null): readonly number[] | null {
  if (where?.kind !== 'found' || where.rows === undefined) return null;
  return where.rows === '' ? [] : where.rows.split(',').map(Number);
}

/** What lies before and after the rows of a page is not read. */
function onlyRows(rows: readonly number[]): Node {
  const sql = (bind: BindText) =>
    `(file_row_number >= ${bind(rows[0] ?? 0)} AND file_row_number <= ${bind(rows.at(-1) ?? 0)} AND ${amongRows(rows.join(','), bind)})`;
  return { kind: 'found', at: 0, sql };
}

type FullText = { readonly from: string; readonly condition: string; readonly compiler: Compiler };

/** A condition that the search file answers alone: the data is read for the rows of the page, or not at all. */
function fullTextOf(version: StoredVersion, tree: QueryTree, settings: QuerySettings): FullText | null {
  if (tree.where === null || version.searchPath === null) return null;
  const compiler = new Compiler(version, settings);
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
  const values = selection.items.map((item, i) => `${compiler.value(item.node, 'select', 'row').sql} AS c${i}`);
  return {
    sql: `SELECT ${values.join(', ')} FROM ${data} WHERE file_row_number IN (${found}) ORDER BY file_row_number`,
    params: compiler.params,
  };
}
