// A dataset as the Explore API v2.1 describes it.
import { createHash } from 'node:crypto';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { Field, FieldType } from '../../model/field.ts';
import { urls } from '../../web/urls.ts';
import { facetFields } from '../explore/service.ts';
import { metasOf } from './dataset-metas.ts';

const types: Readonly<Record<FieldType, string>> = {
  string: 'text',
  integer: 'int',
  number: 'double',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'text',
  geopoint: 'geo_point_2d',
  geojson: 'geo_shape',
};

/** By the end of the file's name. */
const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  json: 'application/json',
  geojson: 'application/geo+json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xls: 'application/vnd.ms-excel',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  zip: 'application/zip',
  pdf: 'application/pdf',
  kml: 'application/vnd.google-earth.kml+xml',
  kmz: 'application/vnd.google-earth.kmz',
  gpkg: 'application/geopackage+sqlite3',
};

/** What a dataset object says besides the dataset. */
export type Around = {
  /** Makes its addresses absolute. */
  readonly publicUrl: string;
  /** What the communes are called, by code; a code that is not there stands for itself. */
  readonly communes: ReadonlyMap<string, string>;
  /** Whether the producer's file is for everybody. */
  readonly original: boolean;
};

export type DatasetObject = ReturnType<typeof datasetObject>;

/** The dataset object: its keys and types are Opendatasoft's. */
export function datasetObject(dataset: Dataset, { publicUrl, communes, original }: Around) {
  const { version } = dataset;
  return {
    visibility: 'domain',
    dataset_id: dataset.id,
    dataset_uid: `da_${createHash('sha256').update(dataset.id).digest('hex').slice(0, 6)}`,
    has_records: version !== null,
    data_visible: true,
    features: version === null ? [] : featuresOf(version),
    attachments: version === null || !original ? [] : [originalOf(dataset.id, version, publicUrl)],
    alternative_exports: [],
    metas: metasOf(dataset, { publicUrl, communes, page: urls.dataset(dataset.id) }),
    fields: version === null ? [] : fieldObjects(version),
  };
}

function featuresOf(version: Version): readonly string[] {
  const has = (...wanted: readonly FieldType[]) => version.fields.some((field) => wanted.includes(field.type));
  return [...(version.geometry !== null ? ['geo'] : []), 'analyze', ...(has('date', 'datetime') ? ['timeserie'] : [])];
}

function fieldObjects(version: Version) {
  const facets = new Set(facetFields(version.fields, version.profiles).map(({ name }) => name));
  const fields = version.fields.map((field) => ({
    name: field.name,
    label: field.title,
    description: null as string | null,
    type: types[field.type],
    annotations: annotationsOf(field, facets.has(field.name)),
  }));
  const made = version.geometry?.made ?? [];
  // The name of a made column is its type.
  return [...fields, ...made.map((name) => ({ name, label: name, description: null, type: name, annotations: {} }))];
}

/** An annotation's presence is its truth. */
function annotationsOf({ unit }: Field, facet: boolean): Readonly<Record<string, unknown>> {
  return { ...(facet && { facet: true }), ...(unit !== undefined && { unit }) };
}

function originalOf(id: string, version: Version, publicUrl: string) {
  const { name } = version.file;
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return {
    id: 'original',
    title: name,
    mimetype: mediaTypes[ending] ?? 'application/octet-stream',
    url: `${publicUrl}${urls.original(id)}`,
  };
}
