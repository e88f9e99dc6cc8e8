// Where what is said comes from: producer, licence, date, and a way to say that it is wrong.
import type { PageContext } from '../../../web/page.ts';
import { urls } from '../../../web/urls.ts';
import { licenceTitle, type SourceLine } from '../answers.ts';

export function Sources({ context, sources }: { context: PageContext; sources: readonly SourceLine[] }) {
  const { voice } = context;
  const once = [...new Map(sources.map((source) => [source.dataset, source])).values()];
  return (
    <>
      {once.map((source) => (
        <p class="source" key={source.dataset}>
          <a href={urls.dataset(source.dataset)}>
            {voice.say('waste.source', {
              title: source.title,
              organization: source.organization,
              licence: licenceTitle(source.licence, voice),
              date: voice.date(new Date(source.updatedAt)),
            })}
          </a>
          {source.demo && ` · ${voice.say('waste.demo')}`}
        </p>
      ))}
    </>
  );
}
