// The catalogue: one search, facets with counts as plain links, results announced, a way on when nothing is found.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { Paging } from '../../../web/components/paging.tsx';
import { StoryLinks, type StoryShown } from '../../../web/components/story-links.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { isNarrowed, searchParameters } from '../parameters.ts';
import {
  type CatalogPage as CatalogData,
  type CatalogSearch,
  type Facet,
  type FacetName,
  type FacetValue,
  facetNames,
  type Match,
  sortOrders,
} from '../schemas.ts';
import { type CatalogDrawing, CatalogMap } from './catalog-map.tsx';
import { type ChosenValue, EmptySearch } from './empty-search.tsx';

export type CatalogPageData = {
  readonly search: CatalogSearch;
  readonly found: CatalogData;
  /** The territory's drawing and the names of its communes; no map when it was never drawn. */
  readonly drawing?: CatalogDrawing | null;
  readonly communes?: ReadonlyMap<string, string>;
  /** Stories that say the words of the search. */
  readonly stories?: readonly StoryShown[];
};
type Props = { readonly context: PageContext; readonly data: CatalogPageData };

/** Values of a facet shown before « Voir les autres ». */
const valuesShown = 7;

export function CatalogPage({ context, data }: Props) {
  const { voice, site } = context;
  const { search, found } = data;
  const title = voice.say('catalog.title');
  const narrowed = isNarrowed(search);
  const feed = { href: feedUrl(search), title: feedTitle(search, context) };
  return (
    <Layout
      context={context}
      title={search.q === '' ? title : voice.say('catalog.words', { query: search.q })}
      description={voice.say('catalog.intro')}
      crumbs={search.q === '' ? [] : [{ label: title, href: urls.catalog() }]}
      sharing={{
        query: { page: search.page > 1 ? search.page : null },
        unlisted: narrowed,
        feeds: narrowed ? [feed] : [],
      }}
    >
      <h1>{title}</h1>
      <form action={urls.catalog()} class="search" role="search" data-instant>
        <label for="q">{voice.say('catalog.search')}</label>
        <p id="q-hint" class="hint">
          {voice.say('search.hint')}
        </p>
        <div class="field-row">
          <input
            id="q"
            name="q"
            type="search"
            value={search.q}
            aria-describedby="q-hint"
            autocomplete="off"
            spellcheck={false}
          />
          <button type="submit">{voice.say('catalog.search.button')}</button>
        </div>
        <span data-swap="kept">
          {facetNames.flatMap((name) =>
            (search.selected[name] ?? []).map((value) => (
              <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
            )),
          )}
        </span>
      </form>
      <div class="catalog" data-waiting={voice.say('search.waiting')}>
        <div data-swap="facets">
          <Facets context={context} data={data} />
        </div>
        <section class="results" aria-labelledby="results">
          <h2 id="results" class="visually-hidden" tabindex={-1}>
            {voice.say('catalog.results')}
          </h2>
          <p role="status" class="announce">
            {voice.count('catalog.found.one', 'catalog.found.many', found.total)}
            {found.correctedQuery !== null && ` · ${voice.say('catalog.corrected', { query: found.correctedQuery })}`}
          </p>
          <div data-swap="results">
            <StoryLinks stories={data.stories ?? []} voice={voice} />
            <div class="results-head">
              <Chosen context={context} data={data} />
              {found.total > 1 && <Orders context={context} search={search} />}
            </div>
            {found.total === 0 && (
              <EmptySearch context={context} search={search} chosen={chosenOf(data, (key) => voice.say(key))} />
            )}
            {found.datasets.length > 0 && (
              <DatasetList
                datasets={found.datasets}
                voice={voice}
                level={3}
                below={(dataset) => <Matches context={context} matches={matchesOf(found, dataset.id)} />}
              />
            )}
            <Paging
              voice={voice}
              page={search.page}
              pages={Math.ceil(found.total / search.pageSize)}
              href={(page) => catalogUrl(search, { page })}
            />
            {narrowed && <Keep context={context} search={search} />}
          </div>
        </section>
      </div>
      <script type="module" src={site.assetUrl('catalog.js')} />
    </Layout>
  );
}

function matchesOf({ matches }: CatalogData, id: string): readonly Match[] {
  return matches.filter((match) => match.dataset === id);
}

/** Why a dataset was found whose title and description do not say it. */
function Matches({ context: { voice }, matches }: { context: PageContext; matches: readonly Match[] }) {
  if (matches.length === 0) return null;
  return (
    <ul class="matches">
      {matches.map(({ column, value }) => (
        <li key={`${column} ${value}`}>
          {value === null
            ? voice.say('search.match.column', { column })
            : voice.say('search.match.value', { column, value })}
        </li>
      ))}
    </ul>
  );
}

/** A link that shows the same search any day, and the feed of what changes in it. */
function Keep({ context: { voice, site }, search }: { context: PageContext; search: CatalogSearch }) {
  const link = site.publicUrl + catalogUrl(search, { page: 1 });
  return (
    <section class="keep card" aria-labelledby="keep">
      <h3 id="keep">{voice.say('search.keep')}</h3>
      <p>{voice.say('search.keep.link')}</p>
      <p>
        <a class="breakable" href={link}>
          {link}
        </a>
      </p>
      <p class="keep-ways">
        <button type="button" class="secondary" hidden data-copy={link} data-copied={voice.say('search.keep.copied')}>
          {voice.say('search.keep.copy')}
        </button>
        <a href={feedUrl(search)} type="application/atom+xml">
          {voice.say('search.keep.feed')}
        </a>
      </p>
    </section>
  );
}

