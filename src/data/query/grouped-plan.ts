// The statement of groups: an inner select gives each row its keys, the outer one groups by them and tells of each group.
import { TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { SqlValue } from '../../stores/tables/engine.ts';
import { Compiler } from './compile.ts';
import { type GroupKey, groupKeys, sameNode } from './grouping.ts';
import { outermostSql } from './hull-sql.ts';
import { hasAggregate, readSelection, someNode } from './selection.ts';
import type { QuerySettings } from './settings.ts';
import type { StoredVersion } from './stored-version.ts';
import type { Node, QueryTree } from './tree.ts';
import type { OutputColumn, Value } from './value.ts';
import { groupRow } from './values.ts';

export type GroupedParts = {
  /** The inner select, in parentheses. */
  readonly from: string;
  readonly keys: readonly string[];
  readonly columns: readonly OutputColumn[];
  readonly values: readonly Value[];
  readonly order: string;
  readonly params: SqlValue[];
};

/** @throws TerroirError query.* */
export function groupedParts(version: StoredVersion, tree: QueryTree, settings: QuerySettings): GroupedParts {
  const compiler = new Compiler(version, settings);
  const keys = groupKeys(tree.groupBy, compiler.values);
  const names = keys.map((_, i) => quoteIdentifier(`#g${i}`));
  const conditions = [
    ...(tree.where === null ? [] : [compiler.where(tree.where)]),
    ...keys.flatMap(({ condition }) => (condition === null ? [] : [condition])),
  ];
  const inner = keys.map(({ sql }, i) => `${sql} AS ${names[i]}`);
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const data = `read_parquet(${quoteLiteral(version.dataPath)}, file_row_number = true)`;

  const selection = readSelection(version, tree);
  const told = (node: Node): number => keys.findIndex((key) => isKey(key, node));
  compiler.values.grouped = (node) => {
    const index = told(node);
    return index === -1 ? null : (keys[index] as GroupKey).told(names[index] as string);
  };
  // A key that select does not name is told all the same, before the rest.
  const unnamed = keys.filter(
    (key, i) => !selection.items.some((item) => item.name === key.name || told(item.node) === i),
  );
  const items = [
    ...unnamed.map(({ name, node }) => ({ name, node: node.kind === 'clusters' ? node.of : node })),
    ...selection.items,
  ];
  const values = items.map((item) => compiler.value(item.node, 'select', 'group'));

  const order: string[] = [];
  let plainSeen = false;
  for (const { node, descending } of tree.orderBy) {
    const aliased = node.kind === 'field' ? selection.items.find((item) => item.name === node.name) : undefined;
    const of = aliased !== undefined && told(node) === -1 ? aliased.node : node;
    const aggregate = hasAggregate(of);
    // As Opendatasoft has it: first what is reckoned of the groups, then what they are.
    if (aggregate && plainSeen) throw new TerroirError('query.aggregateOrder', { clause: 'order_by' });
    const random = someNode(of, (each) => each.kind === 'call' && each.name === 'random');
    plainSeen ||= !aggregate && !random;
    const index = told(of);
    const value = compiler.value(of, 'order_by', 'group');
    if (value.kind === 'cluster')
      throw new TerroirError('query.valueExpected', { position: node.at + 1, clause: 'order_by' });
    // Sorted by what they are, not by what is told of them: 2 before 10.
    order.push(`${index === -1 ? value.sql : names[index]} ${descending ? 'DESC' : 'ASC'} NULLS LAST`);
  }
  const row = names.length === 1 ? (names[0] as string) : `row(${names.join(', ')})`;
  const replaced = (sql: string) => sql.replaceAll(groupRow, row);
  const rows = `(SELECT *, ${inner.join(', ')} FROM ${data}${where})`;
  return {
    from: `${rows}${outermostJoin(rows, names, compiler.values.hulls)}`,
    keys: names,
    columns: items.map(({ name }, i) => ({ name, kind: (values[i] as Value).kind })),
    values,
    order: [...order.map(replaced), ...names.map((name) => `${name} NULLS LAST`)].join(', '),
    params: compiler.params,
  };
}

/** Beside each row, the outermost points of its group. */
function outermostJoin(rows: string, keys: readonly string[], hulls: readonly string[]): string {
  if (hulls.length === 0) return '';
  const named = keys.map((key, i) => `${key} AS "#k${i}"`);
  const same = keys.map((key, i) => `${key} IS NOT DISTINCT FROM "#k${i}"`);
  return ` JOIN (SELECT ${[...named, ...hulls.map(outermostSql)].join(', ')} FROM ${rows} GROUP BY ${keys.join(', ')}) ON ${same.join(' AND ')}`;
}

/** A group is named by its alias, by its field, or by the same words. */
function isKey(key: GroupKey, node: Node): boolean {
  if (node.kind === 'field' && node.name === key.name) return true;
  return sameNode(key.node.kind === 'clusters' ? key.node.of : key.node, node);
}
