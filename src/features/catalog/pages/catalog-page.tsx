// The catalogue: one search, facets with counts as plain links, results announced, a way on when nothing is found.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { Paging } from '../../../web/components/paging.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { searchParameters } from '../parameters.ts';
import {
  type CatalogPage as CatalogData,
  type CatalogSearch,
  type Facet,
  type FacetName,
  type FacetValue,
  facetNames,
  sortOrders,
} from '../schemas.ts';

export type CatalogPageData = { readonly search: CatalogSearch; readonly found: CatalogData };
type Props = { readonly context: PageContext; readonly data: CatalogPageData };

/** Values of a facet shown before « Voir les autres ». */
const valuesShown = 7;

export function CatalogPage({ context, data }: Props) {
  const { voice } = context;
  const { search, found } = data;
  const title = voice.say('catalog.title');
  return (
    <Layout context={context} title={title} description={voice.say('catalog.intro')} crumbs={[]}>
      <h1>{title}</h1>
      <form action={urls.catalog()} class="search" role="search">
        <label for="q">{voice.say('catalog.search')}</label>
        <div class="field-row">
          <input id="q" name="q" type="search" value={search.q} />
          <button type="submit">{voice.say('catalog.search.button')}</button>
        </div>
        {facetNames.flatMap((name) =>
          (search.selected[name] ?? []).map((value) => (
            <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
          )),
        )}
      </form>
      <div class="catalog">
        <Facets context={context} data={data} />
        <section class="results" aria-labelledby="results">
          <h2 id="results" class="visually-hidden">
            {voice.say('catalog.results')}
          </h2>
          <div class="results-head">
            <p role="status" class="announce">
              {voice.count('catalog.found.one', 'catalog.found.many', found.total)}
              {found.correctedQuery !== null && ` · ${voice.say('catalog.corrected', { query: found.correctedQuery })}`}
            </p>
            {found.total > 1 && <Orders context={context} search={search} />}
          </div>
          <Chosen context={context} data={data} />
          {found.total === 0 ? <Nothing context={context} search={search} /> : null}
          {found.datasets.length > 0 && <DatasetList datasets={found.datasets} voice={voice} level={3} />}
          <Paging
            voice={voice}
            page={search.page}
            pages={Math.ceil(found.total / search.pageSize)}
            href={(page) => catalogUrl(search, { page })}
          />
        </section>
      </div>
    </Layout>
  );
}

function Facets({ context: { voice }, data: { search, found } }: Props) {
  const facets = found.facets.filter((facet) => facet.values.length > 0);
  if (facets.length === 0) return <div />;
  const chosen = facets.some((facet) => facet.values.some((value) => value.selected));
  return (
    <nav aria-label={voice.say('catalog.filters')}>
      <details class="facets" open={chosen}>
        <summary>{voice.say('catalog.filters')}</summary>
        {facets.map((facet) => (
          <div class="facet" key={facet.name}>
            <h3>{voice.say(`facet.${facet.name}`)}</h3>
            <FacetLinks facet={facet} values={shownFirst(facet)} search={search} number={voice.number} />
            {facet.values.length > shownFirst(facet).length && (
              <details>
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
          <a href={toggled(search, facet.name, value.value)} aria-current={value.selected ? 'true' : undefined}>
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

/** What is chosen, each to be taken away by one link. */
function Chosen({ context: { voice }, data: { search, found } }: Props) {
  const chosen = found.facets.flatMap((facet) =>
    facet.values.filter((value) => value.selected).map((value) => ({ facet: facet.name, ...value })),
  );
  if (chosen.length === 0 && search.q === '') return null;
  return (
    <ul class="chips" aria-label={voice.say('catalog.chosen')}>
      {search.q !== '' && (
        <li>
          <a href={catalogUrl(search, { q: '', page: 1 })}>
            <span class="visually-hidden">{voice.say('catalog.remove')} </span>
            {voice.say('catalog.words', { query: search.q })}
            <span aria-hidden="true">×</span>
          </a>
        </li>
      )}
      {chosen.map(({ facet, value, label }) => (
        <li key={`${facet}=${value}`}>
          <a href={toggled(search, facet, value)}>
            <span class="visually-hidden">{voice.say('catalog.remove')} </span>
            {voice.say(`facet.${facet}`)} : {label}
            <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** An empty answer teaches: what to try, each by one link. */
function Nothing({ context: { voice }, search }: { context: PageContext; search: CatalogSearch }) {
  const filtered = Object.values(search.selected).some((values) => values.length > 0);
  return (
    <div class="empty">
      <p>{voice.say(search.q === '' && !filtered ? 'catalog.empty' : 'catalog.none')}</p>
      <ul>
        {filtered && search.q !== '' && (
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

/** The same search with some choices changed. */
function catalogUrl(search: CatalogSearch, change: Partial<CatalogSearch>): string {
  return withQuery(urls.catalog(), searchParameters({ ...search, ...change }));
}

function toggled(search: CatalogSearch, name: FacetName, value: string): string {
  const values = search.selected[name] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return catalogUrl(search, { selected: { ...search.selected, [name]: next }, page: 1 });
}
