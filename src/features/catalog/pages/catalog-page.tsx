// The catalogue: one search, facets with counts, results announced, everything by links and forms.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import { Paging } from '../../../web/components/paging.tsx';
import { Layout } from '../../../web/layout.tsx';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { type CatalogPage as CatalogData, type CatalogSearch, type Facet, sortOrders } from '../schemas.ts';

export type CatalogPageData = { readonly search: CatalogSearch; readonly found: CatalogData };

export function CatalogPage({ context, data: { search, found } }: { context: PageContext; data: CatalogPageData }) {
  const { voice } = context;
  const title = voice.say('catalog.title');
  const pages = Math.ceil(found.total / search.pageSize);
  const href = (page: number) =>
    withQuery(urls.catalog(), { q: search.q, ...search.selected, sort: search.sort, page: page > 1 ? page : null });
  const filtered = search.q !== '' || Object.values(search.selected).some((values) => values.length > 0);
  return (
    <Layout context={context} title={title} crumbs={[]}>
      <h1>{title}</h1>
      <form id="catalog" action={urls.catalog()} class="search" role="search">
        <label for="q">{voice.say('catalog.search')}</label>
        <div class="field-row">
          <input id="q" name="q" type="search" value={search.q} />
          <button type="submit">{voice.say('catalog.search.button')}</button>
        </div>
      </form>
      <div class="catalog-columns">
        <div class="facets">
          <h2>{voice.say('catalog.filters')}</h2>
          <p class="sort">
            <label for="sort">{voice.say('catalog.sort')}</label>
            <select id="sort" name="sort" form="catalog">
              {sortOrders.map((order) => (
                <option key={order} value={order} selected={order === search.sort}>
                  {voice.say(`catalog.sort.${order}`)}
                </option>
              ))}
            </select>
          </p>
          {found.facets
            .filter((facet) => facet.values.length > 0)
            .map((facet, index) => (
              <FacetGroup key={facet.name} facet={facet} context={context} open={index < 2} />
            ))}
          <p class="actions">
            <button type="submit" form="catalog">
              {voice.say('catalog.filters.apply')}
            </button>
          </p>
        </div>
        <div class="results">
          <p role="status" class="announce">
            {voice.count('catalog.found.one', 'catalog.found.many', found.total)}
            {found.correctedQuery !== null && ` · ${voice.say('catalog.corrected', { query: found.correctedQuery })}`}
          </p>
          {filtered && (
            <p>
              <a href={urls.catalog()}>{voice.say('catalog.clear')}</a>
            </p>
          )}
          {found.total === 0 ? (
            <p class="empty">{voice.say('catalog.none')}</p>
          ) : (
            <DatasetList datasets={found.datasets} voice={voice} />
          )}
          <Paging voice={voice} page={search.page} pages={pages} href={href} />
        </div>
      </div>
    </Layout>
  );
}

type FacetProps = { readonly facet: Facet; readonly context: PageContext; readonly open: boolean };

/** Closed groups keep the list of results near on a phone; a group in use is always open. */
function FacetGroup({ facet, context: { voice }, open }: FacetProps) {
  const name = voice.say(`facet.${facet.name}`);
  return (
    <details open={open || facet.values.some((value) => value.selected)}>
      <summary>{name}</summary>
      <fieldset>
        <legend class="visually-hidden">{name}</legend>
        <ul>
          {facet.values.map((value) => (
            <li key={value.value}>
              <label>
                <input type="checkbox" name={facet.name} value={value.value} checked={value.selected} form="catalog" />{' '}
                {value.label} <span class="count">{voice.number(value.count)}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
    </details>
  );
}
