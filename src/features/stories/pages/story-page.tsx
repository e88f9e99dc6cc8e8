// A story to read: what matters first, then its text with its live blocks, then the data that it stands on.

import type { Dataset } from '../../../model/dataset.ts';
import { DemoBadge } from '../../../web/components/dataset-list.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { datasetPicture } from '../../../web/share.ts';
import { urls } from '../../../web/urls.ts';
import type { ShownText, Story } from '../schemas.ts';
import { LiveFigure } from './live-figure.tsx';

export type StoryPageData = {
  readonly story: Story;
  readonly text: ShownText;
  readonly datasets: readonly Dataset[];
  readonly commune: { readonly insee: string; readonly name: string } | null;
  readonly mayWrite: boolean;
};

type Props = { readonly context: PageContext; readonly data: StoryPageData };

export function StoryPage({ context, data }: Props) {
  const { voice } = context;
  const { story, text, datasets, commune, mayWrite } = data;
  const [first] = datasets;
  return (
    <Layout
      context={context}
      title={story.title}
      description={story.lead}
      crumbs={[{ label: voice.say('stories.title'), href: urls.stories() }]}
      sharing={{
        article: true,
        unlisted: story.state !== 'published',
        feeds: [{ href: urls.storiesFeed(), title: voice.say('stories.feed') }],
        ...(first !== undefined && { picture: datasetPicture(first, voice.lang), pictureText: story.title }),
      }}
      {...(story.state === 'published' && { jsonLd: articleJsonLd(context, data) })}
    >
      <article class="story" lang={voice.written}>
        <header>
          <p class="kicker" lang={voice.lang}>
            {voice.say(`stories.kind.${story.kind}`)}
          </p>
          <h1>{voice.typeset(story.title)}</h1>
          <p class="lead">{voice.typeset(story.lead)}</p>
          <Facts context={context} story={story} />
          {story.state === 'draft' && (
            <p class="note" lang={voice.lang}>
              {voice.say('stories.draft.note')}
            </p>
          )}
          {mayWrite && (
            <p class="story-acts" lang={voice.lang}>
              <a class="button secondary" href={urls.storyEdit(story.slug)}>
                {voice.say('stories.edit')}
              </a>
            </p>
          )}
        </header>
        <StoryText context={context} text={text} />
        <footer lang={voice.lang}>
          {datasets.length > 0 && (
            <section aria-labelledby="story-data">
              <h2 id="story-data">{voice.say('stories.data')}</h2>
              <ul>
                {datasets.map((dataset) => (
                  <li key={dataset.id}>
                    <a href={urls.dataset(dataset.id)} lang={voice.written}>
                      {dataset.title}
                    </a>{' '}
                    <span class="source">{dataset.organization.name}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {commune !== null && (
            <p>
              <a href={urls.commune(commune.insee)}>{voice.say('stories.commune', { name: commune.name })}</a>
            </p>
          )}
          {story.demo && <p class="source">{voice.say('stories.demo')}</p>}
          <p>
            <a href={urls.stories()}>{voice.say('stories.all')}</a>
          </p>
        </footer>
      </article>
    </Layout>
  );
}

/** The text itself, as readers and previews show it. */
export function StoryText({ context, text }: { readonly context: PageContext; readonly text: ShownText }) {
  return (
    <div class="story-text">
      {text.parts.map((part, index) =>
        part.kind === 'html' ? (
          <div key={index} class="story-words" dangerouslySetInnerHTML={{ __html: part.html }} />
        ) : (
          <div key={index} lang={context.voice.lang}>
            <LiveFigure context={context} live={part} />
          </div>
        ),
      )}
    </div>
  );
}

function Facts({ context: { voice, site }, story }: { readonly context: PageContext; readonly story: Story }) {
  const { organization, publishedAt, changedAt, state } = story;
  const [published, changed] = [publishedAt === null ? null : voice.date(publishedAt), voice.date(changedAt)];
  return (
    <p class="facts" lang={voice.lang}>
      {organization === null ? (
        <span>{site.name}</span>
      ) : (
        <span>
          <a href={urls.organization(organization.slug)}>{organization.name}</a>
        </span>
      )}
      {published !== null && <span>{voice.say('stories.published', { date: published })}</span>}
      {published !== changed && <span>{voice.say('stories.changed', { date: changed })}</span>}
      {state !== 'published' && <span class={`pill ${state}`}>{voice.say(`stories.state.${state}`)}</span>}
      <DemoBadge demo={story.demo} voice={voice} />
    </p>
  );
}

/** A withdrawn story keeps its address: why it left. */
export function WithdrawnPage({
  context,
  data: { story, mayWrite },
}: {
  readonly context: PageContext;
  readonly data: { readonly story: Story; readonly mayWrite: boolean };
}) {
  const { voice } = context;
  return (
    <Layout
      context={context}
      title={voice.say('stories.withdrawn')}
      crumbs={[{ label: voice.say('stories.title'), href: urls.stories() }]}
      sharing={{ unlisted: true }}
    >
      <div class="narrow stack">
        <h1>{voice.say('stories.withdrawn')}</h1>
        <p class="lead" lang={voice.written}>
          {story.title}
        </p>
        <p>{voice.say('stories.withdrawn.reason', { reason: story.stateReason ?? '' })}</p>
        {mayWrite && (
          <p>
            <a href={urls.storyEdit(story.slug)}>{voice.say('stories.edit')}</a>
          </p>
        )}
        <p>
          <a href={urls.stories()}>{voice.say('stories.all')}</a>
        </p>
      </div>
    </Layout>
  );
}

/** An Article, or a question with its answer (schema.org). */
function articleJsonLd({ site }: PageContext, { story, datasets }: StoryPageData): unknown {
  const url = site.publicUrl + urls.story(story.slug);
  const { organization } = story;
  const author =
    organization === null
      ? { '@type': 'Organization', name: site.name, url: `${site.publicUrl}/` }
      : {
          '@type': 'Organization',
          name: organization.name,
          url: site.publicUrl + urls.organization(organization.slug),
        };
  return {
    '@context': 'https://schema.org',
    '@type': 'Article',
    '@id': url,
    url,
    headline: story.title,
    description: story.lead,
    inLanguage: 'fr',
    datePublished: story.publishedAt?.toISOString(),
    dateModified: story.changedAt.toISOString(),
    author,
    publisher: { '@type': 'Organization', name: site.name, url: `${site.publicUrl}/` },
    isAccessibleForFree: true,
    isPartOf: { '@id': `${site.publicUrl}/#site` },
    isBasedOn: datasets.map(({ id, title }) => ({
      '@type': 'Dataset',
      name: title,
      url: site.publicUrl + urls.dataset(id),
    })),
    ...(story.kind === 'answer' && {
      mainEntity: {
        '@type': 'Question',
        name: story.title,
        acceptedAnswer: { '@type': 'Answer', text: story.lead, url },
      },
    }),
  };
}
