// The verbs of the catalogue as Opendatasoft's interfaces show it: its datasets, their facets, one of them.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { findVersion } from '../explore/service.ts';
import { readFacets } from './facet-request.ts';
import { type FacetRequest, facetValues, isKept, type Refinements } from './facets.ts';
import { isFileNamed } from './file-names.ts';
import {
  answersOf,
  type Described,
  describe,
  type NamedAnswer,
  needsObjects,
  type ObjectOptions,
  readObjects,
} from './objects.ts';
import { plainColumn, readIds, readRefinements, readRows } from './querying.ts';
import type { CatalogueAnswer, CatalogueFacet, CatalogueQuery, FacetsQuery } from './schemas.ts';
import { catalogueTable } from './table.ts';

export { exportCatalogue } from './exporting.ts';
export { catalogueRevision } from './queries.ts';

/**
 * The datasets that a query selects, or what it counts of them: published ones, and drafts for the operator.
 * @throws TerroirError query.*, engine.*
 */
export async function queryCatalogue(
  context: Context,
  query: CatalogueQuery,
  publicUrl: string,
): Promise<CatalogueAnswer> {
  const { total, rows, grouped } = await listDescribed(context, query, publicUrl);
  return { ...(!grouped && { total_count: total }), results: rows.map(({ answer }) => answer) };
}

/** The same, each answer with the identifier of its dataset; null for what is none, a group or a count. */
export async function listDescribed(
  context: Context,
  query: CatalogueQuery,
  publicUrl: string,
): Promise<{ readonly total: number; readonly grouped: boolean; readonly rows: readonly NamedAnswer[] }> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const table = await catalogueTable(context);
  const found = await readRows(context, table, query, query);
  const whole = found.parts !== null && needsObjects(found.parts);
  const { timezone } = query;
  const options = { publicUrl, ...(timezone !== undefined && { timezone }) };
  const objects = whole ? await readObjects(context, table, found.ids, options) : new Map<string, Described>();
  return { total: found.total, grouped: found.grouped, rows: answersOf(found, table, objects) };
}

/**
 * Facets of the catalogue: for each, its values and how many datasets have them among those that are selected.
 * @throws TerroirError query.*, engine.*
 */
export async function facetCatalogue(context: Context, query: FacetsQuery): Promise<readonly CatalogueFacet[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const table = await catalogueTable(context);
  const requests = readFacets(query.facet);
  const refinements = readRefinements(query);
  const found = await readIds(context, table, { ...query, refine: [], exclude: [] });
  const datasets = found.map((id) => table.byId.get(id)?.values ?? {});
  const columnOf = (name: string) => requests.find(({ column }) => column === name) ?? plainColumn(name);
  return requests.flatMap((request): readonly CatalogueFacet[] => {
    const others = request.disjunctive ? withoutOwn(refinements, request) : refinements;
    const kept = datasets.filter((values) => isKept(values, others, columnOf));
    const facets = facetValues(kept, request, refinements);
    return facets.length === 0 ? [] : [{ name: request.name, facets }];
  });
}

function withoutOwn(refinements: Refinements, { column }: FacetRequest): Refinements {
  return { ...refinements, refine: refinements.refine.filter((one) => one.column !== column) };
}

/**
 * One dataset as the catalogue describes it, of the current version or of the one that is asked for.
 * @throws TerroirError dataset.unknown, dataset.withdrawn, version.unknown
 */
export async function describeDataset(
  context: Context,
  id: string,
  options: ObjectOptions & { readonly version?: number },
): Promise<Described> {
  const { dataset, version } = await findVersion(context, id, options.version);
  return describe(context, await catalogueTable(context), { ...dataset, version }, options);
}

/**
 * The file that an address of Opendatasoft's names. A dataset has one here, its producer's: it is what every alternative
 * export leads to, whatever it was called; an attachment must be called as it is, for it may have been something else.
 * @throws TerroirError dataset.unknown, dataset.withdrawn, original.withheld, version.originalPurged, file.notFound
 */
export async function findFile(
  context: Context,
  {
    id,
    file,
    kind,
  }: { readonly id: string; readonly file: string; readonly kind: 'attachments' | 'alternative_exports' },
): Promise<{ readonly name: string; readonly bytes: number; readonly sha256: string; readonly type: string }> {
  const { dataset, object } = await describeDataset(context, id, { publicUrl: '' });
  const { version } = dataset;
  const [original] = object.attachments;
  if (version === null || original === undefined) throw new TerroirError('original.withheld');
  const { name, bytes, sha256 } = version.file;
  if (kind === 'attachments' && !isFileNamed(file, name)) throw new TerroirError('file.notFound', { path: file });
  if (!(await context.files.hasOriginal(sha256)))
    throw new TerroirError('version.originalPurged', { id, version: version.number });
  return { name, bytes, sha256, type: original.mimetype };
}
