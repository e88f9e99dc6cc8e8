// The columns of the catalogue as queries name them: what is technical, and the metas under the name of their template.
import type { Field, FieldType } from '../../model/field.ts';

/** What a column holds; `texts` holds several. */
export type ColumnKind = 'text' | 'texts' | 'integer' | 'boolean' | 'datetime';

export type CatalogueColumn = { readonly name: string; readonly kind: ColumnKind };

const texts = (template: string, names: string): readonly CatalogueColumn[] =>
  names.split(' ').map((name) => ({ name: `${template}.${name}`, kind: 'text' }));

/** In the order of the exports. */
export const catalogueColumns: readonly CatalogueColumn[] = [
  { name: 'dataset_id', kind: 'text' },
  { name: 'dataset_uid', kind: 'text' },
  { name: 'visibility', kind: 'text' },
  { name: 'has_records', kind: 'boolean' },
  { name: 'data_visible', kind: 'boolean' },
  { name: 'features', kind: 'texts' },
  ...texts('default', 'title description'),
  { name: 'default.theme', kind: 'texts' },
  { name: 'default.keyword', kind: 'texts' },
  ...texts('default', 'license license_url language'),
  { name: 'default.metadata_languages', kind: 'texts' },
  ...texts('default', 'timezone'),
  { name: 'default.modified', kind: 'datetime' },
  { name: 'default.modified_updates_on_metadata_change', kind: 'boolean' },
  { name: 'default.modified_updates_on_data_change', kind: 'boolean' },
  { name: 'default.data_processed', kind: 'datetime' },
  { name: 'default.metadata_processed', kind: 'datetime' },
  { name: 'default.geographic_reference', kind: 'texts' },
  { name: 'default.geographic_reference_auto', kind: 'boolean' },
  { name: 'default.territory', kind: 'texts' },
  { name: 'default.geometry_types', kind: 'texts' },
  ...texts('default', 'publisher references'),
  { name: 'default.attributions', kind: 'texts' },
  { name: 'default.records_count', kind: 'integer' },
  ...texts('default', 'update_frequency'),
  { name: 'default.federated', kind: 'boolean' },
  ...texts('default', 'shared_catalog parent_domain source_domain source_domain_title source_domain_address'),
  ...texts('default', 'source_dataset'),
  { name: 'dcat.created', kind: 'datetime' },
  { name: 'dcat.issued', kind: 'datetime' },
  ...texts('dcat', 'creator contributor contact_name contact_email accrualperiodicity spatial temporal granularity'),
  ...texts('dcat', 'dataquality publisher_type conforms_to temporal_coverage_start temporal_coverage_end accessRights'),
  ...texts('dcat', 'relation'),
];

const byName = new Map(catalogueColumns.map((column) => [column.name, column]));

/** Names that older addresses use. */
const formerNames: Readonly<Record<string, string>> = { datasetid: 'dataset_id' };

/** The column that a name means: the metas of everybody need no template. Null for none. */
export function columnNamed(name: string): CatalogueColumn | null {
  return byName.get(formerNames[name] ?? name) ?? byName.get(`default.${name}`) ?? null;
}

/** The value of a column in a dataset object; a list that is empty is none. */
export function valueAt(object: Readonly<Record<string, unknown>>, name: string): unknown {
  const [template = '', ...rest] = name.split('.');
  const meta = rest.join('.');
  const value = meta === '' ? object[template] : part(part(object, 'metas'), template)[meta];
  return Array.isArray(value) && value.length === 0 ? null : (value ?? null);
}

function part(object: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  return (object[name] ?? {}) as Readonly<Record<string, unknown>>;
}

const fieldTypes: Readonly<Record<ColumnKind, FieldType>> = {
  text: 'string',
  texts: 'string',
  integer: 'integer',
  boolean: 'boolean',
  datetime: 'datetime',
};

/** The same columns as the planner of queries reads them. */
export const catalogueFields: readonly Field[] = catalogueColumns.map(({ name, kind }) => ({
  name,
  title: name,
  type: fieldTypes[kind],
  format: null,
  role: null,
}));

/** What is in a dataset object and in no column. */
export const objectParts = ['attachments', 'alternative_exports', 'metas', 'fields'] as const;
