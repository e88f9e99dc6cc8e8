// The verbs of the catalogue as Opendatasoft's interfaces show it: its datasets, their facets, one of them.
import type { Context } from '../../context.ts';
import type { Dataset } from '../../model/dataset.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { getDataset } from '../catalog/service.ts';
import { findVersion } from '../explore/service.ts';
import { type DatasetObject, datasetObject } from './dataset-object.ts';
import { readFacets } from './facet-request.ts';
import { type FacetRequest, facetValues, isKept } from './facets.ts';
import { plainColumn, readIds, readRefinements, readRows } from './querying.ts';
import type { CatalogueAnswer, CatalogueFacet, CatalogueQuery, FacetsQuery } from './schemas.ts';
import { type CatalogueTable, catalogueTable } from './table.ts';

/**
 * The datasets that a query selects, or what it counts of them: published ones, and drafts for the operator.
 * @throws TerroirError query.*, engine.*
 */
export async function queryCatalogue(
  context: Context,
  query: CatalogueQuery,
  publicUrl: string,
): Promise<CatalogueAnswer> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const table = await catalogueTable(context);
  const { parts, ids, rows, total, grouped } = await readRows(context, table, query, query);
  if (parts === null) return { ...(!grouped && { total_count: total }), results: rows };
  const whole = parts.some((part) => part.kind === 'whole' || part.kind === 'part');
  const objects = whole ? await readObjects(context, table, ids, publicUrl) : new Map<string, DatasetObject>();
  const results = ids.flatMap((id, i) => {
    const object = objects.get(id);
    // Withdrawn since the table was made.
    if (whole && object === undefined) return [];
    const result: Record<string, unknown> = {};
    for (const part of parts) {
      if (part.kind === 'whole') Object.assign(result, object);
      else if (part.kind === 'part') result[part.name] = object?.[part.of as keyof DatasetObject];
      else if (part.kind === 'several') result[part.name] = table.byId.get(id)?.values[part.column] ?? null;
      else result[part.name] = rows[i]?.[part.name] ?? null;
    }
    return [result];
  });
  return { total_count: total, results };
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
  const found = await readIds(context, table, query.where === undefined ? {} : { where: query.where });
  const datasets = found.map((id) => table.byId.get(id)?.values ?? {});
  const columnOf = (name: string) => requests.find(({ column }) => column === name) ?? plainColumn(name);
  return requests.flatMap((request): readonly CatalogueFacet[] => {
    const others = request.disjunctive ? withoutOwn(refinements, request) : refinements;
    const kept = datasets.filter((values) => isKept(values, others, columnOf));
    const facets = facetValues(kept, request, refinements);
    return facets.length === 0 ? [] : [{ name: request.name, facets }];
  });
}

function withoutOwn(refinements: ReturnType<typeof readRefinements>, { column }: FacetRequest) {
  return { ...refinements, refine: refinements.refine.filter((one) => one.column !== column) };
}

/**
 * One dataset as the catalogue describes it, of the current version or of the one that is asked for.
 * @throws TerroirError dataset.unknown, dataset.withdrawn, version.unknown
 */
export async function describeDataset(
  context: Context,
  id: string,
  publicUrl: string,
  number?: number,
): Promise<{ readonly dataset: Dataset; readonly object: DatasetObject }> {
  const { dataset, version } = await findVersion(context, id, number);
  const { communes } = await catalogueTable(context);
  return { dataset, object: datasetObject({ ...dataset, version }, { publicUrl, communes }) };
}

/** Dataset objects by id; those that are not there any more are left out. */
async function readObjects(
  context: Context,
  { communes }: CatalogueTable,
  ids: readonly string[],
  publicUrl: string,
): Promise<ReadonlyMap<string, DatasetObject>> {
  const datasets = await Promise.all(ids.map((id) => getDataset(context, id).catch(() => null)));
  return new Map(
    datasets.flatMap((dataset) =>
      dataset === null ? [] : [[dataset.id, datasetObject(dataset, { publicUrl, communes })]],
    ),
  );
}
