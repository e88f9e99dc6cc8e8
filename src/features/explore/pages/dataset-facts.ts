// What is said of a dataset to those who cite it and to search engines.
import type { Dataset, Version } from '../../../model/dataset.ts';
import { licenceById } from '../../../model/reference.ts';
import type { Voice } from '../../../web/language.ts';
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

/** schema.org Dataset: what Google Dataset Search and its like read. */
export function datasetJsonLd(dataset: Dataset, version: Version, publicUrl: string): unknown {
  const { geometry } = version;
  const download = (format: string, encodingFormat: string) => ({
    '@type': 'DataDownload',
    encodingFormat,
    contentUrl: publicUrl + urls.export(dataset.id, format),
  });
  return {
    '@context': 'https://schema.org',
    '@type': 'Dataset',
    name: dataset.title,
    description: dataset.description || dataset.title,
    url: publicUrl + urls.dataset(dataset.id),
    identifier: dataset.id,
    keywords: dataset.keywords,
    license: licenceById(dataset.licence)?.url,
    isAccessibleForFree: true,
    creator: {
      '@type': 'Organization',
      name: dataset.organization.name,
      url: publicUrl + urls.organization(dataset.organization.slug),
    },
    dateCreated: dataset.createdAt.toISOString(),
    datePublished: dataset.publishedAt?.toISOString(),
    dateModified: dataset.modifiedAt.toISOString(),
    version: String(version.number),
    variableMeasured: version.fields.map((field) => field.title),
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
      download('parquet', 'application/vnd.apache.parquet'),
    ],
  };
}
