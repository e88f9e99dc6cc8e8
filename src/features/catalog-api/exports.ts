// The catalogue as files: tables, JSON, RDF, RSS, the federal data.json. Each format writes a beginning, datasets, an end.
import { writeXlsx } from 'hucre/xlsx';
import { inTimeZone } from '../../data/query/settings.ts';
import { urls } from '../../web/urls.ts';
import { catalogueColumns, columnNamed, valueAt } from './columns.ts';
import { type DcatOptions, dcatCatalogue, dcatDataset, formatsOf } from './dcat.ts';
import type { Described } from './objects.ts';
import { addressed, type RdfText, type Resource, rdfXml, turtle, xmlText } from './rdf.ts';

export type ExportOptions = DcatOptions & {
  /** What the territory is called. */
  readonly name: string;
  readonly delimiter: string;
  readonly listSeparator: string;
  readonly quoteAll: boolean;
  readonly withBom: boolean;
};

/** The texts of a file, dataset by dataset. */
export type CatalogueFormat = {
  readonly type: string;
  readonly ending: string;
  head(options: ExportOptions, ids: readonly string[]): string;
  one(described: Described, options: ExportOptions, index: number): string;
  foot(options: ExportOptions): string;
};

type Row = Readonly<Record<string, unknown>>;

/** Names as Opendatasoft's tables have them. */
const tableColumns = catalogueColumns
  .map(({ name }) => name)
  .filter((name) => !['dataset_uid', 'visibility', 'data_visible'].includes(name));
export const tableHeader = tableColumns.map((name) => (name === 'dataset_id' ? 'datasetid' : name));

/** The cells of an answer under the names of a header: what was selected, else what the dataset object says. */
export function cellsOf(answer: Row, header: readonly string[]): readonly unknown[] {
  return header.map((name) => answer[name] ?? valueAt(answer, name === 'datasetid' ? 'dataset_id' : name));
}

/** The cells of a dataset by the values of its columns; none for one that is not there any more. */
export function tableRow(values: Row | undefined, timezone: string): readonly (readonly unknown[])[] {
  if (values === undefined) return [];
  return [
    tableColumns.map((name) => {
      const value = values[name];
      return columnNamed(name)?.kind === 'datetime' && typeof value === 'string' ? inTimeZone(value, timezone) : value;
    }),
  ];
}

