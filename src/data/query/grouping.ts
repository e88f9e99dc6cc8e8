// What group_by groups by: fields, values of functions, ranges, clusters of places. Each key is a value to group and sort by, and what is told of it.
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import { groupFunctions } from './functions.ts';
import type { Kind } from './kinds.ts';
import { rangeKey } from './ranges.ts';
import type { GroupItem, Node } from './tree.ts';
import type { Value } from './value.ts';
import type { ValueCompiler } from './values.ts';

export type GroupKey = {
  /** The name in the answer. */
  readonly name: string;
  readonly node: Node;
  /** SQL of one row's key, in the inner select. */
  readonly sql: string;
  /** What the row must be for the groups to hold it; null for any row. */
  readonly condition: string | null;
  /** What is told of the key `"#g0"`, in the outer select. */
  told(key: string): Value;
};

/** More keys than anybody reads. */
const mostKeys = 20;

/** The keys of a group_by. @throws TerroirError query.* */
export function groupKeys(items: readonly GroupItem[], values: ValueCompiler): readonly GroupKey[] {
  values.clause = 'group_by';
  if (items.length > mostKeys) throw values.error('query.tooManyValues', { max: mostKeys });
  return items.map((item) => {
    const key = keyOf(item.node, values);
    return {
      ...key,
      node: item.node,
      name: item.alias ?? (item.node.kind === 'field' ? item.node.name : item.written),
    };
  });
}

type Key = Pick<GroupKey, 'sql' | 'condition' | 'told'>;

const told: readonly Kind[] = ['text', 'number', 'boolean', 'date', 'datetime', 'time'];
const dateParts = ['year', 'month', 'day', 'hour', 'minute', 'second'];

function keyOf(node: Node, values: ValueCompiler): Key {
  if (node.kind === 'clusters') return clusterKey(node);
  if (node.kind === 'call' && node.name === 'range') return rangeKey(node, values);
  if (node.kind === 'call' && node.name === 'geo_cluster') {
    readClusterCall(node, values);
    // Resolved before it runs: see resolve.ts.
    return { sql: `error('unresolved clusters')`, condition: null, told: (key) => ({ sql: key, kind: 'cluster' }) };
  }
  const value = values.value(node, 'row');
  if (!told.includes(value.kind)) throw values.error('query.notGroupable', { position: node.at + 1 });
  // As Opendatasoft tells them: "2024", a text, sorted as a number.
  const asText = node.kind === 'call' && dateParts.includes(node.name);
  return {
    sql: value.sql,
    condition: null,
    told: (key) => (asText ? { sql: `CAST(${key} AS VARCHAR)`, kind: 'text' } : { ...value, sql: key }),
  };
}

function clusterKey({ column, grid, joined }: Extract<Node, { kind: 'clusters' }>): Key {
  const place = quoteIdentifier(column);
  const cell = cellOf(place, grid);
  const list = (text: string) => `unnest(CAST(string_split('${text}', ',') AS BIGINT[]))`;
  // Texts of digits and commas, ours.
  const sql =
    joined === null
      ? cell
      : `COALESCE((SELECT m.leader FROM (SELECT ${list(joined.cells)} AS cell, ${list(joined.leaders)} AS leader) m WHERE m.cell = ${cell}), ${cell})`;
  return {
    sql,
    condition: null,
    told: (key) => ({
      sql: `(CASE WHEN ${key} IS NULL THEN NULL ELSE {'cluster_centroid': {'lat': avg(${place}.lat), 'lon': avg(${place}.lon)}} END)`,
      kind: 'cluster',
    }),
  };
}

/** SQL of the number of a point's cell. */
export function cellOf(
  place: string,
  { width, height, rows }: { width: number; height: number; rows: number },
): string {
  const axis = (name: string, from: number, side: number) =>
    `CAST(floor((${place}.${name} + ${from}) / CAST('${side}' AS DOUBLE)) AS BIGINT)`;
  return `(${axis('lon', 180, width)} * ${rows} + ${axis('lat', 90, height)})`;
}

export type ClusterQuestion = { readonly column: string; readonly zoom: number; readonly radius: number };

/** @throws TerroirError query.wrongArguments, query.unknownField */
export function readClusterCall(call: Extract<Node, { kind: 'call' }>, values: ValueCompiler): ClusterQuestion {
  const wrong = () =>
    values.error('query.wrongArguments', { name: 'geo_cluster', expected: groupFunctions['geo_cluster'] ?? '' });
  const [field, zoom, radius] = call.args;
  if (call.distinct || call.args.length < 2 || call.args.length > 3 || field?.kind !== 'field') throw wrong();
  const column = values.column(field);
  const within = (node: Node | undefined, least: number, most: number): number => {
    const number = node?.kind === 'number' ? node.value : Number.NaN;
    if (!Number.isInteger(number) || number < least || number > most) throw wrong();
    return number;
  };
  if (column.type !== 'geopoint') throw wrong();
  return {
    column: column.name,
    zoom: within(zoom, 0, 25),
    radius: radius === undefined ? 40 : within(radius, 1, 256),
  };
}

/** Whether two nodes say the same, wherever they stand. */
export function sameNode(a: Node, b: Node): boolean {
  return JSON.stringify(a, withoutPlace) === JSON.stringify(b, withoutPlace);
}

function withoutPlace(name: string, value: unknown): unknown {
  return name === 'at' || name === 'written' ? undefined : value;
}
