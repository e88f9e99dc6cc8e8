// What select asks for: the columns of the answer, by name, each with its node.
import { TerroirError } from '../../lib/errors.ts';
import { aggregates } from './functions.ts';
import { columnsOf, type StoredVersion } from './stored-version.ts';
import type { Node, QueryTree, SelectItem } from './tree.ts';

export type SelectedItem = { readonly name: string; readonly node: Node };

export type Selection = {
  readonly items: readonly SelectedItem[];
  /** One row for the whole table. */
  readonly aggregated: boolean;
};

/** @throws TerroirError query.unknownField, query.aggregateMixed, query.notGrouped */
export function readSelection(version: StoredVersion, tree: QueryTree): Selection {
  const grouped = tree.groupBy.length > 0;
  // Groups without a select are their keys alone.
  const written = tree.select ?? (grouped ? [] : [{ kind: 'all' } as const]);
  if (grouped) {
    const all = written.find((item) => item.kind !== 'value');
    if (all !== undefined) throw new TerroirError('query.notGrouped', { name: '*', clause: 'select' });
  }
  const items = patterned(version, written).flatMap((item) =>
    item.kind === 'value' ? [{ name: item.alias ?? defaultName(item), node: item.node }] : [],
  );
  // The last one of a name wins, at the place of the first.
  const unique = new Map(items.map((item) => [item.name, item]));
  const aggregated = !grouped && items.some((item) => hasAggregate(item.node));
  if (aggregated) {
    const plain = items.map((item) => plainField(item.node)).find((name) => name !== null);
    if (plain !== undefined) throw new TerroirError('query.aggregateMixed', { name: plain ?? '', clause: 'select' });
  }
  return { items: [...unique.values()], aggregated };
}

/** `*`, include() and exclude() as the fields that they mean. */
function patterned(version: StoredVersion, items: readonly SelectItem[]): readonly SelectItem[] {
  const names = columnsOf(version).map(({ name }) => name);
  const fields = (kept: readonly string[]): readonly SelectItem[] =>
    kept.map((name) => ({ kind: 'value', node: { kind: 'field', name, at: 0 }, alias: null, written: name }));
  const matching = ({ name, prefix }: { readonly name: string; readonly prefix: boolean }) => {
    const found = names.filter((each) => (prefix ? each.startsWith(name) : each === name));
    if (found.length === 0)
      throw new TerroirError('query.unknownField', { name: `${name}${prefix ? '*' : ''}`, clause: 'select' });
    return found;
  };
  const patterns = items.filter((item) => item.kind === 'pattern');
  const excluded = new Set(patterns.filter((item) => !item.keeps).flatMap(matching));
  const written = items.filter((item) => item.kind !== 'pattern' || item.keeps);
  // exclude() alone leaves all the others.
  const kept = written.length === 0 && patterns.length > 0 ? [{ kind: 'all' } as const] : written;
  return kept.flatMap((item): readonly SelectItem[] => {
    if (item.kind === 'value')
      return excluded.size > 0 && item.alias === null && item.node.kind === 'field' && excluded.has(item.node.name)
        ? []
        : [item];
    return fields((item.kind === 'all' ? names : matching(item)).filter((name) => !excluded.has(name)));
  });
}

function defaultName(item: Extract<SelectItem, { kind: 'value' }>): string {
  return item.node.kind === 'field' ? item.node.name : item.written;
}

export function hasAggregate(node: Node): boolean {
  return someNode(node, (each) => each.kind === 'call' && Object.hasOwn(aggregates, each.name));
}

/** The first field that is not inside an aggregate. */
export function plainField(node: Node): string | null {
  if (node.kind === 'field') return node.name;
  if (node.kind === 'call' && Object.hasOwn(aggregates, node.name)) return null;
  for (const part of partsOf(node)) {
    const found = plainField(part);
    if (found !== null) return found;
  }
  return null;
}

export function someNode(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || partsOf(node).some((part) => someNode(part, test));
}

/** The nodes of which a value or a condition is made. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'minus':
    case 'not':
    case 'isNull':
    case 'isBoolean':
      return [node.of];
    case 'arithmetic':
    case 'compare':
      return [node.left, node.right];
    case 'in':
      return [node.of, ...node.values];
    case 'range':
      return [node.of, node.low, node.high].filter((part) => part !== null);
    case 'and':
    case 'or':
      return node.items;
    case 'call':
      return node.args;
    case 'named':
      return [node.value];
    default:
      return [];
  }
}
