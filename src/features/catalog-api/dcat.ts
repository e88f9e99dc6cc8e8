// A dataset in DCAT-AP 3: what data.gouv.fr and the European portal harvest. Pure.
import { type ExportFormat, factsOf, formatsFor } from '../../data/export/formats.ts';
import type { Dataset } from '../../model/dataset.ts';
import { frequencyById, highValueCategoryById, licenceById, themeById } from '../../model/reference.ts';
import { urls } from '../../web/urls.ts';
import type { Described } from './objects.ts';
import { french, iri, type Name, type Resource, text, typed, type Value } from './rdf.ts';

export type DcatOptions = {
  readonly publicUrl: string;
  /** The formats that distributions are offered in. */
  readonly formats: readonly ExportFormat[];
  /** The exports' headers are the producer's. */
  readonly useLabels: boolean;
};

const authority = 'http://publications.europa.eu/resource/authority';
const highValueLaw = 'http://data.europa.eu/eli/reg_impl/2023/138/oj';

/** The EU file types (2022 list) of our formats: it has none for the others. */
const fileTypes: Partial<Record<ExportFormat, string>> = {
  csv: 'CSV',
  json: 'JSON',
  jsonld: 'JSON_LD',
  geojson: 'GEOJSON',
  xlsx: 'XLSX',
  shp: 'SHP',
  kml: 'KML',
  gpx: 'GPX',
  gpkg: 'GPKG',
  rdfxml: 'RDF_XML',
  turtle: 'RDF_TURTLE',
  n3: 'N3',
};

/** The formats of those that are asked for in which a dataset can be had, and their media types. */
export function formatsOf({ version }: Dataset, formats: readonly ExportFormat[]) {
  const possible = version === null ? [] : formatsFor({ places: version.geometry !== null });
  return formats
    .filter((format) => possible.includes(format))
    .map((format) => ({ format, media: factsOf(format).media.split(';')[0] ?? '' }));
}

/** The catalogue itself, without its datasets. */
export function dcatCatalogue(name: string, publicUrl: string, datasets: readonly string[]): Resource {
  return {
    id: `${publicUrl}${urls.catalog()}#catalog`,
    types: ['dcat:Catalog'],
    properties: [
      ['dct:title', french(name)],
      ['dct:description', french(`Les données publiques de : ${name}`)],
      ['dct:language', iri(`${authority}/language/FRA`)],
      ['dct:publisher', agent(`${publicUrl}/#publisher`, name)],
      ['foaf:homepage', { id: `${publicUrl}/`, types: ['foaf:Document'], properties: [] }],
      ['dcat:themeTaxonomy', iri(`${authority}/data-theme`)],
      ...datasets.map((id) => ['dcat:dataset', iri(`${pageOf(id, publicUrl)}#dataset`)] as const),
    ],
  };
}

function pageOf(id: string, publicUrl: string): string {
  return `${publicUrl}${urls.dataset(id)}`;
}

function agent(id: string, name: string): Resource {
  return { id, types: ['foaf:Agent'], properties: [['foaf:name', text(name)]] };
}

/** The dataset, its distributions and what they name. */
export function dcatDataset({ dataset, object }: Described, options: DcatOptions): Resource {
  const { publicUrl } = options;
  const page = pageOf(dataset.id, publicUrl);
  const theme = dataset.theme === null ? null : themeById(dataset.theme);
  const category = dataset.hvdCategory === null ? null : highValueCategoryById(dataset.hvdCategory);
  const frequency = frequencyById(dataset.frequency);
  const law: readonly Property[] = category === null ? [] : [['dcatap:applicableLegislation', iri(highValueLaw)]];
  return {
    id: `${page}#dataset`,
    types: ['dcat:Dataset'],
    properties: [
      ['dct:identifier', text(dataset.id)],
      ['dct:title', french(dataset.title)],
      ['dct:description', french(dataset.description === '' ? dataset.title : dataset.description)],
      ...dataset.keywords.map((keyword): Property => ['dcat:keyword', french(keyword)]),
      ...maybe('dcat:theme', theme?.uri, iri),
      ...law,
      ...maybe('dcatap:hvdCategory', category?.uri, iri),
      [
        'dct:publisher',
        agent(`${publicUrl}${urls.organization(dataset.organization.slug)}`, dataset.organization.name),
      ],
      ...contactOf(dataset.contact, dataset.organization.name),
      ...maybe('dct:accrualPeriodicity', frequency?.uri, iri),
      ['dct:accessRights', iri(`${authority}/access-right/PUBLIC`)],
      ['dct:language', iri(`${authority}/language/FRA`)],
      ...maybe('dct:issued', dataset.publishedAt?.toISOString(), dateTime),
      ['dct:modified', dateTime(dataset.modifiedAt.toISOString())],
      ...spatialOf(dataset.version?.geometry?.bbox ?? null),
      ...maybe('dct:source', dataset.source, text),
      ['dcat:landingPage', { id: page, types: ['foaf:Document'], properties: [] }],
      ...distributions({ dataset, object }, options, law).map((one): Property => ['dcat:distribution', one]),
    ],
  };
}

