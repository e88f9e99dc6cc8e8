// The portal in the words of schema.org: what search engines of data read.
import type { Site } from './page.ts';
import { urls } from './urls.ts';

export const catalogIri = (publicUrl: string) => `${publicUrl}${urls.catalog()}#catalog`;

/** A DataCatalog and the WebSite that holds it, with how it is searched. */
export function catalogJsonLd(site: Site, description: string): unknown {
  const { publicUrl, name } = site;
  return {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'WebSite',
        '@id': `${publicUrl}/#site`,
        name,
        url: `${publicUrl}/`,
        inLanguage: ['fr', 'en'],
        potentialAction: {
          '@type': 'SearchAction',
          target: { '@type': 'EntryPoint', urlTemplate: `${publicUrl}${urls.catalog()}?q={search_term_string}` },
          'query-input': 'required name=search_term_string',
        },
      },
      {
        '@type': 'DataCatalog',
        '@id': catalogIri(publicUrl),
        name,
        description,
        url: publicUrl + urls.catalog(),
        inLanguage: 'fr',
        isAccessibleForFree: true,
        isPartOf: { '@id': `${publicUrl}/#site` },
      },
    ],
  };
}
