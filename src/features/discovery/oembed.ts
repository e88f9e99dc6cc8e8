// oEmbed 1.0 (oembed.com): the address of a dataset's page becomes a frame that shows its chart, map or table. Pure.
import { pictureSize } from '../../web/share.ts';
import { urls } from '../../web/urls.ts';
import { document, element } from './xml.ts';

/** What of a page is embedded: the dataset, and the choices of the explorer in its address. */
export type EmbedTarget = { readonly id: string; readonly query: string };

export type Embed = {
  readonly target: EmbedTarget;
  readonly title: string;
  readonly author: { readonly name: string; readonly url: string };
  readonly site: string;
  readonly publicUrl: string;
  readonly picture: string;
  readonly width: number;
  readonly height: number;
};

const usual = { width: 760, height: 560 } as const;
const least = { width: 200, height: 200 } as const;
const cacheSeconds = 3600;

/** The dataset that an address of this portal shows, or its chart alone; null for any other address. */
export function readTarget(url: string, publicUrl: string): EmbedTarget | null {
  const address = URL.parse(url);
  const portal = URL.parse(publicUrl);
  if (address === null || portal === null) return null;
  // The same page by http and by https.
  if (address.host !== portal.host || !/^https?:$/.test(address.protocol)) return null;
  const [, name, view] = /^\/datasets\/([^/]+?)(?:\/(chart|embed))?\/?$/.exec(address.pathname) ?? [];
  if (name === undefined) return null;
  if (view === 'chart') address.searchParams.set('view', 'chart');
  try {
    return { id: decodeURIComponent(name), query: address.searchParams.toString() };
  } catch {
    return null;
  }
}

/** A side of the frame: what is usual, not more than what the site has room for. */
export function sideOf(side: 'width' | 'height', most: unknown): number {
  const room = typeof most === 'string' && /^\d{1,5}$/.test(most) ? Number(most) : usual[side];
  return Math.max(Math.min(usual[side], room), least[side]);
}

/** The answer as JSON. */
export function embedJson(embed: Embed): Readonly<Record<string, string | number>> {
  const { title, author, site, publicUrl, picture, width, height } = embed;
  return {
    version: '1.0',
    type: 'rich',
    title,
    author_name: author.name,
    author_url: author.url,
    provider_name: site,
    provider_url: `${publicUrl}/`,
    cache_age: cacheSeconds,
    thumbnail_url: publicUrl + picture,
    thumbnail_width: pictureSize.width,
    thumbnail_height: pictureSize.height,
    html: frame(embed),
    width,
    height,
  };
}

/** The same as XML. */
export function embedXml(embed: Embed): string {
  const children = Object.entries(embedJson(embed)).map(([name, value]) => element(name, {}, String(value)));
  return document(element('oembed', {}, ...children)).replace('?>', ' standalone="yes"?>');
}

function frame({ target, title, publicUrl, width, height }: Embed): string {
  const src = `${publicUrl}${urls.embed(target.id)}${target.query === '' ? '' : `?${target.query}`}`;
  const attributes = { src, title, width, height, loading: 'lazy', style: 'border:0;max-width:100%' };
  return element('iframe', attributes, '\u200b').xml.replace('\u200b', '');
}
