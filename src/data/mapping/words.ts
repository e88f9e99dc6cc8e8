// What the words of two headers have in common, between 0 and 1: short forms, plurals, endings and synonyms forgiven.
import { headerWords } from '../../lib/header-words.ts';
import { editDistance } from '../../lib/nearest.ts';
import { plainWords, sameIdeas, shortForms, tyingWords } from './lexicon.ts';

/** A word of a header: what it may stand for. */
type Word = readonly string[];

const ideasOf = new Map<string, Set<number>>();
for (const [idea, words] of sameIdeas.entries())
  for (const word of words) ideasOf.set(stem(word), (ideasOf.get(stem(word)) ?? new Set()).add(idea));

/** The words that mean something, each with what it may stand for. */
export function wordsOf(header: string): readonly Word[] {
  const words = headerWords(header)
    .flatMap(apart)
    .filter((word) => !tyingWords.has(word) && !/^\d{4,}$/.test(word));
  const meant = words.map((word) => (Object.hasOwn(shortForms, word) ? (shortForms[word] ?? []) : [word]));
  const kept = meant.filter((word) => word.length > 0);
  return (kept.length > 0 ? kept : words.map((word) => [word])).map((word) => word.map(stem));
}

/** « IDBASE » is the identifier of a base, « LIBTYPE » the name of a type. */
function apart(word: string): readonly string[] {
  const named = /^lib([a-z]{4,})$/.exec(word)?.[1];
  if (named !== undefined && !word.startsWith('libell') && !word.startsWith('libre')) return [named];
  const rest = /^id([a-z]{3,})$/.exec(word)?.[1];
  return rest === undefined || word.startsWith('ident') ? [word] : ['id', rest];
}

/** Plurals and feminine endings say nothing here: « communes », « municipale ». */
function stem(word: string): string {
  // « commune » is no feminine of « commun ».
  if (word.length <= 4 || word.startsWith('commune')) return word.slice(0, 7);
  return word
    .replace(/(?:s|x)$/, '')
    .replace(/(?:ees|ee|es|e)$/, '')
    .replace(/(?:ation|ement)$/, '');
}

/** How near two words are: 1 for the same, less for a beginning, a misspelling, a synonym; 0 for strangers. */
function nearness(a: Word, b: Word): number {
  let best = 0;
  for (const x of a) for (const y of b) best = Math.max(best, nearTo(x, y));
  return best;
}

function nearTo(x: string, y: string): number {
  if (x === y) return 1;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  if (short.length >= 4 && long.startsWith(short)) return 0.85;
  if (short.length >= 6 && editDistance(x, y) === 1) return 0.85;
  const ideas = ideasOf.get(x);
  const others = ideasOf.get(y);
  return ideas !== undefined && others !== undefined && [...ideas].some((idea) => others.has(idea)) ? 0.72 : 0;
}

export type Likeness = {
  readonly share: number;
  /** Whether a synonym was needed. */
  readonly synonym: boolean;
};

/**
 * How much two headers say the same. @param weigh the weight of a word: those that every field of a schema has weigh little
 */
export function likeness(a: readonly Word[], b: readonly Word[], weigh: (word: Word) => number): Likeness {
  if (a.length === 0 || b.length === 0) return { share: 0, synonym: false };
  let synonym = false;
  const side = (from: readonly Word[], to: readonly Word[]) => {
    let met = 0;
    let all = 0;
    for (const [place, word] of from.entries()) {
      // In French the head comes first: « date de la convention » is a date.
      const weight = weigh(word) * (place === 0 ? 1.25 : 1);
      const best = Math.max(...to.map((other) => nearness(word, other)));
      if (best > 0 && best < 0.8) synonym = true;
      met += weight * best;
      all += weight;
    }
    return met / all;
  };
  const [there, back] = [side(a, b), side(b, a)];
  // A long title that says all of a short name and more is nearly as good as the name.
  const share = Math.max((there + back) / 2, Math.min(there, back) * 0.5 + Math.max(there, back) * 0.42);
  // « numéro de projet » is a number: what is like its second word alone is something else.
  const head = a.find((word) => !(word.length === 1 && word[0] === 'nom')) ?? [];
  const headed = b.some((word) => nearness(head, word) > 0);
  return { share: headed ? share : share * 0.85, synonym };
}

/**
 * Weighs words by how many fields of a schema have them, and by how much they say.
 * @param context the words of what the schema is about: in its tables they say nothing
 */
export function weigher(fields: readonly (readonly Word[])[], context: readonly Word[]): (word: Word) => number {
  const about = new Set(context.flat());
  const uses = new Map<string, number>();
  for (const words of fields) for (const word of new Set(words.flat())) uses.set(word, (uses.get(word) ?? 0) + 1);
  return (word) => {
    const common = Math.min(...word.map((each) => uses.get(each) ?? 1));
    const plain = word.some((each) => plainStems.has(each)) ? 0.5 : 1;
    if (common > 3 && common > fields.length * 0.4) return 0.08;
    if (word.some((each) => about.has(each))) return plain * 0.25;
    return plain / (1 + Math.log2(Math.max(1, common)) * 0.5);
  };
}

const plainStems = new Set([...plainWords].map(stem));
