// Reads the parameters of the catalogue's addresses: those of records, for the same language.
import { type ExportFormat, exportFormats } from '../../data/export/formats.ts';
import { TerroirError } from '../../lib/errors.ts';
import { type Query, readExportQuery, readFacetsQuery, readRecordsQuery, texts } from '../explore/service.ts';
import type { ExportOptions } from './exports.ts';
import type { CatalogueQuery, FacetsQuery } from './schemas.ts';

/** @throws TerroirError query.outOfRange, query.parameterUnknown */
export function readCatalogueQuery(query: Query): CatalogueQuery {
  refuseWords(query);
  const { version: _version, where, ...read } = readRecordsQuery(query);
  return { ...read, ...(where !== undefined && { where: typeof where === 'string' ? [where] : where }) };
}

/** @throws TerroirError query.outOfRange, query.parameterUnknown */
export function readCatalogueFacets(query: Query): FacetsQuery {
  refuseWords(query);
  const { version: _version, facets = [], where, ...read } = readFacetsQuery(query);
  return { ...read, facet: facets, ...(where !== undefined && { where: typeof where === 'string' ? [where] : where }) };
}

/** The language of version 1 is about records: it is not passed over in silence here. */
function refuseWords(query: Query): void {
  if (texts(query, 'qv1').length > 0) throw new TerroirError('query.parameterUnknown', { name: 'qv1' });
}

/** `limit` -1, the default, is all the datasets. @throws TerroirError query.outOfRange, query.parameterUnknown */
export function readCatalogueExport(
  query: Query,
  { withBom }: { readonly withBom: boolean },
): { readonly query: CatalogueQuery; readonly options: Omit<ExportOptions, 'name' | 'publicUrl'> } {
  refuseWords(query);
  const asked = readExportQuery(query);
  const { version: _version, csv, compression: _compression, epsg: _epsg, where, limit = -1, ...read } = asked;
  return {
    query: {
      ...read,
      limit,
      offset: 0,
      ...(where !== undefined && { where: typeof where === 'string' ? [where] : where }),
    },
    options: {
      delimiter: csv?.delimiter ?? ';',
      quoteAll: csv?.quoteAll ?? false,
      withBom: texts(query, 'with_bom').length === 0 ? withBom : (csv?.withBom ?? withBom),
      listSeparator: texts(query, 'list_separator').at(-1) ?? ',',
      formats: readExports(query),
      useLabels: texts(query, 'use_labels_in_exports').at(-1) !== 'false',
    },
  };
}

/** The formats of data that a catalogue names: all of them, or those that are asked for. */
function readExports(query: Query): readonly ExportFormat[] {
  const asked = texts(query, 'include_exports').flatMap((text) => text.split(',').map((name) => name.trim()));
  if (asked.length === 0) return exportFormats;
  return asked.map((name) => {
    const format = exportFormats.find((one) => one === name);
    if (format !== undefined) return format;
    const expected = exportFormats.join(', ');
    throw new TerroirError('query.outOfRange', { name: 'include_exports', value: name.slice(0, 100), expected });
  });
}
