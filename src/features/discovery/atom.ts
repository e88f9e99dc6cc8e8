// A feed in Atom (RFC 4287), with the links between its pages (RFC 5005). Pure.
import { document, element } from './xml.ts';

export type FeedEntry = {
  /** Its address, which is its identifier too: addresses never change. */
  readonly url: string;
  readonly title: string;
  readonly updated: Date;
  readonly published: Date | null;
  readonly author: { readonly name: string; readonly url: string };
  readonly summary: string;
  readonly categories: readonly { readonly term: string; readonly label: string; readonly scheme?: string }[];
  readonly rights: string | null;
  /** The whole data as a file. */
  readonly file: { readonly url: string; readonly type: string } | null;
};

export type Feed = {
  /** The address of its first page without what does not change its content: its identifier. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly lang: string;
  /** The page for people that shows the same. */
  readonly page: string;
  readonly self: string;
  readonly first: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  readonly entries: readonly FeedEntry[];
};

/** A feed without entries was never updated; Atom wants a moment all the same, and the same each time. */
const never = 0;

/** When its newest entry changed. */
export function updatedOf(feed: Feed): Date {
  return new Date(Math.max(never, ...feed.entries.map(({ updated }) => updated.getTime())));
}

export function writeAtom(feed: Feed): string {
  const link = (rel: string, href: string | null, type: string) =>
    href === null ? null : element('link', { rel, type, href });
  return document(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': feed.lang },
      element('id', {}, feed.id),
      element('title', {}, feed.title),
      element('subtitle', {}, feed.subtitle),
      element('updated', {}, updatedOf(feed).toISOString()),
      element('generator', { version: '1.0' }, 'Terroir'),
      link('self', feed.self, 'application/atom+xml'),
      link('alternate', feed.page, 'text/html'),
      link('first', feed.first, 'application/atom+xml'),
      link('previous', feed.previous, 'application/atom+xml'),
      link('next', feed.next, 'application/atom+xml'),
      ...feed.entries.map(entryOf),
    ),
  );
}

function entryOf(entry: FeedEntry) {
  return element(
    'entry',
    {},
    element('id', {}, entry.url),
    element('title', {}, entry.title),
    element('updated', {}, entry.updated.toISOString()),
    entry.published === null ? null : element('published', {}, entry.published.toISOString()),
    element('author', {}, element('name', {}, entry.author.name), element('uri', {}, entry.author.url)),
    element('link', { rel: 'alternate', type: 'text/html', href: entry.url }),
    entry.file === null ? null : element('link', { rel: 'enclosure', type: entry.file.type, href: entry.file.url }),
    ...entry.categories.map(({ term, label, scheme }) => element('category', { term, label, scheme })),
    entry.rights === null ? null : element('rights', {}, entry.rights),
    element('summary', {}, entry.summary === '' ? entry.title : entry.summary),
  );
}
