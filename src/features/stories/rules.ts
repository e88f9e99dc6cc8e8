// What a story must be before it is kept, the words by which it is found, its address. Pure.
import { TerroirError } from '../../lib/errors.ts';
import { foldText, slugify } from '../../lib/text.ts';
import { type StoryInput, type StoryKind, storyKinds } from './schemas.ts';

/** Characters of each text; live blocks of a text (each is a question to the engine); datasets that it names. */
export const storyLimits = { title: 150, lead: 500, body: 40_000, blocks: 12, datasets: 8, reason: 500 } as const;
const shortestTitle = 3;
const longestSlug = 80;
/** Addresses of the room itself. */
const reserved = ['new'];

/** What a form says, as a story; what is left out is empty. */
export function readInput(form: URLSearchParams): StoryInput {
  const text = (name: string) => written(form.get(name) ?? '').trim();
  const kind: StoryKind = storyKinds.find((one) => one === form.get('kind')) ?? 'story';
  const datasets = text('datasets')
    .split(/[\s,;]+/)
    // Whole addresses are pasted too.
    .map((said) => /\/datasets\/([^/?#]+)/.exec(said)?.[1] ?? said)
    .filter((said) => said !== '');
  return {
    kind,
    organization: text('organization') === '' ? null : text('organization'),
    title: text('title').replace(/\s+/g, ' '),
    lead: text('lead').replace(/\s+/g, ' '),
    body: written(form.get('body') ?? '').trimEnd(),
    datasets: [...new Set(datasets)],
    commune: text('commune') === '' ? null : text('commune'),
  };
}

/** What PostgreSQL can keep, with line ends of one kind. */
function written(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replaceAll('\r\n', '\n');
}

/**
 * Refuses what is too short, too long or too much.
 * @param blocks how many live blocks the text has
 * @throws TerroirError story.titleInvalid, story.leadInvalid, story.bodyTooLong, story.tooManyBlocks, story.tooManyDatasets
 */
export function checkInput(input: StoryInput, blocks: number): void {
  const { title, lead, body, datasets } = input;
  if (title.length < shortestTitle || title.length > storyLimits.title)
    throw new TerroirError('story.titleInvalid', { max: storyLimits.title });
  if (lead === '' || lead.length > storyLimits.lead)
    throw new TerroirError('story.leadInvalid', { max: storyLimits.lead });
  if (body.length > storyLimits.body)
    throw new TerroirError('story.bodyTooLong', { max: storyLimits.body, count: body.length });
  if (blocks > storyLimits.blocks)
    throw new TerroirError('story.tooManyBlocks', { max: storyLimits.blocks, count: blocks });
  if (datasets.length > storyLimits.datasets)
    throw new TerroirError('story.tooManyDatasets', { max: storyLimits.datasets });
}

/** The address that a title gives; a number ends it where it is taken. */
export function slugOf(title: string, taken: readonly string[]): string {
  const cut = slugify(title).slice(0, longestSlug).replace(/-+$/, '');
  const base = cut === '' ? 'recit' : cut;
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(slug) && !reserved.includes(slug)) return slug;
  }
}

/** The words of a text, folded, between spaces: what searches look in. */
export function wordsOf({ title, lead, body }: Pick<StoryInput, 'title' | 'lead' | 'body'>): string {
  // What fenced blocks say is for the machine.
  const read = body.replace(/^ {0,3}(```|~~~)[\s\S]*?^ {0,3}\1.*$/gm, ' ');
  return ` ${foldedWords(`${title} ${lead} ${read}`).join(' ')} `;
}

/** The words that a search asks for; those too short to tell anything are left out. */
export function askedWords(q: string): readonly string[] {
  const small = new Set(['les', 'des', 'une', 'dans', 'pour', 'par', 'sur', 'aux', 'est', 'que', 'qui', 'the', 'and']);
  return [...new Set(foldedWords(q))].filter((word) => word.length > 2 && !small.has(word)).slice(0, 8);
}

function foldedWords(text: string): readonly string[] {
  return foldText(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
