// A query on the catalogue, from its texts to its rows: the planner of data asks the table, whole objects are read where they are wanted.
import type { Context } from '../../context.ts';
import { recordOf } from '../../data/query/answer.ts';
import { aggregates } from '../../data/query/functions.ts';
import { parseQuery } from '../../data/query/parse.ts';
import { planRecords } from '../../data/query/plan.ts';
import type { QuerySettings } from '../../data/query/settings.ts';
import type { Node, QueryTree, SelectItem } from '../../data/query/tree.ts';
import { TerroirError } from '../../lib/errors.ts';
import { columnNamed, objectParts } from './columns.ts';
import { conditionOn, grouped, ordered, selected, theseDatasets } from './conditions.ts';
import { type FacetColumn, isKept, type Refinement, type Refinements } from './facets.ts';
import type { CatalogueQuery } from './schemas.ts';
import type { CatalogueTable, Entry } from './table.ts';

/** A part of the answer: an expression of the planner's, or what a dataset object says. */
export type AnswerPart =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly name: string; readonly of: string }
  | { readonly kind: 'several'; readonly name: string; readonly column: string }
  | { readonly kind: 'value'; readonly name: string }
  /** What of the whole object is kept, or left out. */
  | { readonly kind: 'pattern'; readonly keeps: boolean; readonly matches: (key: string) => boolean };

export type PlannedRows = {
  /** Null when the rows are groups or aggregates: each is then an answer of its own. */
  readonly parts: readonly AnswerPart[] | null;
  /** The names of the rows' values. */
  readonly columns: readonly string[];
  readonly total: number;
  readonly ids: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly grouped: boolean;
};

/** No dataset is called so: the name of the column by which rows and objects find each other. */
const idColumn = ' dataset';

/**
 * The rows of a page.
 * @throws TerroirError query.*, engine.*
 */
export async function readRows(
  context: Context,
  table: CatalogueTable,
  query: Omit<CatalogueQuery, 'limit' | 'offset'>,
  page: { readonly limit: number; readonly offset: number },
): Promise<PlannedRows> {
  const tree = treeOf(table, query);
  const groups = tree.groupBy;
  const aggregated = groups.length > 0 || (tree.select ?? []).some(isAggregate);
  const exploded = groups.flatMap(({ node }) => severalIn(node));
  const stored = await table.stored(exploded);
  const parts = aggregated ? null : (tree.select ?? [{ kind: 'all' } as const]).flatMap(partOf);
  const asked = parts === null ? tree : { ...tree, select: [idItem, ...(tree.select ?? []).filter(isForPlanner)] };
  const plan = planRecords(stored, asked, settingsOf(context, query));
  const statements = [...(plan.total === null && groups.length === 0 ? [plan.count()] : [])];
  const read = page.limit > 0 ? [plan.page(page.offset, page.limit)] : [];
  const answers = statements.length + read.length === 0 ? [] : await context.tables.run([...statements, ...read]);
  const counted = statements.length === 0 ? plan.total : Number(answers[0]?.rows[0]?.[0] ?? 0);
  const rows = read.length === 0 ? [] : (answers.at(-1)?.rows ?? []);
  return {
    parts,
    columns: plan.columns.map(({ name }) => name),
    total: counted ?? rows.length,
    grouped: groups.length > 0,
    ids: parts === null ? [] : rows.map((row) => String(row[0])),
    rows: rows.map((row) => recordOf(plan, row)),
  };
}

/** The datasets that the conditions and refinements keep, in the order of the catalogue. */
export async function readIds(
  context: Context,
  table: CatalogueTable,
  query: Omit<CatalogueQuery, 'limit' | 'offset'>,
): Promise<readonly string[]> {
  const tree = treeOf(table, query);
  if (tree.where === null) return table.entries.map(({ id }) => id);
  const plan = planRecords(
    await table.stored(),
    { ...tree, select: [idItem], orderBy: [] },
    settingsOf(context, query),
  );
  const [answer] = await context.tables.run([plan.page(0, table.entries.length)]);
  return (answer?.rows ?? []).map((row) => String(row[0]));
}

function settingsOf(context: Context, { timezone = 'UTC', lang = 'fr' }: Partial<CatalogueQuery>): QuerySettings {
  return { now: context.now(), timezone, lang };
}

