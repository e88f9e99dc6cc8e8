// The catalogue's search in PostgreSQL: a query compiled once, one pass for all facets, one page of ids, and known words.
import { type RawBuilder, sql } from 'kysely';
import type { Field, FieldProfile } from '../../model/field.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { SeenStates } from './queries.ts';
import { type FacetName, facetNames, type SortOrder } from './schemas.ts';
import type { KnownWord, SearchTerm } from './search-rules.ts';
import { storable } from './storable.ts';

export type CompiledSearch = {
  readonly states: SeenStates;
  /** The organizations whose data shows; null for all of them. */
  readonly organizations: readonly string[] | null;
  /** A tsquery as text, empty when the query holds no word to look for. */
  readonly query: string;
  readonly selected: Partial<Record<FacetName, readonly string[]>>;
  readonly now: Date;
};

/** How much a word weighs in the column titles, the description, the names and keywords, the title. */
const weights = '{0.05, 0.15, 0.5, 1}';

/** Up to this many hits are ranked by all their texts; more are ranked by title, keywords and names alone. */
const rankedByAllTexts = 1000;

/**
 * Reads on one snapshot, whose name is handed over: as long as nobody writes, it is the same. With words to look for, the
 * index of words is always used (it is only ever read as a bitmap): PostgreSQL does not count what it costs to unpack the
 * texts of each row it looks at, and would rather read them all than use the index for a common word.
 */