function feedUrl(search: CatalogSearch): string {
  return withQuery(urls.feed(), { ...searchParameters({ ...search, page: 1 }), sort: null });
}

function feedTitle(search: CatalogSearch, { voice }: PageContext): string {
  return search.q === ''
    ? voice.say('discovery.feed.filtered')
    : voice.say('discovery.feed.search', { query: search.q });
}

function Facets({ context, data: { search, found, drawing = null, communes = new Map() } }: Props) {
  const { voice } = context;
  const facets = found.facets.filter((facet) => facet.values.length > 0);
  if (facets.length === 0) return <div />;
  return (
    <nav aria-label={voice.say('catalog.filters')}>
      <details class="facets" data-keep="facets">
        <summary>{voice.say('catalog.filters')}</summary>
        {drawing !== null && (
          <CatalogMap
            context={context}
            drawing={drawing}
            names={communes}
            facet={found.facets.find(({ name }) => name === 'commune')}
            hrefOf={(insee) => toggled(search, 'commune', insee)}
          />
        )}
        {facets.map((facet) => (
          <div class="facet" key={facet.name}>
            <h3>{voice.say(`facet.${facet.name}`)}</h3>
            <FacetLinks facet={facet} values={shownFirst(facet)} search={search} number={voice.number} />
            {facet.values.length > shownFirst(facet).length && (
              <details data-keep={facet.name}>
                <summary>
                  {voice.say('facet.more', { count: voice.number(facet.values.length - shownFirst(facet).length) })}
                </summary>
                <FacetLinks facet={facet} values={others(facet)} search={search} number={voice.number} />
              </details>
            )}
          </div>
        ))}
      </details>
    </nav>
  );
}

function shownFirst({ values }: Facet): readonly FacetValue[] {
  return values.filter((value, index) => value.selected || index < valuesShown || values.length <= valuesShown + 2);
}

function others(facet: Facet): readonly FacetValue[] {
  const first = new Set(shownFirst(facet));
  return facet.values.filter((value) => !first.has(value));
}

type FacetLinksProps = {
  readonly facet: Facet;
  readonly values: readonly FacetValue[];
  readonly search: CatalogSearch;
  readonly number: (value: number) => string;
};

function FacetLinks({ facet, values, search, number }: FacetLinksProps) {
  return (
    <ul>
      {values.map((value) => (
        <li key={value.value}>
          <a
            href={toggled(search, facet.name, value.value)}
            aria-current={value.selected ? 'true' : undefined}
            data-facet={`${facet.name}=${value.value}`}
            rel="nofollow"
          >
            <span>{value.label}</span> <span class="count">{number(value.count)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Orders({ context: { voice }, search }: { context: PageContext; search: CatalogSearch }) {
  const useful = sortOrders.filter((order) => order !== 'relevance' || search.q !== '');
  return (
    <p class="orders">
      <span>{voice.say('catalog.sort')}</span>
      {useful.map((order) => (
        <a
          key={order}
          href={catalogUrl(search, { sort: order, page: 1 })}
          aria-current={order === search.sort ? 'true' : undefined}
        >
          {voice.say(`catalog.sort.${order}`)}
        </a>
      ))}
    </p>
  );
}

/** What is chosen in facets, each with the link that takes it away. */
function chosenOf(
  { search, found }: CatalogPageData,
  say: (key: `facet.${FacetName}`) => string,
): readonly ChosenValue[] {
  return found.facets.flatMap(({ name, values }) =>
    values
      .filter(({ selected }) => selected)
      .map(({ value, label }) => ({
        key: `${name}=${value}`,
        label: `${say(`facet.${name}`)} : ${label}`,
        href: toggled(search, name, value),
      })),
  );
}

/** What is chosen, each to be taken away by one link (and, with scripts, by the key Delete). */
function Chosen({ context: { voice }, data }: Props) {
  const { search } = data;
  const words = search.q === '' ? [] : [{ key: 'q', label: voice.say('catalog.words', { query: search.q }) }];
  const chosen = [
    ...words.map((word) => ({ ...word, href: catalogUrl(search, { q: '', page: 1 }) })),
    ...chosenOf(data, (key) => voice.say(key)),
  ];
  if (chosen.length === 0) return <span />;
  return (
    <ul class="chips" aria-label={voice.say('catalog.chosen')}>
      {chosen.map(({ key, label, href }) => (
        <li key={key}>
          <a href={href} data-chip={key} rel="nofollow">
            <span class="visually-hidden">{voice.say('catalog.remove')} </span>
            {voice.typeset(label)}
            <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      {chosen.length > 1 && (
        <li>
          <a href={urls.catalog()} class="plain-link">
            {voice.say('search.clear')}
          </a>
        </li>
      )}
    </ul>
  );
}

/** The same search with some choices changed. */
function catalogUrl(search: CatalogSearch, change: Partial<CatalogSearch>): string {
  return withQuery(urls.catalog(), searchParameters({ ...search, ...change }));
}

function toggled(search: CatalogSearch, name: FacetName, value: string): string {
  const values = search.selected[name] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return catalogUrl(search, { selected: { ...search.selected, [name]: next }, page: 1 });
}