const idItem: SelectItem = {
  kind: 'value',
  node: { kind: 'field', at: 0, name: 'dataset_id' },
  alias: idColumn,
  written: 'dataset_id',
};

function treeOf(table: CatalogueTable, query: Omit<CatalogueQuery, 'limit' | 'offset'>): QueryTree {
  const tree = parseQuery({
    ...(query.select !== undefined && { select: query.select }),
    ...(query.where !== undefined && { where: query.where }),
    ...(query.group_by !== undefined && { groupBy: query.group_by }),
    ...(query.order_by !== undefined && { orderBy: query.order_by }),
  });
  const written = tree.where === null ? null : conditionOn(tree.where, table.entries);
  const kept = refinedTo(table.entries, readRefinements(query));
  const conditions = [written, kept].filter((one) => one !== null);
  const [first = null] = conditions;
  return {
    ...tree,
    select: tree.select === null ? null : tree.select.map(selected),
    where: conditions.length > 1 ? { kind: 'and', at: 0, items: conditions } : first,
    groupBy: tree.groupBy.map(grouped),
    orderBy: tree.orderBy.map(ordered),
  };
}

function refinedTo(entries: readonly Entry[], refinements: Refinements): Node | null {
  if (refinements.refine.length === 0 && refinements.exclude.length === 0) return null;
  const kept = entries.filter(({ values }) => isKept(values, refinements, plainColumn));
  return theseDatasets(kept.map(({ id }) => id));
}

/** A facet that nothing was said of. */
export function plainColumn(name: string): FacetColumn {
  const kind = columnNamed(name)?.kind ?? 'text';
  return { kind, separator: kind === 'datetime' ? '/' : null, disjunctive: false };
}

/** @throws TerroirError query.unknownField, query.outOfRange when nothing is said of the value */
export function readRefinements(query: Pick<CatalogueQuery, 'refine' | 'exclude'>): Refinements {
  const read =
    (clause: 'refine' | 'exclude') =>
    (text: string): Refinement => {
      const end = text.indexOf(':');
      if (end <= 0)
        throw new TerroirError('query.outOfRange', {
          name: clause,
          value: text.slice(0, 100),
          expected: 'facet:value',
        });
      const name = text
        .slice(0, end)
        .trim()
        .replace(/^`(.*)`$/, '$1');
      const column = columnNamed(name);
      if (column === null) throw new TerroirError('query.unknownField', { name, clause });
      return {
        column: column.name,
        value: text
          .slice(end + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      };
    };
  return { refine: (query.refine ?? []).map(read('refine')), exclude: (query.exclude ?? []).map(read('exclude')) };
}

function isAggregate(item: SelectItem): boolean {
  const holds = (node: Node): boolean => {
    if (node.kind === 'call') return Object.hasOwn(aggregates, node.name) || node.args.some(holds);
    if (node.kind === 'arithmetic') return holds(node.left) || holds(node.right);
    return node.kind === 'minus' && holds(node.of);
  };
  return item.kind === 'value' && holds(item.node);
}

function severalIn(node: Node): readonly string[] {
  if (node.kind === 'call') return node.args.flatMap(severalIn);
  const column = node.kind === 'field' ? columnNamed(node.name) : null;
  return column?.kind === 'texts' ? [column.name] : [];
}

function partOf(item: SelectItem): readonly AnswerPart[] {
  if (item.kind === 'all') return [{ kind: 'whole' }];
  if (item.kind === 'pattern') return [{ kind: 'pattern', keeps: item.keeps, matches: matcherOf(item) }];
  const name = item.alias ?? item.written;
  if (item.node.kind !== 'field') return [{ kind: 'value', name }];
  const of = item.node.name;
  if (objectParts.some((part) => part === of)) return [{ kind: 'part', name, of }];
  return [columnNamed(of)?.kind === 'texts' ? { kind: 'several', name, column: of } : { kind: 'value', name }];
}

/** `include(meta*)`: what begins so, or is called so. */
function matcherOf({ name, prefix }: { readonly name: string; readonly prefix: boolean }) {
  return (key: string) => (prefix ? key.startsWith(name) : key === name);
}

function isForPlanner(item: SelectItem): boolean {
  return partOf(item).some((part) => part.kind === 'value');
}
