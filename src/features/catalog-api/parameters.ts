// Reads the parameters of the catalogue's addresses: those of records, for the same language.
import { type Query, readRecordsQuery, texts } from '../explore/service.ts';
import type { CatalogueQuery, FacetsQuery } from './schemas.ts';

/** @throws TerroirError query.outOfRange, query.parameterUnknown */
export function readCatalogueQuery(query: Query): CatalogueQuery {
  const { version: _version, where, ...read } = readRecordsQuery(query);
  return { ...read, ...(where !== undefined && { where: typeof where === 'string' ? [where] : where }) };
}

/** @throws TerroirError query.outOfRange, query.parameterUnknown */
export function readFacetsQuery(query: Query): FacetsQuery {
  const { limit: _limit, offset: _offset, ...read } = readCatalogueQuery(query);
  return { ...read, facet: texts(query, 'facet') };
}
