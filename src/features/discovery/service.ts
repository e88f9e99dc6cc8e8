// The verbs by which the portal is found: feeds, sitemaps, what is embedded.
import type { Context } from '../../context.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { urls } from '../../web/urls.ts';
import { listCommunes, listOrganizations } from '../catalog/service.ts';
import { listStories } from '../stories/service.ts';
import type { Located } from './documents.ts';
import { addressesOf, partsOf } from './queries.ts';

export { feedOfSearch, feedOfVersions, titleOfSearch } from './feeds.ts';
export { feedOfStories } from './story-feed.ts';

/** Well under the 50 000 addresses and the 50 MB that a sitemap may have. */
const addressesPerSitemap = 20_000;

/** The sitemaps, each with the moment of its newest change. */
export async function listSitemaps(context: Context): Promise<readonly Located[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const parts = await partsOf(context.db, addressesPerSitemap);
  return [
    { path: urls.sitemapPart('pages'), modifiedAt: newest(parts) },
    ...parts.map((modifiedAt, index) => ({ path: urls.sitemapPart(`datasets-${index + 1}`), modifiedAt })),
  ];
}

/** The addresses of one sitemap; null when there is none of that name. */
export async function sitemapOf(context: Context, name: string): Promise<readonly Located[] | null> {
  mustBeAbleTo(context.actor, 'catalog.read');
  if (name === 'pages') return pages(context);
  const number = Number(/^datasets-([1-9]\d{0,5})$/.exec(name)?.[1] ?? 0);
  if (number === 0) return null;
  const addresses = await addressesOf(context.db, number - 1, addressesPerSitemap);
  if (addresses.length === 0) return null;
  return addresses.map(({ id, modifiedAt }) => ({ path: urls.dataset(id), modifiedAt }));
}

async function pages(context: Context): Promise<readonly Located[]> {
  const [parts, communes, organizations, stories] = await Promise.all([
    partsOf(context.db, addressesPerSitemap),
    listCommunes(context),
    listOrganizations(context),
    listStories(context),
  ]);
  const moving = newest(parts);
  const still = [urls.communes(), urls.organizations(), urls.publish(), urls.schemas(), urls.elements(), urls.api()];
  return [
    { path: urls.home(), modifiedAt: moving },
    { path: urls.catalog(), modifiedAt: moving },
    ...[...still, urls.accessibility()].map((path) => ({ path, modifiedAt: null })),
    ...communes.map(({ insee }) => ({ path: urls.commune(insee), modifiedAt: null })),
    ...organizations.map(({ slug }) => ({ path: urls.organization(slug), modifiedAt: null })),
    { path: urls.stories(), modifiedAt: newest(stories.map(({ changedAt }) => changedAt)) },
    ...stories.map(({ slug, changedAt }) => ({ path: urls.story(slug), modifiedAt: changedAt })),
  ];
}

function newest(moments: readonly Date[]): Date | null {
  return moments.reduce<Date | null>((last, one) => (last === null || one > last ? one : last), null);
}