export function csvLine(cells: readonly unknown[], { delimiter, listSeparator, quoteAll }: ExportOptions): string {
  const texts = cells.map((cell) => {
    if (cell === null || cell === undefined) return '';
    const text = cellText(cell, listSeparator);
    return quoteAll || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${texts.join(delimiter)}\n`;
}

function cellText(cell: unknown, listSeparator: string): string {
  if (Array.isArray(cell) && cell.every((one) => typeof one !== 'object')) return cell.join(listSeparator);
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** A workbook of one sheet: its texts are texts, none runs as a formula. */
export async function workbook(header: readonly string[], rows: readonly (readonly unknown[])[]): Promise<Uint8Array> {
  const cells = rows.map((row) =>
    row.map((cell) => {
      if (cell === null || cell === undefined) return null;
      if (typeof cell === 'number' || typeof cell === 'boolean') return cell;
      // No cell holds more.
      return cellText(cell, ', ').slice(0, 32_767);
    }),
  );
  return writeXlsx({ sheets: [{ name: 'Catalogue', rows: [[...header], ...cells], freezePane: { rows: 1 } }] });
}

const rdf = (format: RdfText, ending: string): CatalogueFormat => ({
  type: format.type,
  ending,
  head: ({ name, publicUrl }, ids) => format.head + written(format, dcatCatalogue(name, publicUrl, ids)),
  one: (described, options) => written(format, dcatDataset(described, options)),
  foot: () => format.foot,
});

/** A resource, and those inside it that have an address, each once. */
function written(format: RdfText, resource: Resource): string {
  const each = new Map(addressed(resource).map((one) => [one.id, one]));
  return [...each.values()].map((one) => format.resource(one)).join('');
}

const dublinCore: CatalogueFormat = {
  type: rdfXml.type,
  ending: 'rdf',
  head: () => rdfXml.head,
  one: ({ dataset, object }, { publicUrl }) => {
    const { title, license, publisher, modified } = object.metas.default;
    return rdfXml.resource({
      id: `${publicUrl}${urls.dataset(dataset.id)}`,
      types: ['rdf:Description'],
      properties: [
        ['dct:identifier', { text: dataset.id }],
        ['dct:title', { text: title, lang: 'fr' }],
        ['dct:description', { text: dataset.description, lang: 'fr' }],
        ...dataset.keywords.map((keyword) => ['dct:subject', { text: keyword, lang: 'fr' }] as const),
        ['dct:publisher', { text: publisher }],
        ['dct:creator', { text: publisher }],
        ['dct:license', { text: license }],
        ['dct:language', { text: 'fra' }],
        ['dct:type', { text: 'Dataset' }],
        ['dct:modified', { text: modified ?? '', type: 'xsd:dateTime' }],
      ],
    });
  },
  foot: () => rdfXml.foot,
};

const rss: CatalogueFormat = {
  type: 'application/rss+xml; charset=utf-8',
  ending: 'rss',
  head: ({ name, publicUrl }) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">\n<channel>\n<title>${xmlText(name)}</title>\n<link>${xmlText(publicUrl)}</link>\n<description>${xmlText(name)}</description>\n`,
  one: ({ dataset, object }, { publicUrl }) => {
    const link = xmlText(`${publicUrl}${urls.dataset(dataset.id)}`);
    const categories = dataset.keywords.map((keyword) => `<category>${xmlText(keyword)}</category>`).join('');
    return `<item>\n<title>${xmlText(dataset.title)}</title>\n<link>${link}</link>\n<guid isPermaLink="true">${link}</guid>\n<description>${xmlText(object.metas.default.description)}</description>\n${categories}<pubDate>${dataset.modifiedAt.toUTCString()}</pubDate>\n</item>\n`;
  },
  foot: () => '</channel>\n</rss>\n',
};

/** Project Open Data Metadata Schema v1.1. */
const dataJson: CatalogueFormat = {
  type: 'application/json; charset=utf-8',
  ending: 'json',
  head: () =>
    '{"@context":"https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld","@type":"dcat:Catalog","conformsTo":"https://project-open-data.cio.gov/v1.1/schema","describedBy":"https://project-open-data.cio.gov/v1.1/schema/catalog.json","dataset":[',
  one: ({ dataset, object }, { publicUrl, formats }, index) => {
    const { license_url, publisher, modified, theme } = object.metas.default;
    const distribution = formatsOf(dataset, formats).map(({ format, media }) => ({
      '@type': 'dcat:Distribution',
      title: format.toUpperCase(),
      downloadURL: `${publicUrl}${urls.export(dataset.id, format)}`,
      mediaType: media,
    }));
    return `${index === 0 ? '' : ','}${JSON.stringify({
      '@type': 'dcat:Dataset',
      identifier: dataset.id,
      title: dataset.title,
      description: dataset.description,
      keyword: dataset.keywords,
      modified,
      publisher: { '@type': 'org:Organization', name: publisher },
      accessLevel: 'public',
      ...(license_url !== null && { license: license_url }),
      ...(theme !== null && { theme }),
      landingPage: `${publicUrl}${urls.dataset(dataset.id)}`,
      distribution,
    })}`;
  },
  foot: () => ']}',
};

/** The formats that are written dataset by dataset, whole. Tables and JSON follow what is selected: see exporting.ts. */
export const describedFormats: Readonly<Record<string, CatalogueFormat>> = {
  dcat: rdf(rdfXml, 'rdf'),
  rdf: rdf(rdfXml, 'rdf'),
  ttl: rdf(turtle, 'ttl'),
  dublin_core: dublinCore,
  rss,
  'data.json': dataJson,
};

/** In the order of the list of exports. */
export const catalogueFormats = [
  'csv',
  'data.json',
  'dcat',
  'dublin_core',
  'json',
  'rdf',
  'rss',
  'ttl',
  'xlsx',
] as const;
