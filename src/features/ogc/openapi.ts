// The OpenAPI document of the interface: one literal path per collection, as GDAL and QGIS look for them.

import { crsList } from '../../data/query/spatial-crs.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { Field } from '../../model/field.ts';
import { media, propertySchema } from './documents.ts';
import { itemsParameters } from './parameters.ts';
import { limits } from './schemas.ts';

const parameter = (name: string, schema: object, description: string) => ({
  name,
  in: 'query',
  required: false,
  description,
  style: 'form',
  explode: false,
  schema,
});

const crsSchema = { type: 'string', format: 'uri', enum: crsList.map(({ uri }) => uri), default: crsList[0]?.uri };

const parameters = {
  limit: parameter(
    'limit',
    { type: 'integer', minimum: 1, maximum: limits.maxLimit, default: limits.defaultLimit },
    'How many features a page has at most',
  ),
  offset: parameter('offset', { type: 'integer', minimum: 0, default: 0 }, 'How many features to pass over'),
  after: parameter('after', { type: 'integer', minimum: 0 }, 'Where the page before ended: written by "next" links'),
  version: parameter(
    'version',
    { type: 'integer', minimum: 1 },
    'The number of a version: written by "next" links, so that pages follow each other',
  ),
  bbox: parameter(
    'bbox',
    { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 },
    'Only features that meet this box, and those without a place',
  ),
  'bbox-crs': parameter('bbox-crs', crsSchema, 'The reference system of the box'),
  crs: parameter('crs', crsSchema, 'The reference system of the answer'),
  datetime: parameter('datetime', { type: 'string' }, 'A moment or a stretch of time, RFC 3339, `..` for no bound'),
  filter: parameter('filter', { type: 'string' }, 'A condition in CQL2'),
  'filter-lang': parameter(
    'filter-lang',
    { type: 'string', enum: ['cql2-text', 'cql2-json'], default: 'cql2-text' },
    'How the filter is written',
  ),
  'filter-crs': parameter('filter-crs', crsSchema, 'The reference system of the geometries in the filter'),
  sortby: parameter('sortby', { type: 'string' }, 'Names separated by commas, each after `-` for the greatest first'),
  properties: parameter('properties', { type: 'array', items: { type: 'string' } }, 'The properties wanted'),
  skipGeometry: parameter('skipGeometry', { type: 'boolean', default: false }, 'Leave the geometries out'),
  f: parameter('f', { type: 'string', enum: ['json', 'html'] }, 'The form of the answer'),
} as const;

const ref = (name: keyof typeof parameters) => ({ $ref: `#/components/parameters/${name}` });
const answer = (type: string, description: string) => ({
  '200': {
    description,
    content: { [type]: { schema: { type: 'object' } }, 'text/html': { schema: { type: 'string' } } },
  },
  '400': problem('The request is not correct'),
  '404': problem('Nothing is there'),
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
});
const get = (
  summary: string,
  type: string,
  names: readonly (keyof typeof parameters)[] = ['f'],
  own: readonly object[] = [],
) => ({
  get: { summary, parameters: [...names.map(ref), ...own], responses: answer(type, summary) },
});

/** @param publicUrl the portal's address, without the interface's path */
export function openApiDocument(
  publicUrl: string,
  about: { readonly title: string; readonly description: string },
  datasets: readonly (Dataset & { readonly version: Version })[],
) {
  const paths: Record<string, object> = {
    '/': get('What this interface offers', media.json),
    '/conformance': get('The standards it keeps', media.json),
    '/collections': get('The datasets', media.json),
    '/tileMatrixSets': get('How tiles are numbered', media.json),
  };
  for (const { id, title, version } of datasets) {
    const base = `/collections/${id}`;
    const own = version.fields.filter(isQueryable).map(queryParameter);
    paths[base] = get(title, media.json);
    paths[`${base}/items`] = get(title, media.geojson, [...itemsParameters, 'f'], own);
    paths[`${base}/items/{featureId}`] = get(
      title,
      media.geojson,
      ['crs', 'properties', 'skipGeometry', 'version', 'f'],
      [{ name: 'featureId', in: 'path', required: true, schema: { type: 'string' } }],
    );
    paths[`${base}/queryables`] = get('What filters may name', media.schema);
    paths[`${base}/schema`] = get('What features hold', media.schema);
    paths[`${base}/sortables`] = get('What features may be sorted by', media.schema);
  }
  return {
    openapi: '3.0.3',
    info: { ...about, version: '1.0.0' },
    servers: [{ url: `${publicUrl}/ogc` }],
    paths,
    components: {
      parameters,
      schemas: {
        problem: {
          type: 'object',
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
          },
        },
      },
    },
  };
}

function isQueryable({ name, type }: Field): boolean {
  return type !== 'geojson' && type !== 'geopoint' && !Object.hasOwn(parameters, name) && name !== 'lang';
}

function queryParameter(field: Field): object {
  return parameter(field.name, propertySchema(field), field.title);
}