type Property = readonly [Name, Value];

function maybe(name: Name, value: string | null | undefined, make: (value: string) => Value): readonly Property[] {
  return value === null || value === undefined || value === '' ? [] : [[name, make(value)]];
}

function dateTime(value: string): Value {
  return typed(value, 'xsd:dateTime');
}

function contactOf(contact: string | null, name: string): readonly Property[] {
  if (contact === null) return [];
  const way: Property = contact.includes('://')
    ? ['vcard:hasURL', iri(contact)]
    : ['vcard:hasEmail', iri(`mailto:${contact}`)];
  return [['dcat:contactPoint', { types: ['vcard:Kind'], properties: [['vcard:fn', text(name)], way] }]];
}

function spatialOf(bbox: readonly [number, number, number, number] | null): readonly Property[] {
  if (bbox === null) return [];
  const [west, south, east, north] = bbox;
  const ring = [`${west} ${south}`, `${east} ${south}`, `${east} ${north}`, `${west} ${north}`, `${west} ${south}`];
  const box = typed(`POLYGON((${ring.join(',')}))`, 'geo:wktLiteral');
  return [['dct:spatial', { types: ['dct:Location'], properties: [['dcat:bbox', box]] }]];
}

function distributions(
  { dataset, object }: Described,
  { publicUrl, formats, useLabels }: DcatOptions,
  law: readonly Property[],
): readonly Resource[] {
  const { version } = dataset;
  if (version === null) return [];
  const licence = licenceById(dataset.licence);
  const said = (title: string, address: string): readonly Property[] => [
    ['dct:title', french(title)],
    ['dcat:accessURL', iri(address)],
    ['dcat:downloadURL', iri(address)],
    ...maybe('dct:license', licence?.url, iri),
    ['dct:modified', dateTime(version.createdAt.toISOString())],
    ['dcatap:availability', iri(`${authority}/planned-availability/STABLE`)],
    ...law,
  ];
  const exports = formatsOf(dataset, formats).map(({ format, media }): Resource => {
    const labels = useLabels && (format === 'csv' || format === 'xlsx') ? '?use_labels=true' : '';
    const address = `${publicUrl}${urls.export(dataset.id, format)}${labels}`;
    return {
      id: address,
      types: ['dcat:Distribution'],
      properties: [
        ...said(format.toUpperCase(), address),
        ...maybe('dct:format', fileTypes[format], (code) => iri(`${authority}/file-type/${code}`)),
        ['dcat:mediaType', mediaType(media)],
      ],
    };
  });
  const originals = object.attachments.map(({ title, mimetype, url }): Resource => {
    const checksum: Resource = {
      types: ['spdx:Checksum'],
      properties: [
        ['spdx:algorithm', iri('http://spdx.org/rdf/terms#checksumAlgorithm_sha256')],
        ['spdx:checksumValue', typed(version.file.sha256, 'xsd:hexBinary')],
      ],
    };
    return {
      id: url,
      types: ['dcat:Distribution'],
      properties: [
        ...said(title, url),
        ['dcat:mediaType', mediaType(mimetype)],
        ['dcat:byteSize', typed(version.file.bytes, 'xsd:nonNegativeInteger')],
        ['spdx:checksum', checksum],
      ],
    };
  });
  return [...exports, ...originals];
}

function mediaType(media: string): Value {
  return iri(`https://www.iana.org/assignments/media-types/${media}`);
}
