// package_search: Solr's query, filters, order, page and facets, on the packages that the asker sees.
import { TerroirError } from '../../lib/errors.ts';
import { type Given, integer, natural, text, texts } from './given.ts';
import { type Indexed, indexOf, isSelected, scoreOf } from './matching.ts';
import type { Package } from './packages.ts';
import type { Action, Asked } from './site.ts';
import { readSolr, type SolrNode } from './solr.ts';

const mostRows = 1000;
const mostFacets = 30;
const usualSort = 'score desc, metadata_modified desc';

const known = new Set(
  'q fq fq_list fl sort rows start facet facet.field facet.limit facet.mincount facet.prefix qf df defType bf boost tie mm wt q.op extras include_private include_drafts include_deleted use_default_schema callback'.split(
    ' ',
  ),
);

const help = `Search for packages satisfying given criteria.

:param q: the solr query (default *:*)
:param fq: a filter query; fq_list: several
:param sort: sorting of the results (default "${usualSort}")
:param rows: the most results to return (default 10, at most ${mostRows})
:param start: the offset in the complete result
:param facet.field: a JSON list of the fields to facet upon
:param facet.limit: the most values of a facet (default 50, negative for all)
:param facet.mincount: the least count of a value
:rtype: dictionary with keys count, results, facets, search_facets, sort`;

export const searchActions = {
  package_search: { help, run: search },
} as const satisfies Readonly<Record<string, Action>>;

async function search({ context, given, packages }: Asked) {
  refuseOthers(given);
  const q = text(given, 'q') ?? '*:*';
  const asked = readLeniently(q);
  const filters = [...texts(given, 'fq'), ...texts(given, 'fq_list')].map(readSolr);
  const sort = text(given, 'sort') ?? usualSort;
  const order = orderOf(sort);
  const rows = Math.min(natural(given, 'rows', 10), mostRows);
  const start = natural(given, 'start', 0);
  const fields = facetFields(given);
  const shown = texts(given, 'fl', { separated: true });
  const now = context.now();
  const found = (await packages()).packages
    .map(indexOf)
    .filter((entry) => isSelected(asked, entry, now) && filters.every((filter) => isSelected(filter, entry, now)));
  const scored = found.map((entry) => ({ entry, score: scoreOf(asked, entry, now) })).toSorted(order);
  const results = scored.slice(start, start + rows).map(({ entry }) => picked(entry.package, shown));
  const facets = fields.map((field) => ({ field, values: countValues(found, field, given) }));
  return {
    count: found.length,
    facets: Object.fromEntries(
      facets.map(({ field, values }) => [field, Object.fromEntries(values.map(({ name, count }) => [name, count]))]),
    ),
    results,
    sort,
    search_facets: Object.fromEntries(facets.map(({ field, values }) => [field, { title: field, items: values }])),
  };
}

function refuseOthers(given: Given): void {
  const others = Object.keys(given).filter(
    (name) => !known.has(name) && !name.startsWith('ext_') && name !== '__extras',
  );
  if (others.length > 0)
    throw invalid(`Invalid search parameters: [${others.map((name) => `'${name.slice(0, 100)}'`).join(', ')}]`);
}

function invalid(reason: string): TerroirError {
  return new TerroirError('ckan.search', { reason: `Search Query is invalid: ${reason}` });
}

/** What people type is no query language: what cannot be read as one is looked for word by word. */
function readLeniently(q: string): SolrNode {
  try {
    return readSolr(q);
  } catch (error) {
    if (/[:[\]]/.test(q) || q.length > 1000) throw error;
    return readSolr(q.replace(/[^\p{L}\p{N}\s]/gu, ' ').replace(/\b(AND|OR|NOT)\b/g, ' '));
  }
}

type Scored = { readonly entry: Indexed; readonly score: number };

const sortable = ['score', 'id', 'name', 'title', 'title_string', 'metadata_created', 'metadata_modified'] as const;

/** @throws TerroirError ckan.search */
function orderOf(sort: string): (a: Scored, b: Scored) => number {
  const keys = sort
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, name = '', way = 'asc'] = /^([\w.]+)(?:\s+(asc|desc))?$/i.exec(part) ?? [];
      const field = sortable.find((one) => one === name);
      if (field === undefined) throw invalid('Invalid "sort" parameter');
      return { field, sign: way.toLowerCase() === 'desc' ? -1 : 1 };
    });
  return (a, b) => {
    for (const { field, sign } of keys) {
      const difference = field === 'score' ? a.score - b.score : compare(a.entry, b.entry, field);
      if (difference !== 0) return sign * difference;
    }
    return 0;
  };
}

function compare(a: Indexed, b: Indexed, field: string): number {
  const [left = '', right = ''] = [a.values.get(field)?.[0], b.values.get(field)?.[0]];
  if (field.startsWith('title')) return left.localeCompare(right, 'fr');
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `fl`: only some keys of each. */
function picked(one: Package, keys: readonly string[]): unknown {
  if (keys.length === 0 || keys.includes('*')) return one;
  return Object.fromEntries(Object.entries(one).filter(([key]) => keys.includes(key)));
}

function facetFields(given: Given): readonly string[] {
  if (['false', false].includes(given['facet'] as string | boolean)) return [];
  const fields = texts(given, 'facet.field');
  if (fields.length > mostFacets) throw invalid(`more than ${mostFacets} facets`);
  return [...new Set(fields)];
}

type FacetItem = { readonly name: string; readonly display_name: string; readonly count: number };

/** The values of a field among the packages found, most frequent first. */
function countValues(found: readonly Indexed[], field: string, given: Given): readonly FacetItem[] {
  const limit = integer(given, 'facet.limit', 50);
  const least = integer(given, 'facet.mincount', 1);
  const counts = new Map<string, FacetItem>();
  for (const { package: one, values } of found) {
    for (const name of new Set(values.get(field) ?? [])) {
      const before = counts.get(name);
      counts.set(name, {
        name,
        display_name: before?.display_name ?? shownAs(one, field, name),
        count: (before?.count ?? 0) + 1,
      });
    }
  }
  const sorted = [...counts.values()]
    .filter(({ count }) => count >= least)
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return limit < 0 ? sorted : sorted.slice(0, limit);
}

function shownAs(one: Package, field: string, name: string): string {
  if (field === 'organization') return one.organization.title;
  if (field === 'groups') return one.groups.find((group) => group.name === name)?.title ?? name;
  return field === 'license_id' ? one.license_title : name;
}
