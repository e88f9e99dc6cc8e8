// The feeds: what is new in the catalogue or in a search of it, and the versions of a dataset.
import type { Context } from '../../context.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { licenceById, themeById } from '../../model/reference.ts';
import type { Voice } from '../../web/language.ts';
import { urls, withQuery } from '../../web/urls.ts';
import type { CatalogSearch, DatasetSummary } from '../catalog/schemas.ts';
import { getDataset, getVersions, isNarrowed, searchCatalog, searchParameters } from '../catalog/service.ts';
import type { Feed, FeedEntry } from './atom.ts';

const entriesPerPage = 50;
const themeScheme = 'http://publications.europa.eu/resource/authority/data-theme';

export type FeedPlace = {
  readonly voice: Voice;
  readonly publicUrl: string;
  readonly site: string;
  /** The feed's own path, and the page for people that shows the same. */
  readonly path: string;
  readonly page: string;
  readonly title: string;
};

/** What a search of the catalogue finds, the most recently changed first, whatever the order asked for. */
export async function feedOfSearch(context: Context, asked: CatalogSearch, place: FeedPlace): Promise<Feed> {
  const { voice, publicUrl } = place;
  const search = { ...asked, sort: 'recent', pageSize: entriesPerPage } as const;
  const found = await searchCatalog(context, search);
  const pages = Math.ceil(found.total / entriesPerPage);
  // A feed of an organization or of a commune has its own path: its choice is not in the query.
  const own = place.path === urls.feed() ? { ...searchParameters(search), sort: null } : { page: search.page };
  const at = (path: string, page: number) =>
    publicUrl +
    withQuery(path, { ...own, page: page > 1 ? page : null, lang: voice.lang === 'fr' ? null : voice.lang });
  return {
    id: at(place.path, 1),
    title: place.title,
    subtitle: place.site,
    lang: voice.lang,
    page: place.path === urls.feed() ? at(place.page, 1) : publicUrl + place.page,
    self: at(place.path, search.page),
    first: pages > 1 ? at(place.path, 1) : null,
    previous: search.page > 1 && search.page <= pages ? at(place.path, search.page - 1) : null,
    next: search.page < pages ? at(place.path, search.page + 1) : null,
    entries: found.datasets.map((dataset) => entryOf(dataset, voice, publicUrl)),
  };
}

/** How a feed of a search is called: by its words when it has some. */
export function titleOfSearch(search: CatalogSearch, voice: Voice): string {
  if (search.q !== '') return voice.say('discovery.feed.search', { query: search.q });
  return voice.say(isNarrowed(search) ? 'discovery.feed.filtered' : 'discovery.feed.all');
}

function entryOf(dataset: DatasetSummary, voice: Voice, publicUrl: string): FeedEntry {
  const { organization, publishedAt, modifiedAt, title } = dataset;
  const theme = dataset.theme === null ? null : themeById(dataset.theme);
  const licence = licenceById(dataset.licence);
  return {
    url: publicUrl + urls.dataset(dataset.id),
    title,
    updated: modifiedAt,
    published: publishedAt,
    author: { name: organization.name, url: publicUrl + urls.organization(organization.slug) },
    summary: dataset.description,
    categories: [
      ...(theme === null ? [] : [{ term: theme.id, label: voice.of(theme.label), scheme: themeScheme }]),
      ...dataset.keywords.map((keyword) => ({ term: keyword, label: keyword })),
    ],
    rights: licence === null ? dataset.licence : voice.of(licence.title),
    file: { url: publicUrl + urls.export(dataset.id, 'csv'), type: 'text/csv' },
  };
}

/** Every public version of a dataset, newest first. @throws TerroirError dataset.unknown, dataset.withdrawn */
export async function feedOfVersions(
  context: Context,
  id: string,
  { voice, publicUrl, site }: Pick<FeedPlace, 'voice' | 'publicUrl' | 'site'>,
): Promise<Feed> {
  const [dataset, versions] = await Promise.all([getDataset(context, id), getVersions(context, id)]);
  const lang = { lang: voice.lang === 'fr' ? null : voice.lang };
  const self = publicUrl + withQuery(urls.versionsFeed(id), lang);
  return {
    id: self,
    title: voice.say('discovery.feed.versions', { title: dataset.title }),
    subtitle: site,
    lang: voice.lang,
    page: publicUrl + withQuery(urls.versions(id), lang),
    self,
    first: null,
    previous: null,
    next: null,
    entries: versions
      .slice(0, entriesPerPage)
      .map((version, index) => versionEntry(dataset, version, versions[index + 1] ?? null, voice, publicUrl)),
  };
}

function versionEntry(
  dataset: Dataset,
  version: Version,
  before: Version | null,
  voice: Voice,
  publicUrl: string,
): FeedEntry {
  const { organization, id } = dataset;
  const rows = voice.count('dataset.rows.one', 'dataset.rows.many', version.rows);
  const more = version.rows - (before?.rows ?? 0);
  const summary =
    before === null
      ? voice.say('discovery.version.first', { rows })
      : more > 0
        ? voice.say('discovery.version.more', { rows, more: voice.number(more) })
        : more < 0
          ? voice.say('discovery.version.fewer', { rows, fewer: voice.number(-more) })
          : voice.say('discovery.version.same', { rows });
  return {
    url: publicUrl + urls.version(id, version.number),
    title: voice.say('discovery.version', { title: dataset.title, number: version.number }),
    updated: version.createdAt,
    published: version.createdAt,
    author: { name: organization.name, url: publicUrl + urls.organization(organization.slug) },
    summary,
    categories: [],
    rights: null,
    file: { url: publicUrl + withQuery(urls.export(id, 'csv'), { version: version.number }), type: 'text/csv' },
  };
}
