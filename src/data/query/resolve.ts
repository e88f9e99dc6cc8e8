// What must be looked for before a statement is written: the rows of conditions on shapes, the clusters of places, the words near those of a search.
import { TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { clustersOf } from './clusters.ts';
import { Compiler } from './compile.ts';
import type { SpatialTest } from './cql2-tree.ts';
import { featureTable } from './feature-table.ts';
import { findNearWords, wordsOf } from './full-text.ts';
import { reachDegrees } from './geometry-literal.ts';
import { readClusterCall } from './grouping.ts';
import { someNode } from './selection.ts';
import type { QuerySettings } from './settings.ts';
import { geometryOfQuestion, isPlain, isSpatialCall, readSpatialCall, type SpatialQuestion } from './spatial-calls.ts';
import { amongRows, compareRows, findPlaces, within } from './spatial-found.ts';
import type { FoundCache } from './spatial-found-cache.ts';
import { dwithin } from './spatial-predicates.ts';
import { type Extent, shapeOf } from './spatial-shape.ts';
import type { StoredVersion } from './stored-version.ts';
import type { GroupItem, Node, QueryTree } from './tree.ts';
import { findWords, inWordsFile } from './words.ts';

export type Resolver = {
  readonly version: StoredVersion;
  readonly tables: TableEngine;
  /** What was found before: versions never change. */
  readonly cache: FoundCache;
  readonly settings: QuerySettings;
  /** The file of the version's words (store/words-file.ts); absent while there is none. */
  readonly words?: string;
};

/**
 * The same tree with nothing left to look for; the tree itself when there was nothing.
 * @throws TerroirError query.*, engine.*
 */
export async function resolveTree(tree: QueryTree, resolver: Resolver): Promise<QueryTree> {
  try {
    return await resolved(tree, resolver);
  } catch (error) {
    if (error instanceof TerroirError && error.code === 'filter.tooWide')
      throw new TerroirError('query.tooWide', { clause: 'where' }, { cause: error });
    throw error;
  }
}

async function resolved(tree: QueryTree, resolver: Resolver): Promise<QueryTree> {
  const where = tree.where === null ? null : await resolveNode(tree.where, resolver);
  if (!tree.groupBy.some(({ node }) => isCluster(node))) return where === tree.where ? tree : { ...tree, where };
  const groupBy: GroupItem[] = [];
  for (const item of tree.groupBy)
    groupBy.push(isCluster(item.node) ? { ...item, node: await resolveCluster(item.node, where, resolver) } : item);
  return { ...tree, where, groupBy };
}

type Call = Extract<Node, { kind: 'call' }>;

function isCluster(node: Node): node is Call {
  return node.kind === 'call' && node.name === 'geo_cluster';
}

async function resolveNode(node: Node, resolver: Resolver): Promise<Node> {
  if (node.kind === 'call')
    return isSpatialCall(node)
      ? resolveCall(node, resolver)
      : node.name === 'search'
        ? resolveSearch(node, resolver)
        : node;
  if (node.kind === 'text') return resolveText(node, resolver);
  if (node.kind === 'not') {
    const of = await resolveNode(node.of, resolver);
    return of === node.of ? node : { ...node, of };
  }
  if (node.kind !== 'and' && node.kind !== 'or') return node;
  const looked = (each: Node) =>
    each.kind === 'text' || (each.kind === 'call' && (isSpatialCall(each) || each.name === 'search'));
  if (!node.items.some((item) => someNode(item, looked))) return node;
  const items: Node[] = [];
  for (const item of node.items) items.push(await resolveNode(item, resolver));
  return { ...node, items };
}

async function resolveCall(call: Call, { version, tables, cache, settings }: Resolver): Promise<Node> {
  const question = readSpatialCall(call, new Compiler(version, settings).values);
  if (isPlain(question)) return call;
  const table = featureTable(version);
  if (question.kind === 'distance') {
    const rows = await rowsWithin(question, { version, tables, cache, settings });
    const column = quoteIdentifier(question.place.column);
    return {
      kind: 'found',
      at: call.at,
      sql: (bind) => `(CASE WHEN ${column} IS NULL THEN NULL ELSE ${amongRows(rows, bind)} END)`,
      rows,
    };
  }
  const test: SpatialTest = {
    kind: 'spatial',
    relation: question.kind === 'box' ? 's_intersects' : question.relation,
    left: { kind: 'property', name: question.place.column },
    right: { kind: 'geometry', geometry: geometryOfQuestion(question) },
  };
  const found = (await findPlaces(test, table, tables, cache)).get(test);
  return { kind: 'found', at: call.at, sql: (bind) => `(${found?.(bind) ?? 'FALSE'})` };
}

/** A text that stands alone is a condition: its rows are read in the file of words, where there is one. */
async function resolveText(
  node: Extract<Node, { kind: 'text' }>,
  { version, tables, cache, words: path }: Resolver,
): Promise<Node> {
  const words = wordsOf(node.value);
  if (path === undefined || !inWordsFile(words)) return node;
  const found = await findWords(words, { path, version, tables, cache });
  if (!('rows' in found)) return { kind: 'found', at: node.at, sql: found.sql };
  return { kind: 'found', at: node.at, sql: (bind) => amongRows(found.rows, bind), rows: found.rows };
}

/** The near words of a search are looked for once, however many pages are read. */
async function resolveSearch(call: Call, { version, tables, cache, settings }: Resolver): Promise<Node> {
  const { words, names } = new Compiler(version, settings).searched(call);
  const found = await cache.get(version.key, JSON.stringify(['near', words, names]), async () =>
    JSON.stringify([...(await findNearWords(words, names, version, tables))]),
  );
  return { ...call, near: new Map(JSON.parse(found) as [string, string[]][]) };
}

type DistanceQuestion = Extract<SpatialQuestion, { kind: 'distance' }>;

/** The numbers of the rows whose place is near enough, joined by commas. */
function rowsWithin(
  { place, geometry, metres }: DistanceQuestion,
  { version, tables, cache }: Resolver,
): Promise<string> {
  const shape = shapeOf(geometry);
  if (shape.dimension === -1) return Promise.resolve('');
  const [west, south, east, north] = shape.extent;
  const [dx, dy] = reachDegrees(metres, Math.max(Math.abs(south), Math.abs(north)));
  const near: Extent = [west - dx, south - dy, east + dx, north + dy];
  const column = quoteIdentifier(place.column);
  const ring = `POLYGON((${near[0]} ${near[1]},${near[2]} ${near[1]},${near[2]} ${near[3]},${near[0]} ${near[3]},${near[0]} ${near[1]}))`;
  return cache.get(version.key, JSON.stringify(['distance', place.column, geometry, metres]), () =>
    compareRows(
      featureTable(version),
      tables,
      [place],
      (bind) =>
        place.kind === 'point'
          ? within(column, near, bind)
          : `${column} && CAST(CAST(${bind(ring)} AS VARCHAR) AS GEOMETRY)`,
      ([of]) => of !== undefined && dwithin(of, shape, metres),
    ),
  );
}

async function resolveCluster(call: Call, where: Node | null, resolver: Resolver): Promise<Node> {
  const { version, tables, settings } = resolver;
  const compiler = new Compiler(version, settings);
  compiler.values.clause = 'group_by';
  const question = readClusterCall(call, compiler.values);
  const data = `read_parquet(${quoteLiteral(version.dataPath)}, file_row_number = true)`;
  const condition = where === null ? '' : ` AND ${compiler.where(where)}`;
  const clusters = await clustersOf(question, { data, condition, params: compiler.params }, tables);
  return { kind: 'clusters', at: call.at, of: call, column: question.column, ...clusters };
}
