// A dataset as CKAN tells it: a package with its organization, groups, tags and resources. Keys and types are CKAN's.
import { exportFormats } from '../../data/export/export.ts';
import type { Dataset, Organization, Version } from '../../model/dataset.ts';
import type { Theme } from '../../model/reference.ts';
import { frequencyById, highValueCategoryById, licenceById, themeById } from '../../model/reference.ts';
import { urls } from '../../web/urls.ts';
import { groupName, moment, uuidOf } from './names.ts';

export type Around = {
  /** Makes its addresses absolute. */
  readonly publicUrl: string;
  /** What the communes are called, by code. */
  readonly communes: ReadonlyMap<string, string>;
  /** Whether the producer's file is for everybody. */
  readonly original: boolean;
};

export type Package = ReturnType<typeof packageOf>;
export type Resource = ReturnType<typeof resourcesOf>[number];

/** Formats that harvesters know what to do with, in the order they are shown; those that the portal writes are resources. */
const wanted: readonly { readonly format: string; readonly shown: string; readonly type: string }[] = [
  { format: 'csv', shown: 'CSV', type: 'text/csv' },
  { format: 'json', shown: 'JSON', type: 'application/json' },
  { format: 'geojson', shown: 'GeoJSON', type: 'application/geo+json' },
  { format: 'parquet', shown: 'Parquet', type: 'application/vnd.apache.parquet' },
];

const originalTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  geojson: 'application/geo+json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xls: 'application/vnd.ms-excel',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  zip: 'application/zip',
};

/** The package; of a dataset without data, it has no resource. */
export function packageOf(dataset: Dataset, around: Around) {
  const licence = licenceById(dataset.licence);
  const theme = dataset.theme === null ? null : themeById(dataset.theme);
  const resources = dataset.version === null ? [] : resourcesOf(dataset, dataset.version, around);
  const email = dataset.contact?.includes('@') ? dataset.contact : null;
  return {
    author: dataset.organization.name,
    author_email: email,
    creator_user_id: null,
    id: uuidOf('package', dataset.id),
    isopen: true,
    license_id: dataset.licence,
    license_title: licence?.title.fr ?? dataset.licence,
    license_url: licence?.url ?? null,
    maintainer: dataset.organization.name,
    maintainer_email: email,
    metadata_created: moment(dataset.createdAt),
    metadata_modified: moment(dataset.modifiedAt),
    name: dataset.id,
    notes: dataset.description,
    num_resources: resources.length,
    num_tags: dataset.keywords.length,
    organization: { ...organizationOf(dataset.organization), created: null },
    owner_org: uuidOf('organization', dataset.organization.slug),
    private: dataset.state === 'draft',
    state: dataset.state === 'draft' ? 'draft' : 'active',
    title: dataset.title,
    type: 'dataset',
    url: `${around.publicUrl}${urls.dataset(dataset.id)}`,
    version: dataset.version === null ? null : String(dataset.version.number),
    extras: extrasOf(dataset, around),
    groups: theme === null ? [] : [groupOf(theme)],
    resources,
    tags: dataset.keywords.map(tagOf),
    relationships_as_object: [],
    relationships_as_subject: [],
  };
}

/** What packages and lists say of an organization. */
export function organizationOf(organization: Organization) {
  return {
    id: uuidOf('organization', organization.slug),
    name: organization.slug,
    title: organization.name,
    type: 'organization',
    description: organization.description ?? '',
    image_url: '',
    is_organization: true,
    approval_status: 'approved',
    state: 'active',
  };
}

/** Themes are CKAN's groups. */
export function groupOf(theme: Theme) {
  return {
    id: uuidOf('group', theme.id),
    name: groupName(theme.id),
    title: theme.label.fr,
    display_name: theme.label.fr,
    description: '',
    image_display_url: '',
  };
}

export function tagOf(keyword: string) {
  return {
    id: uuidOf('tag', keyword),
    name: keyword,
    display_name: keyword,
    state: 'active',
    vocabulary_id: null,
  };
}

/** The files of a dataset; the first one is what datastore_search reads. */
export function resourcesOf(dataset: Dataset, version: Version, { publicUrl, original }: Around) {
  const written = wanted.filter(
    ({ format }) => exportFormats.some((one) => one === format) && (format !== 'geojson' || version.geometry !== null),
  );
  const exported = written.map(({ format, shown, type }) => ({
    key: format,
    format: shown,
    mimetype: type,
    name: `${dataset.title} (${shown})`,
    url: `${publicUrl}${urls.export(dataset.id, format)}`,
    size: format === 'parquet' ? version.parquetBytes : null,
    hash: '',
    datastore: format === 'csv',
  }));
  const { name, bytes, sha256 } = version.file;
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const given = {
    key: 'original',
    format: version.file.format.toUpperCase(),
    mimetype: originalTypes[ending] ?? 'application/octet-stream',
    name,
    url: `${publicUrl}${urls.original(dataset.id)}`,
    size: bytes,
    hash: `sha256:${sha256}`,
    datastore: false,
  };
  return [...exported, ...(original ? [given] : [])].map(({ key, datastore, ...said }, position) => ({
    cache_last_updated: null,
    cache_url: null,
    created: moment(dataset.createdAt),
    datastore_active: datastore,
    description: '',
    id: uuidOf('resource', `${dataset.id} ${key}`),
    last_modified: moment(version.createdAt),
    metadata_modified: moment(dataset.modifiedAt),
    mimetype_inner: null,
    package_id: uuidOf('package', dataset.id),
    position,
    resource_type: 'file',
    state: 'active',
    url_type: null,
    ...said,
  }));
}

/** In the words of ckanext-dcat and of data.gouv.fr's harvester. */
function extrasOf(dataset: Dataset, { communes }: Around) {
  const { version } = dataset;
  const theme = dataset.theme === null ? null : themeById(dataset.theme);
  const highValue = dataset.hvdCategory === null ? null : highValueCategoryById(dataset.hvdCategory);
  const email = dataset.contact?.includes('@') === true;
  const said: readonly (readonly [string, string | null | undefined])[] = [
    ['identifier', dataset.id],
    ['issued', dataset.publishedAt?.toISOString()],
    ['modified', (version?.createdAt ?? dataset.modifiedAt).toISOString()],
    ['language', 'fr'],
    ['frequency', frequencyById(dataset.frequency)?.udata],
    ['theme', theme === null ? null : JSON.stringify([theme.uri])],
    ['publisher_name', dataset.organization.name],
    [email ? 'contact_email' : 'contact_uri', dataset.contact],
    ['spatial', boxOf(version)],
    ['spatial-text', dataset.communes.map((code) => communes.get(code) ?? code).join(', ')],
    ['source', dataset.source],
    ['hvd_category', highValue === null ? null : JSON.stringify([highValue.uri])],
    [
      'applicable_legislation',
      highValue === null ? null : JSON.stringify(['http://data.europa.eu/eli/reg_impl/2023/138/oj']),
    ],
    ['demo', dataset.demo ? 'true' : null],
  ];
  return said.flatMap(([key, value]) => (value ? [{ key, value }] : []));
}

/** The extent as GeoJSON, counter-clockwise. */
function boxOf(version: Version | null): string | null {
  if (version?.geometry == null) return null;
  const [west, south, east, north] = version.geometry.bbox;
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return JSON.stringify({ type: 'Polygon', coordinates: [ring] });
}
