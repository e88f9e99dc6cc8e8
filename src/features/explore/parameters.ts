// Reads the parameters of the Explore API as they stand in an address, with Opendatasoft's own words when one is wrong.
import {
  type CsvOptions,
  csvDelimiters,
  defaultCsv,
  type GpxOptions,
  type ParquetCompression,
} from '../../data/export/request.ts';
import { targetCodes } from '../../data/export/target-system.ts';
import { languages, readTimeZone } from '../../data/query/settings.ts';
import { TerroirError } from '../../lib/errors.ts';
import { type ExportQuery, type FacetsQuery, limits, type RecordsQuery } from './schemas.ts';

export type Query = Readonly<Record<string, unknown>>;

const settings = ['lang', 'timezone', 'version'];
const conditions = ['where', 'refine', 'exclude', 'qv1', ...settings];
const clauses = ['select', 'group_by', 'order_by', ...conditions];
/** What programs add to every address, and what changes nothing here. */
const harmless = ['apikey', 'pretty', '_', 'source', 'include_links', 'include_app_metas'];

/** What would change the answer elsewhere is refused, never ignored. @throws TerroirError query.parameterUnknown */
function refuseOthers(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query).find(
    (name) => !known.includes(name) && !harmless.includes(name.toLowerCase()) && !name.startsWith('utm_'),
  );
  if (unknown !== undefined) throw new TerroirError('query.parameterUnknown', { name: unknown.slice(0, 100) });
}

/** The parameters of one record. @throws TerroirError query.outOfRange, query.parameterUnknown */
export function readRecordQuery(query: Query): RecordsQuery {
  refuseOthers(query, ['select', ...settings]);
  return readClauses(query);
}

/** @throws TerroirError query.outOfRange, query.parameterUnknown */
export function readRecordsQuery(query: Query): RecordsQuery & { readonly limit: number; readonly offset: number } {
  refuseOthers(query, [...clauses, 'limit', 'offset']);
  const read = readClauses(query);
  const { limit, offset } = read.group_by === undefined ? readPage(query) : readGroupsPage(query);
  return { ...read, limit, offset };
}

/** @throws TerroirError query.outOfRange, query.parameterUnknown */
export function readFacetsQuery(query: Query): FacetsQuery {
  refuseOthers(query, [...conditions, 'facet']);
  const { where, refine, exclude, qv1, timezone, lang, version } = readClauses(query);
  const facets = texts(query, 'facet');
  return {
    ...(facets.length > 0 && { facets }),
    ...(where !== undefined && { where }),
    ...(refine !== undefined && { refine }),
    ...(exclude !== undefined && { exclude }),
    ...(qv1 !== undefined && { qv1 }),
    ...(timezone !== undefined && { timezone }),
    ...(lang !== undefined && { lang }),
    ...(version !== undefined && { version }),
  };
}

/** Groups come all at once unless fewer are asked for. */
function readGroupsPage(query: Query): { readonly limit: number; readonly offset: number } {
  const asked = integer(query, 'limit', -1, { min: -1, max: limits.maxGroups });
  const most = limits.maxGroups - Math.max(0, asked);
  const offset = integer(query, 'offset', 0, { min: 0, max: most });
  return { limit: asked === -1 ? limits.maxGroups - offset : asked, offset };
}

/** `limit` -1 is the most that a page may have. @throws TerroirError query.outOfRange */
export function readPage(query: Query): { readonly limit: number; readonly offset: number } {
  const asked = integer(query, 'limit', limits.defaultLimit, { min: -1, max: limits.maxLimit });
  const limit = asked === -1 ? limits.maxLimit : asked;
  const offset = integer(query, 'offset', 0, { min: 0, max: limits.maxEnd - limit });
  return { limit, offset };
}

/** `limit` -1, the default, is all the rows. @throws TerroirError query.outOfRange */
export function readExportQuery(query: Query): ExportQuery {
  const limit = integer(query, 'limit', -1, { min: -1, max: limits.maxExport });
  const epsg = Number(oneOf(query, 'epsg', targetCodes.map(String), '4326'));
  return {
    ...readClauses(query),
    ...(limit !== -1 && { limit }),
    ...(epsg !== 4326 && { epsg }),
    csv: readCsv(query),
    compression: oneOf<ParquetCompression>(query, 'parquet_compression', ['snappy', 'zstd'], 'snappy'),
    gpx: readGpx(query),
  };
}

