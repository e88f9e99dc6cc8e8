// What is said of a dataset to those who cite it and to search engines.
import type { Dataset, Version } from '../../../model/dataset.ts';
import { licenceById } from '../../../model/reference.ts';
import type { Voice } from '../../../web/language.ts';
import type { Site } from '../../../web/page.ts';
import { catalogIri } from '../../../web/schema-org.ts';
import { urls } from '../../../web/urls.ts';

/** Source and date of the last update: what CRPA L322-1 asks of whoever reuses. */
export function citationOf(dataset: Dataset, version: Version, voice: Voice, publicUrl: string): string {
  const licence = licenceById(dataset.licence);
  return voice.say('dataset.citation.text', {
    producer: dataset.organization.name,
    title: dataset.title,
    date: voice.date(version.createdAt),
    licence: licence === null ? dataset.licence : voice.of(licence.title),
    url: publicUrl + urls.dataset(dataset.id),
  });
}

/** What a description for search engines must have: Google wants 50 characters, and reads 5 000. */
const described = { least: 50, most: 5000 } as const;

/** schema.org Dataset: what Google Dataset Search and its like read. */
export function datasetJsonLd(dataset: Dataset, version: Version, site: Site): unknown {
  const { publicUrl } = site;
  const { geometry } = version;
  const { organization } = dataset;
  const url = publicUrl + urls.dataset(dataset.id);
  const producer = {
    '@type':
      organization.kind === 'other' || organization.kind === 'chamber' ? 'Organization' : 'GovernmentOrganization',
    name: organization.name,
    url: publicUrl + urls.organization(organization.slug),
    ...(organization.siret !== null && { identifier: organization.siret }),
  };
  const download = (format: string, encodingFormat: string, bytes?: number) => ({
    '@type': 'DataDownload',
    encodingFormat,
    contentUrl: publicUrl + urls.export(dataset.id, format),
    ...(bytes !== undefined && { contentSize: `${bytes} B` }),
  });
  return {
    '@context': 'https://schema.org',
    '@type': 'Dataset',
    '@id': url,
    name: dataset.title,
    description: descriptionOf(dataset, version).slice(0, described.most),
    url,
    identifier: url,
    inLanguage: 'fr',
    keywords: dataset.keywords,
    license: licenceById(dataset.licence)?.url,
    isAccessibleForFree: true,
    creator: producer,
    publisher: producer,
    includedInDataCatalog: { '@type': 'DataCatalog', '@id': catalogIri(publicUrl), name: site.name },
    dateCreated: dataset.createdAt.toISOString(),
    datePublished: dataset.publishedAt?.toISOString(),
    dateModified: dataset.modifiedAt.toISOString(),
    version: String(version.number),
    variableMeasured: version.fields.map((field) => ({ '@type': 'PropertyValue', name: field.title || field.name })),
    temporalCoverage: temporalCoverage(version),
    ...(geometry !== null && {
      spatialCoverage: {
        '@type': 'Place',
        geo: {
          '@type': 'GeoShape',
          box: `${geometry.bbox[1]} ${geometry.bbox[0]} ${geometry.bbox[3]} ${geometry.bbox[2]}`,
        },
      },
    }),
    distribution: [
      download('csv', 'text/csv'),
      download('json', 'application/json'),
      download('parquet', 'application/vnd.apache.parquet', version.parquetBytes),
    ],
  };
}

/** A short description is completed by who publishes which columns: facts, in French as the rest. */
function descriptionOf({ title, description, organization }: Dataset, { fields }: Version): string {
  if (description.length >= described.least) return description;
  const columns = fields.map((field) => field.title || field.name).join(', ');
  const end = /[.!?…]$/.test(description) || description === '' ? '' : '.';
  return `${description}${end} « ${title} », publié par ${organization.name}. Colonnes : ${columns}.`.trim();
}

/** From the first to the last day of its first column of dates, when these are days that a calendar has. */
function temporalCoverage({ fields, profiles }: Version): string | undefined {
  for (const field of fields.filter((one) => one.type === 'date' || one.type === 'datetime')) {
    const profile = profiles.find((one) => one.name === field.name);
    const [from, to] = [profile?.min?.slice(0, 10), profile?.max?.slice(0, 10)];
    const day = /^[12]\d{3}-\d\d-\d\d$/;
    if (from !== undefined && to !== undefined && day.test(from) && day.test(to)) return `${from}/${to}`;
  }
  return undefined;
}
