// The metas of a dataset under the templates of Opendatasoft: default, dcat, inspire, dublin-core. Every key of them is there.
import type { Dataset } from '../../model/dataset.ts';
import { frequencyById, licenceById, themeById } from '../../model/reference.ts';

export type MetasAround = {
  /** What the communes are called, by code. */
  readonly communes: ReadonlyMap<string, string>;
  readonly publicUrl: string;
  readonly page: string;
};

export function metasOf(dataset: Dataset, around: MetasAround) {
  return {
    default: defaultMetas(dataset, around),
    dcat: dcatMetas(dataset),
    inspire: inspireMetas(dataset),
    'dublin-core': dublinCoreMetas(dataset, around),
  };
}

function defaultMetas(dataset: Dataset, { communes }: MetasAround) {
  const { version } = dataset;
  const licence = licenceById(dataset.licence);
  const theme = dataset.theme === null ? null : themeById(dataset.theme);
  return {
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
    bbox: boxOf(dataset),
    geometry_types: version?.geometry == null ? null : [version.geometry.type],
    publisher: dataset.organization.name,
    references: dataset.source,
    attributions: dataset.source === null ? null : [dataset.source],
    records_count: version?.rows ?? 0,
    // The code of the Publications Office, as Opendatasoft gives it: ANNUAL, MONTHLY …
    update_frequency: frequencyById(dataset.frequency)?.uri.split('/').at(-1) ?? null,
    federated: false,
    shared_catalog: null,
    parent_domain: null,
    source_domain: null,
    source_domain_title: null,
    source_domain_address: null,
    source_dataset: null,
  };
}

function dcatMetas(dataset: Dataset) {
  const email = emailOf(dataset.contact);
  return {
    created: iso(dataset.createdAt),
    issued: iso(dataset.publishedAt),
    creator: dataset.organization.name,
    contributor: null,
    contact_name: email === null ? null : dataset.organization.name,
    contact_email: email,
    accrualperiodicity: frequencyById(dataset.frequency)?.uri ?? null,
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
  };
}

function inspireMetas(dataset: Dataset) {
  const [west, south, east, north] = dataset.version?.geometry?.bbox ?? [null, null, null, null];
  return {
    theme: null,
    type: null,
    file_identifier: null,
    hierarchy_level: null,
    hierarchy_level_name: null,
    spatial_resolution: null,
    topologic_consistency: null,
    contact_individual_name: null,
    contact_position: null,
    contact_address: null,
    contact_email: emailOf(dataset.contact),
    identification_purpose: null,
    extend_description: null,
    extend_bounding_box_westbound_longitude: west,
    extend_bounding_box_eastbound_longitude: east,
    extend_bounding_box_southbound_latitude: south,
    extend_bounding_box_northbound_latitude: north,
  };
}

const dublinCoreNulls = Object.fromEntries(
  [
    'alternative abstract tableOfContent coverage spatial temporal_start temporal_end relation source replaces',
    'references requires conformsTo hasFormat hasPart hasVersion isFormatOf isPartOf isVersionOf isReferencedBy',
    'isReplacedBy isRequiredBy contributor rights accessRights date_start date_end available_start available_end',
    'dateAccepted dateCopyrighted dateSubmitted valid_start valid_end format extent medium identifier',
    'bibliographicCitation rightsHolder accrualMethod accrualPeriodicity accrualPolicy audience educationLevel',
    'instructionalMethod mediator provenance',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name, null]),
);

function dublinCoreMetas(dataset: Dataset, { publicUrl, page }: MetasAround): Readonly<Record<string, unknown>> {
  return {
    ...dublinCoreNulls,
    title: dataset.title,
    subject: someOf(dataset.keywords),
    description: htmlOf(dataset.description),
    type: 'Dataset',
    language: 'fra',
    creator: dataset.organization.name,
    publisher: dataset.organization.name,
    license: licenceById(dataset.licence)?.title.fr ?? dataset.licence,
    created: iso(dataset.createdAt),
    issued: iso(dataset.publishedAt),
    modified: iso(dataset.modifiedAt),
    identifier: `${publicUrl}${page}`,
    source: dataset.source,
  };
}

function emailOf(contact: string | null): string | null {
  return contact?.includes('@') === true && !contact.includes('://') ? contact : null;
}

/** The extent as a GeoJSON feature, counter-clockwise. */
function boxOf({ version }: Dataset) {
  if (version?.geometry == null) return null;
  const [west, south, east, north] = version.geometry.bbox;
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
