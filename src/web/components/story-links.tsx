// Stories and answers listed on another page: the question, the short answer, the way to the whole.
import type { Voice } from '../language.ts';
import { urls } from '../urls.ts';
import { DemoBadge } from './dataset-list.tsx';

export type StoryShown = {
  readonly slug: string;
  readonly title: string;
  readonly lead: string;
  readonly demo: boolean;
};

/** Above what a search found; nothing when no story says its words. */
export function StoryLinks({ stories, voice }: { readonly stories: readonly StoryShown[]; readonly voice: Voice }) {
  if (stories.length === 0) return null;
  return (
    <section class="story-links" aria-labelledby="story-links">
      <h3 id="story-links">{voice.say('stories.title')}</h3>
      <ul class="plain">
        {stories.map(({ slug, title, lead, demo }) => (
          <li key={slug}>
            <a href={urls.story(slug)} lang={voice.written}>
              {voice.typeset(title)}
            </a>{' '}
            <DemoBadge demo={demo} voice={voice} />
            <p lang={voice.written}>{voice.typeset(lead)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
