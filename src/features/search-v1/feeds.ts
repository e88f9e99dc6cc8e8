// Records and datasets as feeds: RSS 2.0, and Atom (RFC 4287), with their places in GeoRSS-Simple. Pure.
import { escapeXml } from '../../data/export/values.ts';

export const feedFormats = ['rss', 'atom'] as const;
export type FeedFormat = (typeof feedFormats)[number];

export const feedTypes: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
};

export type FeedItem = {
  /** Its address, which is its identifier too. */
  readonly url: string;
  readonly title: string;
  /** Plain text. */
  readonly text: string;
  readonly updated: Date;
  /** Latitude and longitude; null for what is nowhere. */
  readonly place: readonly [number, number] | null;
};

export type Feed = {
  /** The address of the page that shows the same. */
  readonly url: string;
  /** The address of the feed itself. */
  readonly self: string;
  readonly title: string;
  readonly author: string;
  readonly updated: Date;
  readonly items: readonly FeedItem[];
};

const georss = 'xmlns:georss="http://www.georss.org/georss"';
const begin = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function writeFeed(format: FeedFormat, feed: Feed): string {
  return format === 'rss' ? rss(feed) : atom(feed);
}

function rss({ url, self, title, updated, items }: Feed): string {
  const head = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" ${georss}>\n<channel>\n<title>${escapeXml(title)}</title>\n<link>${escapeXml(url)}</link>\n<description>${escapeXml(title)}</description>\n<atom:link rel="self" type="application/rss+xml" href="${escapeXml(self)}"/>\n<lastBuildDate>${updated.toUTCString()}</lastBuildDate>\n`;
  const told = items.map(
    (item) =>
      `<item>\n<title>${escapeXml(item.title)}</title>\n<link>${escapeXml(item.url)}</link>\n<guid isPermaLink="true">${escapeXml(item.url)}</guid>\n<description>${escapeXml(item.text)}</description>\n<pubDate>${item.updated.toUTCString()}</pubDate>\n${pointOf(item)}</item>\n`,
  );
  return `${begin}${head}${told.join('')}</channel>\n</rss>\n`;
}

function atom({ url, self, title, author, updated, items }: Feed): string {
  const head = `<feed xmlns="http://www.w3.org/2005/Atom" ${georss}>\n<id>${escapeXml(self)}</id>\n<title>${escapeXml(title)}</title>\n<updated>${updated.toISOString()}</updated>\n<author><name>${escapeXml(author)}</name></author>\n<link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>\n<link rel="alternate" type="text/html" href="${escapeXml(url)}"/>\n`;
  const told = items.map(
    (item) =>
      `<entry>\n<id>${escapeXml(item.url)}</id>\n<title>${escapeXml(item.title)}</title>\n<updated>${item.updated.toISOString()}</updated>\n<link rel="alternate" href="${escapeXml(item.url)}"/>\n<summary>${escapeXml(item.text)}</summary>\n${pointOf(item)}</entry>\n`,
  );
  return `${begin}${head}${told.join('')}</feed>\n`;
}

function pointOf({ place }: FeedItem): string {
  return place === null ? '' : `<georss:point>${place[0]} ${place[1]}</georss:point>\n`;
}
