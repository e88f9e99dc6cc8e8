// A search of the catalogue, whole: the words, one correction when they find nothing, the facets with their labels, one page.
import type { Language } from '../../model/language.ts';
import { freshnessMessages } from '../../model/messages/freshness.ts';
import { licenceById, themeById } from '../../model/reference.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import { type SeenStates, summariesByIds } from './queries.ts';
import {
  type CatalogPage,
  type CatalogSearch,
  type Facet,
  type FacetName,
  facetNames,
  freshnesses,
} from './schemas.ts';
import {
  areKnown,
  type CompiledSearch,
  type Counts,
  compileQuery,
  countFacets,
  foundByColumns,
  namesOf,
  pageOfIds,
  searching,
  wordsLike,
} from './search-queries.ts';
import { matchesIn, meantWord, readQuery, type SearchTerm, writeQuery } from './search-rules.ts';
import { storable } from './storable.ts';

const pageSizeAtMost = 1000;
/** No list is read that far; a larger offset would only ask PostgreSQL for a number that it does not have. */
const pageAtMost = 1_000_000;

type Asker = {
  readonly states: SeenStates;
  /** The organizations whose data shows; null for all of them. */
  readonly organizations: readonly string[] | null;
  readonly now: Date;
};

export async function runSearch(db: Metadata, search: CatalogSearch, asker: Asker): Promise<CatalogPage> {
  const terms = readQuery(search.q);
  const typed = await findFor(db, terms, search, asker);
  if (typed.counts.unselected > 0 || typed.compiled.query === '') return pageFor(db, typed, search, null);
  const meant = await correct(db, terms, asker.states);
  if (meant === null) return pageFor(db, typed, search, null);
  const corrected = await findFor(db, meant, search, asker);
  return corrected.counts.unselected > 0
    ? pageFor(db, corrected, search, writeQuery(meant))
    : pageFor(db, typed, search, null);
}

type Found = { readonly compiled: CompiledSearch; readonly counts: Counts; readonly ids: readonly string[] };

async function findFor(
  db: Metadata,
  terms: readonly SearchTerm[],
  search: CatalogSearch,
  asker: Asker,
): Promise<Found> {
  const compiled = { ...asker, query: await compileQuery(db, terms), selected: search.selected };
  const limit = Math.min(Math.max(Math.trunc(search.pageSize), 0), pageSizeAtMost);
  const page = Math.min(Math.max(Math.trunc(search.page), 1), pageAtMost);
  return searching(db, compiled.query, async (session, snapshot) => {
    const counts = await remember(db, keyOf(snapshot, compiled), () => countFacets(session, compiled));
    const offset = (page - 1) * limit;
    const ids =
      counts.total > offset
        ? await pageOfIds(session, compiled, { sort: search.sort, limit, offset, hits: counts.total })
        : [];
    return { compiled, counts, ids };
  });
}

/** What was counted, by question, on the newest snapshots: the same question costs nothing until someone writes. */
const remembered = new WeakMap<Metadata, Map<string, Counts>>();
const rememberedAtMost = 200;

/** Two readers of one snapshot see the same rows; freshness is counted to the minute. */
function keyOf(snapshot: string, { states, organizations, query, selected, now }: CompiledSearch): string {
  const chosen = facetNames.map((facet) => selected[facet] ?? []);
  return JSON.stringify([snapshot, states, organizations, query, chosen, Math.floor(now.getTime() / 60_000)]);
}

async function remember(db: Metadata, key: string, count: () => Promise<Counts>): Promise<Counts> {
  const known = remembered.get(db) ?? new Map<string, Counts>();
  remembered.set(db, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const counts = await count();
  const oldest = known.size >= rememberedAtMost ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
  known.set(key, counts);
  return counts;
}

async function pageFor(
  db: Metadata,
  { compiled, counts, ids }: Found,
  search: CatalogSearch,
  correctedQuery: string | null,
): Promise<CatalogPage> {
  const [datasets, facets, columns] = await Promise.all([
    summariesByIds(db, ids),
    labelFacets(db, counts, search),
    compiled.query === '' || ids.length === 0 ? [] : foundByColumns(db, compiled.query, ids),
  ]);
  const terms = readQuery(correctedQuery ?? search.q);
  const matches = columns.flatMap(({ id, fields, profiles }) => matchesIn(id, terms, fields, profiles));
  return { total: counts.total, datasets, matches, facets, correctedQuery };
}

/** Replaces each unknown word by the known one that was meant; null when no word could be. */
async function correct(
  db: Metadata,
  terms: readonly SearchTerm[],
  states: SeenStates,
): Promise<readonly SearchTerm[] | null> {
  const words = terms.filter((term) => term.kind === 'word');
  if (words.length === 0) return null;
  const known = await areKnown(db, states, words);
  const unknown = words.filter((_, index) => known[index] !== true);
  const meant = new Map<SearchTerm, SearchTerm>();
  for (const term of unknown) {
    const word = term.words.join('');
    const near = meantWord(word, await wordsLike(db, word));
    if (near !== null) meant.set(term, { kind: 'word', typed: near.shown, words: [near.word] });
  }
  return meant.size === 0 ? null : terms.map((term) => meant.get(term) ?? term);
}

/** Every facet with its values, most frequent first; a selected value shows even when nothing has it. */
async function labelFacets(db: Metadata, counts: Counts, search: CatalogSearch): Promise<readonly Facet[]> {
  const valuesOf = (facet: FacetName) => {
    const found = counts.facets.filter((one) => one.facet === facet);
    const missing = (search.selected[facet] ?? []).filter((value) => !found.some((one) => one.value === value));
    return [...found, ...[...new Set(missing)].map((value) => ({ facet, value: storable(value), count: 0 }))];
  };
  const organizations = valuesOf('organization');
  const communes = valuesOf('commune');
  const names = await namesOf(
    db,
    organizations.map((one) => one.value),
    communes.map((one) => one.value),
  );
  const language = search.language ?? 'fr';
  const byCount = (a: { count: number; label: string }, b: { count: number; label: string }) =>
    b.count - a.count || a.label.localeCompare(b.label, language);
  return facetNames.map((name) => ({
    name,
    values: valuesOf(name)
      .map(({ value, count }) => ({
        value,
        label: names[name]?.get(value) ?? labelOf(name, value, language),
        count,
        selected: search.selected[name]?.includes(value) === true,
      }))
      .toSorted(byCount),
  }));
}

const mapLabel = { fr: 'Avec une carte', en: 'With a map' } as const;

function labelOf(facet: FacetName, value: string, language: Language): string {
  if (facet === 'theme') return themeById(value)?.label[language] ?? value;
  if (facet === 'licence') return licenceById(value)?.title[language] ?? value;
  if (facet === 'format') return value.toUpperCase();
  if (facet === 'map') return mapLabel[language];
  const fresh = facet === 'freshness' ? freshnesses.find((one) => one === value) : undefined;
  return fresh === undefined ? value : freshnessMessages[fresh][language];
}
