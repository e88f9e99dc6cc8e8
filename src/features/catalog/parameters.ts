// A search of the catalogue as an address says it: read from a query, written into one.
import type { Language } from '../../model/language.ts';
import { type CatalogSearch, type FacetName, facetNames, sortOrders } from './schemas.ts';

const defaultPageSize = 20;
const largestPage = 100;
const longestQuery = 500;
const mostValues = 50;

/** A search that cannot be read is no reason to refuse: each part falls back to what people expect. */
export function readSearch(query: Readonly<Record<string, unknown>>, language: Language): CatalogSearch {
  const sort = text(query, 'sort');
  const selected = Object.fromEntries(
    facetNames.map((name) => [name, texts(query, name)]).filter(([, values]) => (values?.length ?? 0) > 0),
  );
  const q = text(query, 'q').slice(0, longestQuery);
  return {
    q,
    selected,
    sort: sortOrders.find((order) => order === sort && isUseful(order, q)) ?? usualSort(q),
    page: positive(text(query, 'page'), 1, 100_000),
    pageSize: positive(text(query, 'pageSize'), defaultPageSize, largestPage),
    language,
  };
}

/** The same search as the parameters of an address; what is usual is left out. */
export function searchParameters({
  q,
  selected,
  sort,
  page,
}: Pick<CatalogSearch, 'q' | 'selected' | 'sort' | 'page'>): Readonly<
  Record<string, string | number | readonly string[] | null>
> {
  const values = facetNames.map((name): [FacetName, readonly string[]] => [name, selected[name] ?? []]);
  return {
    q,
    ...Object.fromEntries(values.filter(([, chosen]) => chosen.length > 0)),
    sort: sort === usualSort(q) || !isUseful(sort, q) ? null : sort,
    page: page > 1 ? page : null,
  };
}

/** Whether it asks for anything: words or a choice. */
export function isNarrowed({ q, selected }: Pick<CatalogSearch, 'q' | 'selected'>): boolean {
  return q !== '' || facetNames.some((name) => (selected[name] ?? []).length > 0);
}

/** Without words, nothing is more to the point than anything else. */
function isUseful(sort: CatalogSearch['sort'], q: string): boolean {
  return sort !== 'relevance' || q !== '';
}

function usualSort(q: string): CatalogSearch['sort'] {
  return q === '' ? 'recent' : 'relevance';
}

function texts(query: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = query[name];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string' && item !== '').slice(0, mostValues);
}

function text(query: Readonly<Record<string, unknown>>, name: string): string {
  return texts(query, name)[0] ?? '';
}

function positive(value: string, fallback: number, largest: number): number {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, largest) : fallback;
}
