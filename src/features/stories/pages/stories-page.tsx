// The list of stories: answers first, for people come with questions; a field that finds both.
import { DemoBadge } from '../../../web/components/dataset-list.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { type StoryListed, storyKinds } from '../schemas.ts';

export type StoriesPageData = {
  readonly q: string;
  readonly stories: readonly StoryListed[];
  /** Of whoever reads, to be gone on with. */
  readonly unpublished: readonly StoryListed[];
  readonly mayWrite: boolean;
};

type Props = { readonly context: PageContext; readonly data: StoriesPageData };

export function StoriesPage({ context, data }: Props) {
  const { voice } = context;
  const { q, stories, unpublished, mayWrite } = data;
  const groups = { answer: 'stories.answers', story: 'stories.stories' } as const;
  return (
    <Layout
      context={context}
      title={voice.say('stories.title')}
      description={voice.say('stories.lead')}
      crumbs={[]}
      sharing={{
        unlisted: q !== '',
        feeds: [{ href: urls.storiesFeed(), title: voice.say('stories.feed') }],
      }}
    >
      <h1>{voice.say('stories.title')}</h1>
      <p class="lead">{voice.say('stories.lead')}</p>
      <form action={urls.stories()} class="search" role="search">
        <label for="q">{voice.say('stories.search')}</label>
        <div class="field-row">
          <input id="q" name="q" type="search" value={q} maxLength={200} />
          <button type="submit">{voice.say('stories.search.button')}</button>
        </div>
      </form>
      {mayWrite && (
        <p>
          <a class="button" href={urls.newStory()}>
            {voice.say('stories.new')}
          </a>
        </p>
      )}
      {stories.length === 0 && (
        <p class="empty" role="status">
          {q === '' ? voice.say('stories.none') : voice.say('stories.none.found', { query: q })}
        </p>
      )}
      {[...storyKinds].reverse().map((kind) => {
        const shown = stories.filter((story) => story.kind === kind);
        if (shown.length === 0) return null;
        return (
          <section key={kind} aria-labelledby={`of-${kind}`} class="story-group">
            <h2 id={`of-${kind}`}>{voice.say(groups[kind])}</h2>
            <StoryList context={context} stories={shown} />
          </section>
        );
      })}
      {q !== '' && (
        <p>
          <a href={urls.stories()}>{voice.say('stories.all')}</a>
        </p>
      )}
      {unpublished.length > 0 && (
        <section aria-labelledby="drafts" class="story-group">
          <h2 id="drafts">{voice.say('stories.drafts')}</h2>
          <StoryList context={context} stories={unpublished} />
        </section>
      )}
      <p class="source">
        <a href={urls.storiesFeed()} type="application/atom+xml">
          {voice.say('stories.feed')}
        </a>
      </p>
    </Layout>
  );
}

function StoryList({ context: { voice, site }, stories }: { context: PageContext; stories: readonly StoryListed[] }) {
  return (
    <ul class="datasets cards">
      {stories.map((story) => (
        <li key={story.slug}>
          <article>
            <h3>
              <a
                href={story.state === 'draft' ? urls.storyEdit(story.slug) : urls.story(story.slug)}
                lang={voice.written}
              >
                {voice.typeset(story.title)}
              </a>
            </h3>
            <p lang={voice.written}>{voice.typeset(story.lead)}</p>
            <p class="facts">
              <span>{story.organization?.name ?? site.name}</span>
              <span>{voice.date(story.publishedAt ?? story.changedAt)}</span>
              {story.state !== 'published' && (
                <span class={`pill ${story.state}`}>{voice.say(`stories.state.${story.state}`)}</span>
              )}
              <DemoBadge demo={story.demo} voice={voice} />
            </p>
          </article>
        </li>
      ))}
    </ul>
  );
}
