// The verbs of stories: reading and finding them, writing, publishing and withdrawing them.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName, can, mustBeAbleTo } from '../../model/permission.ts';
import { getDatasets, listCommunes, listOrganizations } from '../catalog/service.ts';
import { countBlocks } from './markdown.ts';
import {
  deleteDraft,
  findPublished,
  insertStory,
  readPublished,
  readStory,
  readUnpublished,
  takenSlugs,
  writeState,
  writeStory,
} from './queries.ts';
import { askedWords, checkInput, slugOf, storyLimits, wordsOf } from './rules.ts';
import type { Story, StoryInput, StoryLink, StoryListed } from './schemas.ts';

export { showText } from './live.ts';

const mostListed = 500;
/** Beside what another page is about. */
const mostFoundElsewhere = 3;

/** What is published, newest first. */
export async function listStories(context: Context, limit = mostListed): Promise<readonly StoryListed[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return readPublished(context.db, { shown: context.shownOrganizations, limit });
}

/** What is published about a commune. */
export async function storiesOfCommune(context: Context, commune: string): Promise<readonly StoryListed[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return readPublished(context.db, { shown: context.shownOrganizations, commune, limit: 20 });
}

/** Published stories that say the words of a question; none where the question says nothing. */
export async function findStories(context: Context, q: string, limit: number): Promise<readonly StoryListed[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const words = askedWords(q);
  return words.length === 0 ? [] : findPublished(context.db, words, { shown: context.shownOrganizations, limit });
}

/** The few stories that the catalogue lists above what its search found. */
export async function storiesFor(context: Context, q: string): Promise<readonly StoryLink[]> {
  return (await findStories(context, q, mostFoundElsewhere)).map(linkOf);
}

/** The few newest answers, which the home page lists as questions. */
export async function newestAnswers(context: Context): Promise<readonly StoryLink[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const page = { shown: context.shownOrganizations, kind: 'answer', limit: mostFoundElsewhere } as const;
  return (await readPublished(context.db, page)).map(linkOf);
}

function linkOf({ slug, title, lead, demo }: StoryListed): StoryLink {
  return { slug, title, lead, demo };
}

/** Drafts and withdrawn stories that the actor may write. */
export async function unpublishedStories(context: Context): Promise<readonly StoryListed[]> {
  if (can(context.actor, 'story.write')) return readUnpublished(context.db, null);
  const own = grantedOrganizations(context);
  return own.length === 0 ? [] : readUnpublished(context.db, own);
}

/** A story in any state that the actor may read; a draft is unknown to all but its writers. @throws TerroirError story.unknown */
export async function getStory(context: Context, slug: string): Promise<Story> {
  const story = /^[a-z0-9-]{1,100}$/.test(slug) ? await readStory(context.db, slug) : null;
  const organization = story?.organization?.slug;
  const shown = organization === undefined || (context.shownOrganizations?.includes(organization) ?? true);
  const object = { ...(story !== null && { state: story.state }), ...(organization !== undefined && { organization }) };
  if (story === null || !shown || !can(context.actor, 'story.read', object))
    throw new TerroirError('story.unknown', { slug });
  return story;
}

/** @throws TerroirError story.unknown, permission.denied */
export async function storyToEdit(context: Context, slug: string): Promise<Story> {
  const story = await getStory(context, slug);
  mustWrite(context, story.organization?.slug ?? null);
  return story;
}

export function mayWriteStory(context: Context, story: StoryListed): boolean {
  return can(context.actor, 'story.write', objectOf(story.organization?.slug ?? null));
}

/** In whose name somebody may write. @throws TerroirError permission.denied when in nobody's */
export async function writingNames(
  context: Context,
): Promise<{ readonly territory: boolean; readonly organizations: readonly { slug: string; name: string }[] }> {
  const territory = can(context.actor, 'story.write');
  if (!mayWriteStories(context)) throw new TerroirError('permission.denied');
  const all = await listOrganizations(context);
  const own = all.filter(({ slug }) => can(context.actor, 'story.write', { organization: slug }));
  return { territory, organizations: own.map(({ slug, name }) => ({ slug, name })) };
}

