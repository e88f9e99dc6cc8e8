// Pure decisions of the catalogue's search: how a query is read, which words are kept, which word was meant.
import { foldedWords, foldText } from '../../lib/text.ts';
import type { Field, FieldProfile } from '../../model/field.ts';
import type { Match } from './schemas.ts';

/** One part of a query: folded words, to be found side by side when there are several. */
export type SearchTerm = {
  readonly words: readonly string[];
  /** As it was typed, without quotes or minus. */
  readonly typed: string;
  readonly kind: 'word' | 'phrase' | 'excluded';
};

/** Longer queries are cut: nobody types them, and each term costs. */
const queryLength = 500;
const termsAtMost = 20;
/** The shortest word that is worth keeping for corrections. */
const shortestWord = 3;
const wordsPerText = 400;

/**
 * Reads a query as people type it: words that must all be there, "words in this order", -word that must not. A word cut
 * by a hyphen or an apostrophe is several words.
 */
export function readQuery(q: string): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  const quoted = q.slice(0, queryLength).replace(/[«»“”]/g, '"');
  for (const [, minus = '', phrase, word] of quoted.matchAll(/(?<![^\s])(-?)(?:"([^"]*)"?|([^\s"]+))/g)) {
    const typed = phrase ?? word ?? '';
    const words = wordsOf(typed);
    if (words.length === 0) continue;
    if (minus === '-') terms.push({ words, typed, kind: 'excluded' });
    else if (phrase !== undefined) terms.push({ words, typed, kind: 'phrase' });
    else for (const part of splitTyped(typed)) terms.push({ words: wordsOf(part), typed: part, kind: 'word' });
  }
  return terms.slice(0, termsAtMost);
}

/** The query that terms were read from. */
export function writeQuery(terms: readonly SearchTerm[]): string {
  const written = { word: (t: string) => t, phrase: (t: string) => `"${t}"`, excluded: (t: string) => `-${t}` };
  return terms.map((term) => written[term.kind](term.typed)).join(' ');
}

/** The words of texts that a mistyped word may be compared to: folded, and how the text writes them (with accents). */
export function wordsToKnow(texts: readonly string[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const text of texts) {
    for (const shown of splitTyped(text.toLowerCase().normalize('NFC')).slice(0, wordsPerText)) {
      const word = foldText(shown);
      if (word.length >= shortestWord && /^[a-z]+$/.test(word) && !known.has(word)) known.set(word, shown);
    }
  }
  return known;
}

export type KnownWord = { readonly word: string; readonly shown: string; readonly uses: number };

/**
 * The known word that was meant by a mistyped one: the fewest slips away, then the most used. Null when none is near
 * enough: one slip in a short word, two in a longer one, three in a long one.
 */
export function meantWord(typed: string, known: readonly KnownWord[]): KnownWord | null {
  const allowed = typed.length <= 4 ? 1 : typed.length <= 8 ? 2 : 3;
  const near = known
    .map((candidate) => ({ candidate, slips: slipsBetween(typed, candidate.word) }))
    .filter(({ slips }) => slips <= allowed)
    .toSorted(
      (a, b) =>
        a.slips - b.slips || b.candidate.uses - a.candidate.uses || (a.candidate.word < b.candidate.word ? -1 : 1),
    );
  return near[0]?.candidate ?? null;
}

/** Letters added, lost, changed, or two neighbours swapped ("ecloe" is one slip from "ecole"). */
export function slipsBetween(from: string, to: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let slips = Math.min((row[j - 1] ?? 0) + (same ? 0 : 1), (next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      next.push(slips);
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}

const matchesAtMost = 3;

/** In which columns of a dataset the words of a query are: in their titles first, then in their most frequent values. */
export function matchesIn(
  dataset: string,
  terms: readonly SearchTerm[],
  fields: readonly Field[],
  profiles: readonly FieldProfile[],
): readonly Match[] {
  const asked = terms.filter((term) => term.kind !== 'excluded').flatMap((term) => term.words);
  const holds = (text: string) => wordsOf(text).some((word) => asked.some((one) => isLike(word, one)));
  const titleOf = ({ name, title }: Field) => title || name;
  const titles = fields.map(titleOf).filter(holds);
  const inTitles = titles.map((column) => ({ dataset, column, value: null }));
  const inValues = fields.flatMap((field) => {
    const top = profiles.find((profile) => profile.name === field.name)?.top ?? [];
    const value = top.find((one) => holds(one.value))?.value;
    return value === undefined ? [] : [{ dataset, column: titleOf(field), value }];
  });
  return [...inTitles, ...inValues].slice(0, matchesAtMost);
}

/** Whether two folded words are the same but for how they end: an unfinished word, a plural. */
function isLike(word: string, asked: string): boolean {
  if (word.startsWith(asked)) return true;
  const stem = asked.replace(/(?:es|s|x|e)$/, '');
  return stem.length >= shortestWord && word.startsWith(stem) && word.length <= asked.length + 2;
}

function wordsOf(text: string): readonly string[] {
  return foldedWords(text, '-')
    .split('-')
    .filter((word) => word !== '');
}

function splitTyped(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}