function readGpx(query: Query): GpxOptions {
  return {
    nameField: texts(query, 'name_field').at(-1) ?? null,
    descriptionFields: texts(query, 'description_field_list').flatMap((list) => list.split(',').map((f) => f.trim())),
    useExtension: flag(query, 'use_extension', true),
  };
}

function readClauses(query: Query): RecordsQuery {
  const [select, orderBy] = [texts(query, 'select').at(-1), texts(query, 'order_by').join(', ')];
  const [where, groupBy] = [texts(query, 'where'), texts(query, 'group_by').join(', ')];
  const [refine, exclude, qv1] = [texts(query, 'refine'), texts(query, 'exclude'), texts(query, 'qv1')];
  const [timezone, lang] = [readZone(query), readLanguage(query)];
  const version =
    texts(query, 'version').length === 0 ? null : integer(query, 'version', 1, { min: 1, max: 2 ** 31 - 1 });
  return {
    ...(select !== undefined && { select }),
    ...(where.length > 0 && { where }),
    ...(groupBy !== '' && { group_by: groupBy }),
    ...(orderBy !== '' && { order_by: orderBy }),
    ...(refine.length > 0 && { refine }),
    ...(exclude.length > 0 && { exclude }),
    ...(qv1.length > 0 && { qv1 }),
    ...(timezone !== null && { timezone }),
    ...(lang !== null && { lang }),
    ...(version !== null && { version }),
  };
}

function readZone(query: Query): string | null {
  const asked = texts(query, 'timezone').at(-1)?.trim();
  if (asked === undefined) return null;
  const zone = readTimeZone(asked);
  if (zone === null) throw outOfRange('timezone', asked, 'a time zone such as "Europe/Paris"');
  return zone;
}

function readLanguage(query: Query): string | null {
  const asked = texts(query, 'lang').at(-1)?.trim();
  if (asked === undefined) return null;
  // "fr-FR" is French.
  const found = languages.find((lang) => lang === asked.toLowerCase().split(/[-_]/)[0]);
  if (found === undefined) throw outOfRange('lang', asked, languages.join(', '));
  return found;
}

function readCsv(query: Query): CsvOptions {
  return {
    delimiter: oneOf(query, 'delimiter', csvDelimiters, defaultCsv.delimiter),
    withBom: flag(query, 'with_bom', defaultCsv.withBom),
    quoteAll: flag(query, 'quote_all', defaultCsv.quoteAll),
    useLabels: flag(query, 'use_labels', defaultCsv.useLabels),
    forSpreadsheet: flag(query, 'for_spreadsheet', defaultCsv.forSpreadsheet),
  };
}

/** The values of a parameter that are not empty: it may be repeated. */
export function texts(query: Query, name: string): readonly string[] {
  const value = query[name];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((text): text is string => typeof text === 'string' && text.trim() !== '');
}

function integer(query: Query, name: string, otherwise: number, bounds: { min: number; max: number }): number {
  const value = texts(query, name).at(-1)?.trim();
  if (value === undefined) return otherwise;
  const number = /^[+-]?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= bounds.min && number <= bounds.max) return number;
  throw outOfRange(name, value, `${bounds.min} <= ${name} <= ${bounds.max}`);
}

function flag(query: Query, name: string, otherwise: boolean): boolean {
  return oneOf(query, name, ['true', 'false'], String(otherwise)) === 'true';
}

function oneOf<T extends string>(query: Query, name: string, allowed: readonly T[], otherwise: T): T {
  const value = query[name];
  // A tab alone is a value here.
  const text = Array.isArray(value) ? value.at(-1) : value;
  if (text === undefined || text === '') return otherwise;
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw outOfRange(name, String(text), allowed.map((one) => JSON.stringify(one)).join(', '));
  return found;
}

function outOfRange(name: string, value: string, expected: string): TerroirError {
  return new TerroirError('query.outOfRange', { name, value: value.slice(0, 100), expected });
}
