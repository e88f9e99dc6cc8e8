// The documents that machines look for at fixed addresses: sitemaps, robots.txt, OpenSearch, the catalogue of APIs. Pure.
import { urls, withQuery } from '../../web/urls.ts';
import { document, element } from './xml.ts';

export type Located = { readonly path: string; readonly modifiedAt: Date | null };

const sitemapNamespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The list of sitemaps (sitemaps.org). */
export function sitemapIndex(publicUrl: string, parts: readonly Located[]): string {
  return document(
    element('sitemapindex', { xmlns: sitemapNamespace }, ...parts.map((part) => located('sitemap', publicUrl, part))),
  );
}

export function sitemap(publicUrl: string, pages: readonly Located[]): string {
  return document(
    element('urlset', { xmlns: sitemapNamespace }, ...pages.map((page) => located('url', publicUrl, page))),
  );
}

function located(name: string, publicUrl: string, { path, modifiedAt }: Located) {
  const lastmod = modifiedAt === null ? null : element('lastmod', {}, modifiedAt.toISOString());
  return element(name, {}, element('loc', {}, publicUrl + path), lastmod);
}

/**
 * What robots may read (RFC 9309): pages and files. Not what is somebody's own, nor the endless choices of filters, which
 * show the same data in another order. The longest rule decides.
 */
export function robots(publicUrl: string): string {
  const own = [
    urls.desk(),
    urls.account(),
    urls.signIn(),
    urls.signOut(),
    '/invitations/',
    urls.unsubscribe(),
    urls.unchanged(),
    urls.mails(),
    urls.uploads(),
    urls.territoryPeople(),
  ];
  const endless = [`${urls.catalog()}?`, `${urls.catalog()}/*?`, '/api/*/records', '/api/*/facets', urls.suggestions()];
  const wanted = [
    `${urls.catalog()}?page=`,
    `${urls.catalog()}?lang=`,
    `${urls.catalog()}/*?lang=`,
    `${urls.catalog()}/*/share.png?`,
  ];
  return [
    'User-agent: *',
    'Allow: /',
    ...own.map((path) => `Disallow: ${path}`),
    ...endless.map((path) => `Disallow: ${path}`),
    ...wanted.map((path) => `Allow: ${path}`),
    '',
    `Sitemap: ${publicUrl}${urls.sitemap()}`,
    '',
  ].join('\n');
}

/** OpenSearch 1.1: browsers add the portal to their search engines. Names have their longest lengths there. */
export function openSearch(publicUrl: string, name: string, description: string, lang: string, icon: string): string {
  const template = (path: string) => `${publicUrl}${path}?q={searchTerms}`;
  return document(
    element(
      'OpenSearchDescription',
      { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' },
      element('ShortName', {}, [...name].slice(0, 16).join('')),
      element('LongName', {}, [...name].slice(0, 48).join('')),
      element('Description', {}, [...description].slice(0, 1024).join('')),
      element('Url', { type: 'text/html', template: template(urls.catalog()) }),
      element('Url', {
        type: 'application/atom+xml',
        template: `${template(urls.feed())}&page={startPage?}`,
      }),
      element('Url', {
        type: 'application/x-suggestions+json',
        rel: 'suggestions',
        template: template(urls.suggestions()),
      }),
      element('Url', {
        type: 'application/opensearchdescription+xml',
        rel: 'self',
        template: publicUrl + urls.openSearch(),
      }),
      element('Image', { height: 48, width: 48, type: 'image/svg+xml' }, publicUrl + icon),
      element('Language', {}, lang),
      element('InputEncoding', {}, 'UTF-8'),
      element('OutputEncoding', {}, 'UTF-8'),
    ),
  );
}

/** Where the APIs are, as a set of links (RFC 9727, RFC 9264). */
export function apiCatalog(publicUrl: string): unknown {
  const href = (path: string) => publicUrl + path;
  return {
    linkset: [
      {
        anchor: href('/api/explore/v2.1'),
        'service-desc': [{ href: href(urls.openapi()), type: 'application/openapi+json' }],
        'service-doc': [{ href: href(urls.api()), type: 'text/html' }],
        status: [{ href: href('/health'), type: 'application/json' }],
      },
      {
        anchor: href('/ogc'),
        'service-doc': [{ href: href('/ogc'), type: 'text/html' }],
        status: [{ href: href('/health'), type: 'application/json' }],
      },
      { anchor: href(urls.oembed()), 'service-doc': [{ href: 'https://oembed.com/', type: 'text/html' }] },
    ],
  };
}

/**
 * Whom to tell of a weakness (RFC 9116). It must say when it ends, less than a year ahead: a first of a month between five and
 * six months ahead, so that the file is the same all month.
 */
export function securityText(publicUrl: string, contact: string, now: Date): string {
  const expires = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 6, 1));
  return [
    `Contact: mailto:${contact}`,
    `Expires: ${expires.toISOString().replace('.000Z', 'Z')}`,
    'Preferred-Languages: fr, en',
    `Canonical: ${publicUrl}/.well-known/security.txt`,
    '',
  ].join('\n');
}

/** OpenSearch Suggestions 1.1: what was typed, titles, what each is, where it leads. */
export function suggestions(
  publicUrl: string,
  q: string,
  found: readonly { readonly id: string; readonly title: string; readonly organization: { readonly name: string } }[],
): unknown {
  return [
    q,
    found.map(({ title }) => title),
    found.map(({ organization }) => organization.name),
    found.map(({ id }) => publicUrl + urls.dataset(id)),
  ];
}

/** The whole catalogue in DCAT, as Turtle. */
export const dcatPath = withQuery('/api/explore/v2.1/catalog/exports/ttl', {});
