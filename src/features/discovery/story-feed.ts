// The feed of stories and answers: what is published, newest first.
import type { Context } from '../../context.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { listStories } from '../stories/service.ts';
import type { Feed } from './atom.ts';
import type { FeedPlace } from './feeds.ts';

const mostEntries = 50;

export async function feedOfStories(
  context: Context,
  { voice, publicUrl, site }: Pick<FeedPlace, 'voice' | 'publicUrl' | 'site'>,
): Promise<Feed> {
  const stories = await listStories(context, mostEntries);
  const lang = { lang: voice.lang === 'fr' ? null : voice.lang };
  const self = publicUrl + withQuery(urls.storiesFeed(), lang);
  return {
    id: self,
    title: voice.say('stories.of', { site }),
    subtitle: voice.say('stories.lead'),
    lang: voice.lang,
    page: publicUrl + withQuery(urls.stories(), lang),
    self,
    first: null,
    previous: null,
    next: null,
    entries: stories.map(({ slug, kind, title, lead, organization, publishedAt, changedAt }) => ({
      url: publicUrl + urls.story(slug),
      title,
      updated: changedAt,
      published: publishedAt,
      author:
        organization === null
          ? { name: site, url: `${publicUrl}/` }
          : { name: organization.name, url: publicUrl + urls.organization(organization.slug) },
      summary: lead,
      categories: [{ term: kind, label: voice.say(`stories.kind.${kind}`) }],
      rights: null,
      file: null,
    })),
  };
}
