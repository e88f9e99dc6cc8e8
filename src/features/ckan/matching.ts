// Which packages a Solr query selects, and how well: in memory, on the values that CKAN's index holds. Pure.
import { TerroirError } from '../../lib/errors.ts';
import { foldedWords } from '../../lib/text.ts';
import type { Package } from './packages.ts';
import type { SolrNode } from './solr.ts';

/** A package as the index knows it: several values per field. */
export type Indexed = {
  readonly package: Package;
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The words of the values of a field, reckoned once. */
  words(field: string): readonly Worded[];
};

type Worded = { readonly words: readonly string[]; readonly stems: readonly string[] };

const indexed = new WeakMap<Package, Indexed>();

/** What the index holds of a package, reckoned once. */
export function indexOf(one: Package): Indexed {
  const known = indexed.get(one);
  if (known !== undefined) return known;
  const values = valuesOf(one);
  const read = new Map<string, readonly Worded[]>();
  const entry: Indexed = {
    package: one,
    values,
    words(field) {
      const before = read.get(field);
      if (before !== undefined) return before;
      const worded = (values.get(field) ?? []).map((value) => {
        const words = wordsOf(value);
        return { words, stems: words.map(stem) };
      });
      read.set(field, worded);
      return worded;
    },
  };
  indexed.set(one, entry);
  return entry;
}

function valuesOf(one: Package): ReadonlyMap<string, readonly string[]> {
  const groups = one.groups.map(({ name }) => name);
  const tags = one.tags.map(({ name }) => name);
  const titles = [one.organization.title, ...one.groups.map(({ title }) => title)];
  const formats = [...new Set(one.resources.map(({ format }) => format))];
  const files = one.resources.map(({ name }) => name);
  return new Map<string, readonly string[]>([
    ['id', [one.id]],
    ['name', [one.name]],
    ['title', [one.title]],
    ['title_string', [one.title]],
    ['notes', [one.notes]],
    ['author', [one.author]],
    ['maintainer', [one.maintainer]],
    ['tags', tags],
    ['groups', groups],
    ['organization', [one.organization.name]],
    ['owner_org', [one.owner_org]],
    ['license_id', [one.license_id]],
    ['license', [one.license_title]],
    ['res_format', formats],
    ['res_name', files],
    ['res_url', one.resources.map(({ url }) => url)],
    ['url', [one.url]],
    ['dataset_type', [one.type]],
    ['type', [one.type]],
    ['state', [one.state]],
    ['private', [String(one.private)]],
    ['capacity', [one.private ? 'private' : 'public']],
    ['num_resources', [String(one.num_resources)]],
    ['num_tags', [String(one.num_tags)]],
    ['metadata_created', [one.metadata_created]],
    ['metadata_modified', [one.metadata_modified]],
    ...one.extras.flatMap(({ key, value }) => [[`extras_${key}`, [value]] as const, [key, [value]] as const]),
    ['text', [one.title, one.notes, one.name, ...tags, ...groups, ...titles, ...files]],
  ]);
}

/** Fields whose words are looked for; the others are compared as they are. */
const worded = new Set(['title', 'notes', 'author', 'maintainer', 'license', 'res_name', 'text']);
const timed = new Set(['metadata_created', 'metadata_modified']);
const numbered = new Set(['num_resources', 'num_tags']);

/** Whether the query selects the package. @throws TerroirError ckan.search when a bound is no date or number */
export function isSelected(node: SolrNode, entry: Indexed, now: Date): boolean {
  const { values } = entry;
  const test = (one: SolrNode): boolean => {
    switch (one.kind) {
      case 'all':
        return true;
      case 'and':
        return one.items.every(test);
      case 'or':
        return one.items.some(test);
      case 'not':
        return !test(one.of);
      case 'range':
        return inRange(one, values.get(one.field ?? 'text') ?? [], now);
      case 'term':
        return hasTerm(one, entry, now);
    }
  };
  return test(node);
}

type Term = Extract<SolrNode, { kind: 'term' }>;
type Range = Extract<SolrNode, { kind: 'range' }>;

function hasTerm({ field, text, phrase }: Term, entry: Indexed, now: Date): boolean {
  const name = field ?? 'text';
  const values = entry.values.get(name) ?? [];
  // `field:*` is whatever has a value.
  if (text === '*' && !phrase) return values.some((value) => value !== '');
  if (timed.has(name)) return values.some((value) => timeOf(value, now) === timeOf(text, now));
  if (worded.has(name)) return hasWords(entry.words(name), text, phrase);
  return values.some((value) => isLike(value.toLowerCase(), text.toLowerCase()));
}

/** Words in any form of number; side by side of a phrase; `ecol*` is a beginning. */
function hasWords(values: readonly Worded[], text: string, phrase: boolean): boolean {
  if (!phrase && /[*?]/.test(text)) {
    const pattern = text
      .split(/([*?]+)/)
      .map((part, i) => (i % 2 === 1 ? part : foldedWords(part, '-')))
      .join('');
    return values.some(({ words }) => words.some((word) => isLike(word, pattern)));
  }
  const wanted = wordsOf(text)
    .filter((word) => word !== '')
    .map(stem);
  if (wanted.length === 0) return false;
  return values.some(({ stems }) => stems.some((_stem, i) => wanted.every((word, j) => stems[i + j] === word)));
}

