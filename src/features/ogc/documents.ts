// The documents of the interface as JSON: landing, collections, schemas, pages of features.
import type { FeatureTable } from '../../data/query/feature-table.ts';
import { geometryName } from '../../data/query/feature-table.ts';
import { crs84, crsList } from '../../data/query/spatial-crs.ts';
import type { Column } from '../../data/query/stored-version.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { licenceById } from '../../model/reference.ts';
import { ogcUrls } from '../../web/ogc-urls.ts';
import { urls } from '../../web/urls.ts';
import type { Link } from './schemas.ts';

export const media = {
  json: 'application/json',
  geojson: 'application/geo+json',
  html: 'text/html',
  schema: 'application/schema+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
  tile: 'application/vnd.mapbox-vector-tile',
} as const;

const rel = (name: string) => `http://www.opengis.net/def/rel/ogc/1.0/${name}`;

/** Writes links with whole addresses. */
export type Linker = (link: Omit<Link, 'href'> & { readonly path: string }) => Link;

export function linker(publicUrl: string): Linker {
  return ({ path, ...link }) => ({ ...link, href: `${publicUrl}${path}` });
}

/** The address with another format, other parameters kept. */
export function inFormat(path: string, format: 'json' | 'html'): string {
  const [base = '', query = ''] = path.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('f', format);
  return `${base}?${parameters}`;
}

export function landing(link: Linker, title: string, description: string) {
  return {
    title,
    description,
    links: [
      link({ rel: 'self', path: ogcUrls.home(), type: media.json }),
      link({ rel: 'alternate', path: `${ogcUrls.home()}?f=html`, type: media.html }),
      link({ rel: 'service-desc', path: ogcUrls.api(), type: media.openapi, title: 'OpenAPI 3.0' }),
      link({ rel: 'service-doc', path: `${ogcUrls.api()}?f=html`, type: media.html }),
      link({ rel: 'conformance', path: ogcUrls.conformance(), type: media.json }),
      link({ rel: rel('conformance'), path: ogcUrls.conformance(), type: media.json }),
      link({ rel: 'data', path: ogcUrls.collections(), type: media.json }),
      link({ rel: rel('data'), path: ogcUrls.collections(), type: media.json }),
      link({ rel: rel('tiling-schemes'), path: ogcUrls.tileMatrixSets(), type: media.json }),
    ],
  };
}

/** What a collection says of itself: known without opening its files. */
export function collectionDocument(link: Linker, dataset: Dataset, version: Version) {
  const { id } = dataset;
  const hasPlace = isLocated(version);
  const licence = licenceById(dataset.licence);
  return {
    id,
    title: dataset.title,
    description: dataset.description,
    ...(dataset.keywords.length > 0 && { keywords: dataset.keywords }),
    attribution: dataset.organization.name,
    itemType: 'feature',
    extent: extentOf(version),
    crs: crsList.map(({ uri }) => uri),
    storageCrs: crs84.uri,
    itemCount: version.rows,
    links: [
      link({ rel: 'self', path: ogcUrls.collection(id), type: media.json }),
      link({ rel: 'alternate', path: `${ogcUrls.collection(id)}?f=html`, type: media.html }),
      link({ rel: 'items', path: ogcUrls.items(id), type: media.geojson, title: dataset.title }),
      link({ rel: 'items', path: `${ogcUrls.items(id)}?f=html`, type: media.html, title: dataset.title }),
      link({ rel: 'describedby', path: ogcUrls.schema(id), type: media.schema }),
      link({ rel: rel('schema'), path: ogcUrls.schema(id), type: media.schema }),
      link({ rel: rel('queryables'), path: ogcUrls.queryables(id), type: media.schema }),
      link({ rel: rel('sortables'), path: ogcUrls.sortables(id), type: media.schema }),
      ...(hasPlace
        ? [
            link({ rel: rel('tilesets-vector'), path: ogcUrls.tilesets(id), type: media.json }),
            link({ rel: 'tilejson', path: ogcUrls.tileJson(id), type: media.json, title: 'TileJSON' }),
          ]
        : []),
      ...(licence === null ? [] : [{ rel: 'license', href: licence.url, title: licence.title.fr }]),
      link({ rel: 'canonical', path: urls.dataset(id), type: media.html }),
    ],
  };
}

/** Whether the rows have a place: metres that were not turned into degrees give none. */
export function isLocated({ geometry, fields }: Version): boolean {
  if (geometry === null) return false;
  const { made = geometry.crs === 'EPSG:4326' ? [''] : [] } = geometry;
  return made.length > 0 || fields.some(({ type }) => type === 'geopoint' || type === 'geojson');
}

function extentOf(version: Version) {
  const { geometry, fields, profiles } = version;
  const time = fields.find(({ type }) => type === 'datetime') ?? fields.find(({ type }) => type === 'date');
  const profile = profiles.find(({ name }) => name === time?.name);
  const moment = (text: string | null | undefined) => {
    if (text === null || text === undefined) return null;
    const date = new Date(
      /^\d{4}-\d{2}-\d{2}$/.test(text)
        ? `${text}T00:00:00Z`
        : `${text.replace(' ', 'T').replace(/(Z|[+-]\d\d(:?\d\d)?)?$/, '')}Z`,
    );
    return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z');
  };
  return {
    ...(geometry !== null && isLocated(version) && { spatial: { bbox: [geometry.bbox], crs: crs84.uri } }),
    ...(profile !== undefined &&
      profile.min !== null && {
        temporal: {
          interval: [[moment(profile.min), moment(profile.max)]],
          trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
        },
      }),
  };
}

const jsonTypes: Readonly<Record<string, object>> = {
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  time: { type: 'string', format: 'time' },
};

/** A column in JSON Schema's words. */
export function propertySchema({ type }: Pick<Column, 'type'>): object {
  return jsonTypes[type] ?? { type: 'string' };
}

export type SchemaKind = 'queryables' | 'sortables' | 'schema';

export function schemaDocument(
  publicUrl: string,
  kind: SchemaKind,
  { dataset, version, table }: { readonly dataset: Dataset; readonly version: Version; readonly table: FeatureTable },
) {
  const time =
    table.columns.find(({ type }) => type === 'datetime') ?? table.columns.find(({ type }) => type === 'date');
  const properties: Record<string, object> = {};
  if (kind === 'schema') properties['id'] = { type: 'integer', readOnly: true, 'x-ogc-role': 'id' };
  const place = [...table.places].find(([, column]) => column === table.geometry)?.[0];
  if (table.geometry !== null && kind !== 'sortables')
    properties[table.places.has(geometryName) ? geometryName : (place ?? table.geometry.column)] = {
      title: geometryName,
      'x-ogc-role': 'primary-geometry',
      format: geometryFormat(version, table),
    };
  for (const column of table.columns)
    properties[column.name] = {
      title: column.title,
      ...propertySchema(column),
      ...(column === time && kind === 'schema' && { 'x-ogc-role': 'primary-instant' }),
    };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${publicUrl}${ogcUrls[kind](dataset.id)}`,
    type: 'object',
    title: dataset.title,
    properties,
    additionalProperties: false,
  };
}

function geometryFormat({ geometry }: Version, table: FeatureTable): string {
  if (table.geometry?.kind === 'point') return 'geometry-point';
  const type = geometry?.type.toLowerCase() ?? '';
  const known = ['point', 'multipoint', 'linestring', 'multilinestring', 'polygon', 'multipolygon'];
  return known.includes(type) ? `geometry-${type}` : 'geometry-any';
}
