// The SQL of stories: lists, searches, writings that know which text they were written over.
import { type Selectable, type SqlBool, sql } from 'kysely';
import type { DatasetState } from '../../model/dataset.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { StoryTable } from '../../stores/metadata/story-tables.ts';
import type { Story, StoryInput, StoryKind, StoryListed } from './schemas.ts';

export type By = { readonly actor: string; readonly now: Date };

/** Only these organizations' stories, and the territory's; all when absent. */
export type Shown = readonly string[] | undefined;

function selected(db: Metadata, shown: Shown) {
  const all = db
    .selectFrom('story')
    .leftJoin('organization', 'organization.slug', 'story.organization')
    .selectAll('story')
    .select('organization.name as organization_name');
  if (shown === undefined) return all;
  return all.where((where) =>
    where.or([
      where('story.organization', 'is', null),
      ...(shown.length === 0 ? [] : [where('story.organization', 'in', [...shown])]),
    ]),
  );
}

/** What is published, newest first; of one commune, or the first few. */
export async function readPublished(
  db: Metadata,
  {
    shown,
    commune,
    kind,
    limit,
  }: { readonly shown: Shown; readonly commune?: string; readonly kind?: StoryKind; readonly limit: number },
): Promise<readonly StoryListed[]> {
  const all = selected(db, shown).where('story.state', '=', 'published');
  const rows = await all
    .$if(commune !== undefined, (query) => query.where('story.commune', '=', commune ?? ''))
    .$if(kind !== undefined, (query) => query.where('story.kind', '=', kind ?? 'story'))
    .orderBy('story.published_at', 'desc')
    .orderBy('story.slug')
    .limit(limit)
    .execute();
  return rows.map(storyOf);
}

/** What is published and says enough of the words, those that say most first. Words are folded: letters and digits. */
export async function findPublished(
  db: Metadata,
  words: readonly string[],
  { shown, limit }: { readonly shown: Shown; readonly limit: number },
): Promise<readonly StoryListed[]> {
  const said = words.map((word) => sql`(story.words like ${`% ${word}%`})::int`);
  const matched = sql<number>`(${sql.join(said, sql` + `)})`;
  // A question is put with words that the answer does not need.
  const enough = words.length <= 2 ? words.length : Math.ceil(words.length * 0.6);
  const rows = await selected(db, shown)
    .where('story.state', '=', 'published')
    .where(sql<SqlBool>`${matched} >= ${enough}`)
    .orderBy(matched, 'desc')
    .orderBy('story.kind')
    .orderBy('story.published_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(storyOf);
}

/** Drafts and what was withdrawn, last changed first: of some organizations, or of all when null. */
export async function readUnpublished(
  db: Metadata,
  organizations: readonly string[] | null,
): Promise<readonly StoryListed[]> {
  const rows = await selected(db, undefined)
    .where('story.state', '!=', 'published')
    .$if(organizations !== null, (query) => query.where('story.organization', 'in', [...(organizations ?? []), '']))
    .orderBy('story.changed_at', 'desc')
    .limit(200)
    .execute();
  return rows.map(storyOf);
}

export async function readStory(db: Metadata, slug: string): Promise<Story | null> {
  const row = await selected(db, undefined).where('story.slug', '=', slug).executeTakeFirst();
  return row === undefined ? null : storyOf(row);
}

/** The addresses that begin so: those that are taken. */
export async function takenSlugs(db: Metadata, beginning: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('story')
    .select('slug')
    .where('slug', 'like', `${beginning.replace(/[\\%_]/g, '\\$&')}%`)
    .execute();
  return rows.map(({ slug }) => slug);
}

type Written = StoryInput & { readonly words: string };

/** @returns whether it is there now: false when the address was taken in between */
export async function insertStory(
  db: Metadata,
  slug: string,
  story: Written & { readonly state: DatasetState; readonly demo: boolean },
  by: By,
): Promise<boolean> {
  const done = await db
    .insertInto('story')
    .values({
      slug,
      ...columnsOf(story),
      state: story.state,
      state_reason: null,
      demo: story.demo,
      created_by: by.actor,
      created_at: by.now,
      changed_by: by.actor,
      changed_at: by.now,
      published_at: story.state === 'published' ? by.now : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** @returns whether it was written: not when the text is no more the one that it was written over */
export async function writeStory(
  db: Metadata,
  slug: string,
  version: number,
  story: Written,
  by: By,
): Promise<boolean> {
  const done = await db
    .updateTable('story')
    .set({ ...columnsOf(story), version: version + 1, changed_by: by.actor, changed_at: by.now })
    .where('slug', '=', slug)
    .where('version', '=', version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function writeState(
  db: Metadata,
  slug: string,
  change: { readonly version: number; readonly state: 'published' | 'withdrawn'; readonly reason: string | null },
  by: By,
): Promise<boolean> {
  const done = await db
    .updateTable('story')
    .set({
      state: change.state,
      state_reason: change.reason,
      version: change.version + 1,
      changed_by: by.actor,
      changed_at: by.now,
      ...(change.state === 'published' && { published_at: sql<Date>`coalesce(published_at, ${by.now})` }),
    })
    .where('slug', '=', slug)
    .where('version', '=', change.version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** What nobody was shown leaves without a trace. */
export async function deleteDraft(db: Metadata, slug: string): Promise<boolean> {
  const done = await db
    .deleteFrom('story')
    .where('slug', '=', slug)
    .where('state', '=', 'draft')
    .where('published_at', 'is', null)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

function columnsOf({ kind, organization, title, lead, body, datasets, commune, words }: Written) {
  return { kind, organization, title, lead, body, datasets: [...datasets], commune, words };
}

function storyOf(row: Selectable<StoryTable> & { readonly organization_name: string | null }): Story {
  const { organization: slug, organization_name: name } = row;
  return {
    slug: row.slug,
    kind: row.kind,
    organization: slug === null ? null : { slug, name: name ?? slug },
    title: row.title,
    lead: row.lead,
    body: row.body,
    datasets: row.datasets,
    commune: row.commune,
    state: row.state,
    stateReason: row.state_reason,
    demo: row.demo,
    version: row.version,
    changedAt: row.changed_at,
    publishedAt: row.published_at,
  };
}
