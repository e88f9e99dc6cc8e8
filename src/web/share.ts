// How the pages of datasets, organizations and communes say that they can be followed, shared and embedded.
import { createHash } from 'node:crypto';
import type { Dataset } from '../model/dataset.ts';
import type { Language } from '../model/language.ts';
import type { Voice } from './language.ts';
import { urls } from './urls.ts';

export type FeedLink = { readonly href: string; readonly title: string };

/** What a page says of itself to other sites; all of it has a sensible default. */
export type Sharing = {
  /** The address, from the root, of a PNG of 1200 × 630 pixels. */
  readonly picture?: string;
  /** What the picture shows, for those who do not see it. */
  readonly pictureText?: string;
  readonly feeds?: readonly FeedLink[];
  /** Whether it is a text with a beginning and an end: og:type article. */
  readonly article?: boolean;
  /** Whether other sites may embed this page by oEmbed. */
  readonly embeddable?: boolean;
  /** The part of the query that makes this page another page: `{ page: 2 }`. All else is the same page. */
  readonly query?: Readonly<Record<string, string | number | null>>;
  /** Whether search engines should not list it: one of endless choices. */
  readonly unlisted?: boolean;
};

/** In pixels: what social networks ask for. */
export const pictureSize = { width: 1200, height: 630 } as const;

type Pictured = Pick<Dataset, 'id' | 'title' | 'modifiedAt'> & {
  readonly organization: { readonly name: string };
  readonly version: { readonly number: number } | null;
};

/** The address of the picture of a dataset: another one when its data, or what is said of it, changes. */
export function datasetPicture(dataset: Pictured, lang: Language): string {
  return urls.datasetPicture(dataset.id, pictureRevision(dataset), lang);
}

export function pictureRevision({ title, modifiedAt, organization, version }: Pictured): string {
  const shown = JSON.stringify([title, organization.name, version?.number ?? 0, modifiedAt.getTime()]);
  return createHash('sha256').update(shown).digest('base64url').slice(0, 10);
}

export function datasetSharing(dataset: Pictured, voice: Voice): Sharing {
  const { title, organization } = dataset;
  return {
    picture: datasetPicture(dataset, voice.lang),
    pictureText: voice.say('discovery.picture.text', { title, organization: organization.name }),
    feeds: [{ href: urls.versionsFeed(dataset.id), title: voice.say('discovery.feed.versions', { title }) }],
    embeddable: true,
  };
}

export function organizationSharing(
  { slug, name }: { readonly slug: string; readonly name: string },
  voice: Voice,
): Sharing {
  return {
    picture: urls.organizationPicture(slug, voice.lang),
    pictureText: name,
    feeds: [{ href: urls.organizationFeed(slug), title: voice.say('discovery.feed.organization', { name }) }],
  };
}

export function communeSharing(
  { insee, name }: { readonly insee: string; readonly name: string },
  voice: Voice,
): Sharing {
  return {
    picture: urls.communePicture(insee, voice.lang),
    pictureText: name,
    feeds: [{ href: urls.communeFeed(insee), title: voice.say('discovery.feed.commune', { name }) }],
  };
}
