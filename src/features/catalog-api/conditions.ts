// A query's tree as the catalogue's table understands it: names made whole, several values of a column looked up in memory.
import type { GroupItem, Node, OrderItem, SelectItem } from '../../data/query/tree.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import { columnNamed } from './columns.ts';
import type { Entry } from './table.ts';

/** A condition with the names of columns made whole; one on a value among several is a list of datasets. */
export function conditionOn(node: Node, entries: readonly Entry[]): Node {
  const on = (one: Node) => conditionOn(one, entries);
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, items: node.items.map(on) };
    case 'not':
      return { ...node, of: on(node.of) };
    case 'compare': {
      const [several, other] = severalOf(node.left) === null ? [node.right, node.left] : [node.left, node.right];
      const column = severalOf(several);
      const text = writtenText(other);
      if (column === null || text === null || (node.operator !== '=' && node.operator !== '!='))
        return { ...node, left: named(node.left), right: named(node.right) };
      const having = theseDatasets(withOneOf(entries, column, [text]), node.at);
      return node.operator === '=' ? having : { kind: 'not', at: node.at, of: having };
    }
    case 'in': {
      const column = severalOf(node.of);
      const texts = node.values.map(writtenText);
      if (column === null || !texts.every((text) => text !== null))
        return { ...node, of: named(node.of), values: node.values.map(named) };
      return theseDatasets(withOneOf(entries, column, texts), node.at);
    }
    case 'range':
    case 'isNull':
    case 'isBoolean':
      return { ...node, of: named(node.of) };
    default:
      return named(node);
  }
}

/** A value with the names of columns made whole. An unknown name stays: the planner refuses it. */
export function named(node: Node): Node {
  switch (node.kind) {
    case 'field':
      return { ...node, name: columnNamed(node.name)?.name ?? node.name };
    case 'call':
      return { ...node, args: node.args.map(named) };
    case 'named':
      return { ...node, value: named(node.value) };
    case 'minus':
      return { ...node, of: named(node.of) };
    case 'arithmetic':
      return { ...node, left: named(node.left), right: named(node.right) };
    default:
      return node;
  }
}

/** The condition that a dataset is one of these: they are one parameter, however many they are. */
export function theseDatasets(ids: readonly string[], at = 0): Node {
  if (ids.length === 0) return { kind: 'boolean', at, value: false };
  const list = JSON.stringify(ids);
  return {
    kind: 'found',
    at,
    sql: (bind) =>
      `(${quoteIdentifier('dataset_id')} IN (SELECT unnest(from_json(CAST(${bind(list)} AS JSON), '["VARCHAR"]'))))`,
  };
}

/** What is selected, named as it was written. */
export function selected(item: SelectItem): SelectItem {
  if (item.kind !== 'value') return item;
  const alias = item.alias ?? (item.node.kind === 'field' ? item.node.name : item.written);
  return { ...item, node: named(item.node), alias };
}

export function grouped(item: GroupItem): GroupItem {
  const alias = item.alias ?? (item.node.kind === 'field' ? item.node.name : item.written);
  return { ...item, node: named(item.node), alias };
}

export function ordered(item: OrderItem): OrderItem {
  return { ...item, node: named(item.node) };
}

function severalOf(node: Node): string | null {
  const column = node.kind === 'field' ? columnNamed(node.name) : null;
  return column?.kind === 'texts' ? column.name : null;
}

function writtenText(node: Node): string | null {
  return node.kind === 'text' ? node.value : node.kind === 'number' ? node.written : null;
}

function withOneOf(entries: readonly Entry[], column: string, texts: readonly string[]): readonly string[] {
  return entries
    .filter(({ values }) => {
      const list = values[column];
      return Array.isArray(list) && texts.some((text) => list.includes(text));
    })
    .map(({ id }) => id);
}
