// Reads the parameters of the catalogue's addresses as they stand, with Opendatasoft's own words when one is wrong.
import { type Query, readPage, texts } from '../explore/service.ts';
import type { CatalogueQuery, FacetsQuery } from './schemas.ts';

/** @throws TerroirError query.outOfRange */
export function readCatalogueQuery(query: Query): CatalogueQuery {
  return { ...readClauses(query), ...readPage(query) };
}

export function readFacetsQuery(query: Query): FacetsQuery {
  return { ...readFilters(query), facet: texts(query, 'facet') };
}

export function readClauses(query: Query): Omit<CatalogueQuery, 'limit' | 'offset'> {
  const joined = (name: string) => texts(query, name).join(', ');
  const [select, groupBy, orderBy] = [texts(query, 'select').at(-1), joined('group_by'), joined('order_by')];
  return {
    ...readFilters(query),
    ...(select !== undefined && { select }),
    ...(groupBy !== '' && { group_by: groupBy }),
    ...(orderBy !== '' && { order_by: orderBy }),
  };
}

function readFilters(query: Query) {
  return { where: texts(query, 'where'), refine: texts(query, 'refine'), exclude: texts(query, 'exclude') };
}