function wordsOf(text: string): readonly string[] {
  return foldedWords(text, '-').split('-');
}

/** The plural is forgiven. */
function stem(word: string): string {
  return word.length > 3 ? word.replace(/(?:aux|[sx])$/, (end) => (end === 'aux' ? 'al' : '')) : word;
}

/** `*` is any text, `?` one character: compared in one pass, whatever the pattern. */
function isLike(value: string, pattern: string): boolean {
  let [v, p, star, from] = [0, 0, -1, 0];
  while (v < value.length) {
    if (pattern[p] === '*') {
      star = p++;
      from = v;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === value[v])) {
      p++;
      v++;
    } else if (star !== -1) {
      p = star + 1;
      v = ++from;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function inRange(range: Range, values: readonly string[], now: Date): boolean {
  const name = range.field ?? 'text';
  const read: (text: string) => number | string = timed.has(name)
    ? (text) => timeOf(text, now)
    : numbered.has(name)
      ? numberOf
      : (text) => text.toLowerCase();
  const [low, high] = [range.low, range.high].map((bound) => (bound === null ? null : read(bound)));
  return values.map(read).some((value) => {
    if (low !== null && low !== undefined && (range.lowIncluded ? value < low : value <= low)) return false;
    return !(high !== null && high !== undefined && (range.highIncluded ? value > high : value >= high));
  });
}

function numberOf(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw invalid(text, 'number');
}

function invalid(text: string, expected: string): TerroirError {
  return new TerroirError('ckan.search', {
    reason: `Search Query is invalid: "${text.slice(0, 100)}" is no ${expected}`,
  });
}

const units: Readonly<Record<string, number>> = {
  MILLI: 1,
  SECOND: 1e3,
  MINUTE: 6e4,
  HOUR: 36e5,
  DAY: 864e5,
  WEEK: 6048e5,
};

/** A date of the index, `2024-05-03T10:00:00.123456Z`, or Solr's reckoning: `NOW-7DAYS/DAY`. */
function timeOf(text: string, now: Date): number {
  const written =
    /^(NOW|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?Z?)((?:[+-]\d{1,6}[A-Z]+|\/[A-Z]+)*)$/.exec(text);
  const [, start = '', steps = ''] = written ?? [];
  const zoned = start.includes('T') && !start.endsWith('Z') ? `${start}Z` : start.replace(/^([\d-]{10})Z$/, '$1');
  let time = start === 'NOW' ? now.getTime() : Date.parse(zoned.replace(/(\.\d{3})\d+/, '$1'));
  if (written === null || Number.isNaN(time)) throw invalid(text, 'date');
  for (const [, sign, count, unit, rounded] of steps.matchAll(/([+-])(\d+)([A-Z]+)|\/([A-Z]+)/g)) {
    const name = (unit ?? rounded ?? '').replace(/S$/, '');
    const amount = sign === '-' ? -Number(count) : Number(count);
    time = rounded === undefined ? later(time, amount, name, text) : floored(time, name, text);
    if (Number.isNaN(time)) throw invalid(text, 'date');
  }
  return time;
}

function later(time: number, amount: number, unit: string, text: string): number {
  const fixed = units[unit];
  if (fixed !== undefined) return time + amount * fixed;
  const date = new Date(time);
  if (unit === 'MONTH') date.setUTCMonth(date.getUTCMonth() + amount);
  else if (unit === 'YEAR') date.setUTCFullYear(date.getUTCFullYear() + amount);
  else throw invalid(text, 'date');
  return date.getTime();
}

function floored(time: number, unit: string, text: string): number {
  const fixed = units[unit];
  if (fixed !== undefined && unit !== 'WEEK') return Math.floor(time / fixed) * fixed;
  const date = new Date(time);
  if (unit === 'MONTH') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  if (unit === 'YEAR') return Date.UTC(date.getUTCFullYear(), 0, 1);
  throw invalid(text, 'date');
}

/** How well a package answers: a word of the title weighs more than one of its tags, these more than the description. */
export function scoreOf(node: SolrNode, entry: Indexed, now: Date): number {
  const weights = { title: 4, name: 3, tags: 2, groups: 2, notes: 1 } as const;
  const score = (one: SolrNode): number => {
    if (one.kind === 'and' || one.kind === 'or') return one.items.reduce((sum, item) => sum + score(item), 0);
    if (one.kind !== 'term' || one.field !== null) return 0;
    return Object.entries(weights)
      .filter(([field]) => hasWords(entry.words(field), one.text, one.phrase))
      .reduce((sum, [, weight]) => sum + weight, isSelected(one, entry, now) ? 1 : 0);
  };
  return score(node);
}