/** Whether the actor may write stories in anybody's name. */
export function mayWriteStories(context: Context): boolean {
  return can(context.actor, 'story.write') || grantedOrganizations(context).length > 0;
}

/**
 * Begins a story, as a draft. @returns its address
 * @throws TerroirError permission.denied, story.titleInvalid, story.leadInvalid, story.bodyTooLong, story.tooManyBlocks,
 * story.tooManyDatasets, story.datasetUnknown, story.communeUnknown
 */
export async function beginStory(
  context: Context,
  input: StoryInput,
  { state = 'draft', demo = false }: { readonly state?: 'draft' | 'published'; readonly demo?: boolean } = {},
): Promise<string> {
  mustWrite(context, input.organization);
  await check(context, input);
  for (;;) {
    const slug = slugOf(input.title, await takenSlugs(context.db, slugOf(input.title, [])));
    const story = { ...input, words: wordsOf(input), state, demo };
    if (await insertStory(context.db, slug, story, by(context))) return slug;
  }
}

/**
 * Writes over the text of a version.
 * @throws TerroirError story.changed when it is no more the present one; story.unknown, permission.denied, and as beginStory
 */
export async function saveStory(context: Context, slug: string, version: number, input: StoryInput): Promise<void> {
  await storyToEdit(context, slug);
  mustWrite(context, input.organization);
  await check(context, input);
  const written = await writeStory(context.db, slug, version, { ...input, words: wordsOf(input) }, by(context));
  if (!written) throw new TerroirError('story.changed');
}

/** @throws TerroirError story.unknown, permission.denied, story.bodyMissing, story.changed */
export async function publishStory(context: Context, slug: string, version: number): Promise<void> {
  const story = await storyToEdit(context, slug);
  // An answer may be all in its two sentences.
  if (story.kind === 'story' && story.body.trim() === '') throw new TerroirError('story.bodyMissing');
  await changeState(context, slug, { version, state: 'published', reason: null });
}

/** Its address stays, with the reason. @throws TerroirError story.unknown, permission.denied, story.reasonMissing, story.changed */
export async function withdrawStory(context: Context, slug: string, version: number, reason: string): Promise<void> {
  await storyToEdit(context, slug);
  const said = reason.replace(/\s+/g, ' ').trim().slice(0, storyLimits.reason);
  if (said === '') throw new TerroirError('story.reasonMissing');
  await changeState(context, slug, { version, state: 'withdrawn', reason: said });
}

/** Throws away what was never published. @throws TerroirError story.unknown, permission.denied, story.changed */
export async function discardStory(context: Context, slug: string): Promise<void> {
  await storyToEdit(context, slug);
  if (!(await deleteDraft(context.db, slug))) throw new TerroirError('story.changed');
}

async function changeState(context: Context, slug: string, change: Parameters<typeof writeState>[2]): Promise<void> {
  if (!(await writeState(context.db, slug, change, by(context)))) throw new TerroirError('story.changed');
}

async function check(context: Context, input: StoryInput): Promise<void> {
  checkInput(input, countBlocks(input.body.slice(0, storyLimits.body + 1)));
  const anyone: Context = { ...context, actor: { kind: 'anyone' } };
  const found = new Set((await getDatasets(anyone, input.datasets)).map(({ id }) => id));
  const unknown = input.datasets.find((id) => !found.has(id));
  if (unknown !== undefined) throw new TerroirError('story.datasetUnknown', { id: unknown });
  const { commune } = input;
  if (commune !== null && !(await listCommunes(context)).some(({ insee }) => insee === commune))
    throw new TerroirError('story.communeUnknown', { insee: commune });
}

function mustWrite(context: Context, organization: string | null): void {
  mustBeAbleTo(context.actor, 'story.write', objectOf(organization));
}

function objectOf(organization: string | null) {
  return organization === null ? {} : { organization };
}

function grantedOrganizations({ actor }: Context): readonly string[] {
  if (actor.kind !== 'person') return [];
  return actor.grants
    .map(({ organization }) => organization)
    .filter((slug) => slug !== null)
    .filter((organization) => can(actor, 'story.write', { organization }));
}

function by(context: Context) {
  return { actor: actorName(context.actor), now: context.now() };
}
