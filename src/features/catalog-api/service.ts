// The verbs of the catalogue as Opendatasoft's interfaces show it.
import type { Context } from '../../context.ts';
import { parseQuery } from '../../data/query/parse.ts';
import type { Node } from '../../data/query/tree.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset } from '../../model/dataset.ts';
import { getDataset, listDatasets, searchCatalog } from '../catalog/service.ts';

/**
 * A page of the catalogue: every dataset with its fields. `where` is quoted full text.
 * @throws TerroirError query.*
 */
export async function listForApi(
  context: Context,
  query: { readonly where: readonly string[]; readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly datasets: readonly Dataset[] }> {
  const { limit, offset } = query;
  const tree = parseQuery({ where: query.where });
  if (tree.where === null) return listDatasets(context, { limit, offset });
  const q = catalogueWords(tree.where);
  if (limit === 0) {
    const none = await searchCatalog(context, { q, selected: {}, sort: 'relevance', page: 1, pageSize: 1 });
    return { total: none.total, datasets: [] };
  }
  // The catalogue answers whole pages: an offset inside one takes the end of it and the beginning of the next.
  const page = Math.floor(offset / limit) + 1;
  const search = (number: number) =>
    searchCatalog(context, { q, selected: {}, sort: 'relevance', page: number, pageSize: limit });
  const pages = offset % limit === 0 ? [await search(page)] : await Promise.all([search(page), search(page + 1)]);
  const ids = pages
    .flatMap((p) => p.datasets.map((dataset) => dataset.id))
    .slice(offset % limit, (offset % limit) + limit);
  const datasets = await Promise.all(ids.map((id) => getDataset(context, id)));
  return { total: pages[0]?.total ?? 0, datasets };
}

/** The words of a condition on the catalogue. @throws TerroirError query.unknownField for anything else than full text */
function catalogueWords(node: Node): string {
  if (node.kind === 'text') return node.value;
  if (node.kind === 'and') return node.items.map(catalogueWords).join(' ');
  const text =
    node.kind === 'call' && (node.name === 'search' || node.name === 'suggest') ? node.args.at(-1) : undefined;
  if (text?.kind === 'text') return text.value;
  const field = node.kind === 'compare' && node.left.kind === 'field' ? node.left.name : node.kind;
  throw new TerroirError('query.unknownField', { name: field, clause: 'where' });
}
