// A dataset as the Explore API v2.1 describes it.
import { createHash } from 'node:crypto';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { Field, FieldType } from '../../model/field.ts';
import { frequencyById, licenceById, themeById } from '../../model/reference.ts';
import type { Geometry } from '../../model/table.ts';
import { urls } from '../../web/urls.ts';

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
  const licence = licenceById(dataset.licence);
  const theme = dataset.theme === null ? null : themeById(dataset.theme);
  const frequency = frequencyById(dataset.frequency);
  return {
    visibility: 'domain',
    dataset_id: dataset.id,
    dataset_uid: `da_${createHash('sha256').update(dataset.id).digest('hex').slice(0, 6)}`,
    has_records: version !== null,
    data_visible: true,
    features: version === null ? [] : featuresOf(version),
    attachments: version === null || !original ? [] : [originalOf(dataset.id, version, publicUrl)],
    alternative_exports: [],
    metas: {
      default: {
        title: dataset.title,
        description: htmlOf(dataset.description),
        keyword: someOf(dataset.keywords),
        theme: theme === null ? null : [theme.label.fr],
        license: licence?.title.fr ?? dataset.licence,
        license_url: licence?.url ?? null,
        language: 'fr',
        metadata_languages: ['fr'],
        timezone: null,
        modified: iso(dataset.modifiedAt),
        modified_updates_on_metadata_change: false,
        modified_updates_on_data_change: true,
        data_processed: iso(version?.createdAt ?? null),
        metadata_processed: iso(dataset.modifiedAt),
        geographic_reference: null,
        geographic_reference_auto: false,
        territory: someOf(dataset.communes.map((code) => communes.get(code) ?? code)),
        bbox: boxOf(version?.geometry ?? null),
        geometry_types: version?.geometry == null ? null : [version.geometry.type],
        publisher: dataset.organization.name,
        references: dataset.source,
        attributions: dataset.source === null ? null : [dataset.source],
        records_count: version?.rows ?? 0,
        // The code of the Publications Office, as Opendatasoft gives it: ANNUAL, MONTHLY …
        update_frequency: frequency?.uri?.split('/').at(-1) ?? null,
        federated: false,
        shared_catalog: null,
        parent_domain: null,
        source_domain: null,
        source_domain_title: null,
        source_domain_address: null,
        source_dataset: null,
      },
      dcat: {
        created: iso(dataset.createdAt),
        issued: iso(dataset.publishedAt),
        creator: dataset.organization.name,
        contributor: null,
        contact_name: null,
        contact_email: null,
        accrualperiodicity: frequency?.uri ?? null,
        spatial: null,
        temporal: null,
        granularity: null,
        dataquality: null,
        publisher_type: null,
        conforms_to: null,
        temporal_coverage_start: null,
        temporal_coverage_end: null,
        accessRights: null,
        relation: null,
      },
    },
    fields: version === null ? [] : fieldObjects(version),
  };
}

function featuresOf(version: Version): readonly string[] {
  const has = (...wanted: readonly FieldType[]) => version.fields.some((field) => wanted.includes(field.type));
  return [...(version.geometry !== null ? ['geo'] : []), 'analyze', ...(has('date', 'datetime') ? ['timeserie'] : [])];
}

function fieldObjects(version: Version) {
  const fields = version.fields.map((field) => ({
    name: field.name,
    label: field.title,
    description: null as string | null,
    type: types[field.type],
    annotations: annotationsOf(field),
  }));
  const made = version.geometry?.made ?? [];
  // The name of a made column is its type.
  return [...fields, ...made.map((name) => ({ name, label: name, description: null, type: name, annotations: {} }))];
}

/** An annotation's presence is its truth. */
function annotationsOf(field: Field): Readonly<Record<string, unknown>> {
  return field.unit === undefined ? {} : { unit: field.unit };
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

/** The extent as a GeoJSON feature, counter-clockwise. */
function boxOf(geometry: Geometry | null) {
  if (geometry === null) return null;
  const [west, south, east, north] = geometry.bbox;
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: {} };
}

/** A list without anything is none. */
function someOf(list: readonly string[]): readonly string[] | null {
  return list.length === 0 ? null : list;
}

/** Descriptions are plain text here, HTML there. */
function htmlOf(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return escaped
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('');
}

function iso(date: Date | null): string | null {
  return date === null ? null : date.toISOString().replace(/Z$/, '+00:00');
}
