// When nothing is found: what to try next, each by one link.
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { isNarrowed } from '../parameters.ts';
import type { CatalogSearch } from '../schemas.ts';

export type ChosenValue = { readonly key: string; readonly label: string; readonly href: string };
type Props = { readonly context: PageContext; readonly search: CatalogSearch; readonly chosen: readonly ChosenValue[] };

const mostWords = 6;

export function EmptySearch({ context: { voice }, search, chosen }: Props) {
  if (!isNarrowed(search)) return <p class="empty">{voice.say('catalog.empty')}</p>;
  const words = [...new Set(search.q.split(/[\s"«»]+/).filter((word) => word.length > 2 && !word.startsWith('-')))];
  return (
    <div class="empty">
      <p>{voice.say('catalog.none')}</p>
      {search.q !== '' && chosen.length === 0 && <p>{voice.say('search.none.advice')}</p>}
      {words.length > 1 && (
        <>
          <p id="one-word">{voice.say('search.none.words')}</p>
          <ul class="chips" aria-labelledby="one-word">
            {words.slice(0, mostWords).map((word) => (
              <li key={word}>
                <a href={withQuery(urls.catalog(), { q: word })}>{word}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {chosen.length > 0 && (
        <>
          <p id="one-less">{voice.say('search.none.less')}</p>
          <ul class="chips" aria-labelledby="one-less">
            {chosen.map(({ key, label, href }) => (
              <li key={key}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <ul>
        {chosen.length > 0 && search.q !== '' && (
          <li>
            <a href={withQuery(urls.catalog(), { q: search.q })}>
              {voice.say('catalog.none.everywhere', { query: search.q })}
            </a>
          </li>
        )}
        <li>
          <a href={urls.catalog()}>{voice.say('catalog.clear')}</a>
        </li>
        <li>
          <a href={urls.communes()}>{voice.say('catalog.none.communes')}</a>
        </li>
      </ul>
    </div>
  );
}