export function searching<T>(
  db: Metadata,
  query: string,
  read: (session: Metadata, snapshot: string) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (session) => {
      const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot
        ${query === '' ? sql`` : withoutRowByRow}`.execute(session);
      return read(session, rows[0]?.snapshot ?? '');
    });
}

/** Until the end of the transaction. */
const withoutRowByRow = sql`, set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),
  set_config('enable_indexonlyscan', 'off', true)`;

/** Words that must all be there, the last one perhaps not finished. @returns a tsquery as text, empty for no condition. */
export async function compileQuery(db: Metadata, terms: readonly SearchTerm[]): Promise<string> {
  if (terms.length === 0) return '';
  const last = terms.findLastIndex((term) => term.kind === 'word');
  const parts = terms.map((term, index) => (index === last ? beginningOf(term) : conditionOf(term)));
  const { rows } = await sql<{ query: string }>`select (${sql.join(parts, sql` && `)})::text as query`.execute(db);
  return rows[0]?.query ?? '';
}

function conditionOf(term: SearchTerm): RawBuilder<unknown> {
  const text = term.words.join(' ');
  if (term.kind === 'word') return sql`plainto_tsquery('terroir_french', ${text})`;
  const phrase = sql`phraseto_tsquery('terroir_french', ${text})`;
  return term.kind === 'phrase' ? phrase : sql`(!! ${phrase})`;
}

/** The word in any of its forms, or any word that begins like it. The words are folded: letters and digits alone. */
function beginningOf(term: SearchTerm): RawBuilder<unknown> {
  return sql`(${conditionOf(term)} || to_tsquery('terroir_words', ${`${term.words.join('')}:*`}))`;
}

const freshness = (
  now: Date,
) => sql<string>`case when due_at is null then 'unknown' when ${now} < due_at then 'upToDate'
  when ${now} < overdue_at then 'due' else 'overdue' end`;

function found(search: CompiledSearch): RawBuilder<unknown> {
  const query = search.query === '' ? sql`` : sql`and search @@ ${search.query}::tsquery`;
  const shown = search.organizations === null ? sql`` : sql`and organization = any (${search.organizations})`;
  return sql`${seen(search.states)} ${shown} ${query}`;
}

/** One state is compared by =, so that an index on the state and an order gives the first rows without sorting. */
function seen(states: SeenStates): RawBuilder<boolean> {
  return states.length === 1 ? sql`state = ${states[0]}` : sql`state = any (${states})`;
}

/** The condition of one facet's selection; null when nothing is selected in it. */
function selection(search: CompiledSearch, facet: FacetName): RawBuilder<boolean> | null {
  const values = search.selected[facet]?.map(storable) ?? [];
  if (values.length === 0) return null;
  if (facet === 'commune') return sql`communes && ${values}::text[]`;
  if (facet === 'map') return values.includes('yes') ? sql`has_geometry` : sql`false`;
  if (facet === 'freshness') return sql`(${freshness(search.now)}) = any (${values})`;
  return sql`coalesce(${sql.ref(facet)} = any (${values}), false)`;
}

export type FacetCount = { readonly facet: FacetName; readonly value: string; readonly count: number };
export type Counts = {
  /** Datasets found, selections obeyed. */
  readonly total: number;
  /** Datasets found whatever is selected. */
  readonly unselected: number;
  /** Of each facet, the datasets that obey the words and the selections in all the other facets. */
  readonly facets: readonly FacetCount[];
};

/**
 * Counts everything in one pass. `missed` has one bit per facet whose selection a dataset does not obey: a facet counts
 * the datasets that miss nothing, or miss in that facet alone.
 */
export async function countFacets(db: Metadata, search: CompiledSearch): Promise<Counts> {
  const bits = facetNames.map((facet, index) => {
    const condition = selection(search, facet);
    return condition === null ? sql`0` : sql`case when ${condition} then 0 else ${sql.lit(2 ** index)} end`;
  });
  // Nothing selected, nothing missed: one column less to group by.
  const some = facetNames.some((facet) => (search.selected[facet] ?? []).length > 0);
  const missed = some ? sql`missed` : sql`0`;
  const group = (facet: FacetName) => (some ? sql`(missed, ${sql.ref(facet)})` : sql`(${sql.ref(facet)})`);
  const single = facetNames.filter((facet) => facet !== 'commune');
  const { rows } = await sql<CountRow>`
    with hit as materialized (
      select organization, theme, format, licence, ${freshness(search.now)} as freshness,
        case when has_geometry then 'yes' end as map, communes,
        ${sql.join(bits, sql` + `)} as missed
      from dataset where ${found(search)}
    )
    select ${missed} as missed, organization, theme, format, licence, freshness, map, null as commune,
      grouping(organization, theme, format, licence, freshness, map) as other_facets, count(*) as count
    from hit
    group by grouping sets (${sql.join(single.map(group))}, ${some ? sql`(missed)` : sql`()`})
    union all
    select ${missed}, null, null, null, null, null, null, commune, 64, count(*)
    from (select missed, unnest(communes) as commune from hit) as about
    group by ${some ? sql`missed, ` : sql``}commune`.execute(db);
  return addUp(rows);
}

type CountRow = Readonly<Record<FacetName, string | null>> & {
  readonly missed: number;
  readonly other_facets: number;
  readonly count: string;
};

/** grouping() says with a bit, from the left, which columns a row does not group by. */
const groupedBy: Readonly<Record<number, FacetName>> = {
  31: 'organization',
  47: 'theme',
  55: 'format',
  59: 'licence',
  61: 'freshness',
  62: 'map',
  64: 'commune',
};

function addUp(rows: readonly CountRow[]): Counts {
  const sums = new Map<string, FacetCount>();
  let total = 0;
  let unselected = 0;
  for (const row of rows) {
    const count = Number(row.count);
    const facet = groupedBy[row.other_facets];
    if (facet === undefined) {
      unselected += count;
      if (row.missed === 0) total += count;
      continue;
    }
    const value = row[facet];
    if (value === null || (row.missed !== 0 && row.missed !== 2 ** facetNames.indexOf(facet))) continue;
    const key = `${facet} ${value}`;
    sums.set(key, { facet, value, count: count + (sums.get(key)?.count ?? 0) });
  }
  return { total, unselected, facets: [...sums.values()] };
}

/** The ids of one page, in order. Ids alone are sorted: what is shown of each is read afterwards. */
export async function pageOfIds(
  db: Metadata,
  search: CompiledSearch,
  page: { readonly sort: SortOrder; readonly limit: number; readonly offset: number; readonly hits: number },
): Promise<readonly string[]> {
  const conditions = facetNames.map((facet) => selection(search, facet)).filter((condition) => condition !== null);
  const chosen = conditions.map((condition) => sql`and ${condition}`);
  const { rows } = await sql<{ id: string }>`
    select id from dataset where ${found(search)} ${sql.join(chosen, sql` `)}
    order by ${order(search, page)} limit ${page.limit} offset ${page.offset}`.execute(db);
  return rows.map((row) => row.id);
}

function order(search: CompiledSearch, page: { readonly sort: SortOrder; readonly hits: number }): RawBuilder<unknown> {
  if (page.sort === 'title') return sql`sort_title, id`;
  if (page.sort === 'recent' || search.query === '') return sql`modified_at desc, id`;
  const texts = sql.ref(page.hits <= rankedByAllTexts ? 'search' : 'head');
  return sql`ts_rank(${weights}, ${texts}, ${search.query}::tsquery) desc, modified_at desc, id`;
}

export type FoundColumns = {
  readonly id: string;
  readonly fields: readonly Field[];
  readonly profiles: readonly FieldProfile[];
};

/** The columns of those datasets that only their columns made found: neither title, names, keywords nor description did. */
export async function foundByColumns(
  db: Metadata,
  query: string,
  ids: readonly string[],
): Promise<readonly FoundColumns[]> {
  const { rows } = await sql<FoundColumns>`
    select d.id, v.fields, v.profiles
    from dataset as d join version as v on v.dataset_id = d.id and v.number = d.version
    where d.id = any (${ids}) and not (ts_filter(d.search, '{a,b,c}') @@ ${query}::tsquery)`.execute(db);
  return rows;
}

/** The names of organizations and communes, by slug and INSEE code. */
export async function namesOf(
  db: Metadata,
  slugs: readonly string[],
  codes: readonly string[],
): Promise<Partial<Record<FacetName, ReadonlyMap<string, string>>>> {
  const { rows } = await sql<{ facet: string; value: string; name: string }>`
    select 'organization' as facet, slug as value, name from organization where slug = any (${slugs})
    union all select 'commune', insee, name from commune where insee = any (${codes})`.execute(db);
  const names = (facet: string) =>
    new Map(rows.filter((row) => row.facet === facet).map((row) => [row.value, row.name]));
  return { organization: names('organization'), commune: names('commune') };
}

/** Whether each word, in any of its forms or as a beginning, is in some dataset that may be seen. */
export async function areKnown(
  db: Metadata,
  states: SeenStates,
  terms: readonly SearchTerm[],
): Promise<readonly boolean[]> {
  const queries = sql.join(terms.map((term) => sql`${beginningOf(term)}::text`));
  const { rows } = await sql<{ queries: string[] }>`select array[${queries}] as queries`.execute(db);
  return anyFound(db, states, rows[0]?.queries ?? []);
}

/** The words that look most like a mistyped one, of those that some published dataset still holds. */
export async function wordsLike(db: Metadata, word: string): Promise<readonly KnownWord[]> {
  const { rows } = await sql<KnownWord & { query: string }>`
    select word, shown, uses, plainto_tsquery('terroir_words', word)::text as query
    from search_word order by word <-> ${word} limit 40`.execute(db);
  const held = await anyFound(
    db,
    ['published'],
    rows.map((row) => row.query),
  );
  return rows.filter((_, index) => held[index] === true);
}

/** Whether each tsquery finds something. Written as constants, so that the planner knows which of them are rare. */
async function anyFound(db: Metadata, states: SeenStates, queries: readonly string[]): Promise<readonly boolean[]> {
  if (queries.length === 0) return [];
  const tests = queries.map(
    (query) => sql`exists (select from dataset where ${seen(states)} and search @@ ${query}::tsquery)`,
  );
  return searching(db, 'words', async (session) => {
    const { rows } = await sql<{ found: boolean[] }>`select array[${sql.join(tests)}] as found`.execute(session);
    return rows[0]?.found ?? [];
  });
}
