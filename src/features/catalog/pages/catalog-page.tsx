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
      <form action={urls.catalog()} class="catalog" role="search">
        <div class="search">
          <label for="q">{voice.say('catalog.search')}</label>
          <div class="field-row">
            <input id="q" name="q" type="search" value={search.q} />
            <button type="submit">{voice.say('catalog.search.button')}</button>
          </div>
        </div>
        <details class="facets" open={filtered}>
          <summary>{voice.say('catalog.filters')}</summary>
          <div class="facet-groups">
            {found.facets
              .filter((facet) => facet.values.length > 0)
              .map((facet) => (
                <FacetGroup key={facet.name} facet={facet} context={context} />
              ))}
          </div>
          <p class="actions">
            <button type="submit">{voice.say('catalog.filters.apply')}</button>
          </p>
        </details>
        <p class="sort">
          <label for="sort">{voice.say('catalog.sort')}</label>
          <select id="sort" name="sort">
            {sortOrders.map((order) => (
              <option key={order} value={order} selected={order === search.sort}>
                {voice.say(`catalog.sort.${order}`)}
              </option>
            ))}
          </select>
          <button type="submit" class="quiet">
            {voice.say('catalog.filters.apply')}
          </button>
        </p>
      </form>
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
    </Layout>
  );
}

function FacetGroup({ facet, context: { voice } }: { facet: Facet; context: PageContext }) {
  return (
    <fieldset>
      <legend>{voice.say(`facet.${facet.name}`)}</legend>
      <ul>
        {facet.values.map((value) => (
          <li key={value.value}>
            <label>
              <input type="checkbox" name={facet.name} value={value.value} checked={value.selected} /> {value.label}{' '}
              <span class="count">{voice.number(value.count)}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
