// Cuts a collection notice into what it says: streams, days, and what narrows them; words that nothing explains are kept apart.
import { foldText } from '../../../lib/text.ts';
import {
  amountNumber,
  amountPattern,
  containerPattern,
  datePattern,
  dayPattern,
  monthNumber,
  monthPattern,
  ordinalNumber,
  ordinalPattern,
  streamCode,
  streamPattern,
  timePattern,
  weekdayNumber,
} from './words.ts';

export type TextItem =
  | { readonly kind: 'stream'; readonly code: string }
  | { readonly kind: 'days'; readonly weekdays: readonly number[]; readonly nth: readonly number[] }
  | { readonly kind: 'dates'; readonly dates: readonly string[] }
  | { readonly kind: 'parity'; readonly weeks: 'even' | 'odd' }
  | { readonly kind: 'interval'; readonly weeks: number }
  | { readonly kind: 'start'; readonly date: string; readonly weekday: number | null }
  | { readonly kind: 'season'; readonly from: string; readonly to: string }
  | { readonly kind: 'time'; readonly text: string }
  /** The notice says that it gives no day. */
  | { readonly kind: 'noDay' }
  /** A comma, or a stop that ends a clause. */
  | { readonly kind: 'comma' | 'stop' | 'and' };

export type Tokens = {
  readonly items: readonly TextItem[];
  /** Runs of words as they are written that nothing explains. */
  readonly unread: readonly string[];
};

type Words = RegExpExecArray;
/** Null: it says nothing more; undefined: it is not that after all. */
type Make = (found: Words, original: string) => TextItem | null | undefined;

const weekdays = (text: string) =>
  [...text.matchAll(new RegExp(`\\b${dayPattern}(?= |$)`, 'g'))].map(([word]) => weekdayNumber(word));
const dates = (text: string) => [...text.matchAll(new RegExp(datePattern, 'g'))].map(([date]) => date);
const monthsIn = (text: string) =>
  [...text.matchAll(new RegExp(`\\b${monthPattern}(?= |$)`, 'g'))].map(([word]) => word.trim());
const all = [1, 2, 3, 4, 5, 6, 7];
const joint = '(?:,|et|&|/)';

/** In this order: what is longer comes before what it begins with. */
const rules: readonly (readonly [pattern: string, make: Make])[] = [
  ['(?:[;|]|<stop>)', () => ({ kind: 'stop' })],
  [',', () => ({ kind: 'comma' })],
  ['et|&|\\+', () => ({ kind: 'and' })],
  [
    `(?:a (?:partir|compter) du|des le|depuis le|en commencant le|(?:premiere|1ere) collecte(?: le)?)(?: (${dayPattern}))? (${datePattern})`,
    ([, day, date = '']) => ({ kind: 'start', date, weekday: day === undefined ? null : weekdayNumber(day) }),
  ],
  [
    `(?:du|entre le) (${datePattern}) (?:au|et le|jusqu au) (${datePattern})`,
    ([, from = '', to = '']) => ({ kind: 'season', from, to }),
  ],
  [
    `(?:(?:de|d|du mois de|du mois d) )?${monthPattern} (?:a|au|-|jusqu a|jusqu en|jusqu au mois de) ${monthPattern}`,
    ([whole]) => seasonOf(monthsIn(whole)),
  ],
  [`entre ${monthPattern} et ${monthPattern}`, ([whole]) => seasonOf(monthsIn(whole))],
  [`en ${monthPattern} et ${monthPattern}`, ([whole]) => neighbours(monthsIn(whole))],
  [`(?:en|au mois de|au mois d) ${monthPattern}`, ([whole]) => seasonOf(monthsIn(whole))],
  [
    `(?:(?:les?|tous les|chaque) )?${ordinalPattern}(?: ${joint} (?:les? )?${ordinalPattern})* ${dayPattern}(?: (?:du|de chaque|par|de tous les) mois)?`,
    ([whole]) => ({
      kind: 'days',
      weekdays: weekdays(whole).slice(-1),
      nth: whole
        .split(' ')
        .map(ordinalNumber)
        .filter((nth) => nth !== 0),
    }),
  ],
  [
    `(?:les? )?${datePattern}(?: ${joint} (?:les? )?${datePattern})*`,
    ([whole]) => ({ kind: 'dates', dates: dates(whole) }),
  ],
  [`du ${dayPattern} au ${dayPattern}`, ([whole]) => rangeOf(weekdays(whole))],
  [
    `(?:tous les jours|chaque jour|quotidien(?:ne)?)(?: sauf(?: les?)? ${dayPattern}(?: ${joint}(?: les?)? ${dayPattern})*)?`,
    ([whole]) => ({ kind: 'days', weekdays: all.filter((day) => !weekdays(whole).includes(day)), nth: [] }),
  ],
  ['tous les (?:15|quinze|14|quatorze) jours|par quinzaine', () => ({ kind: 'interval', weeks: 2 })],
  [`toutes les (${amountPattern}) semaines`, ([, amount = '']) => ({ kind: 'interval', weeks: amountNumber(amount) })],
  [
    `(?:1|une) semaine sur (${amountPattern})`,
    ([, amount = '']) => ({ kind: 'interval', weeks: amountNumber(amount) }),
  ],
  ['(?:(?:les )?(?:semaines?|sem)(?: \\.)? )?impaires?', () => ({ kind: 'parity', weeks: 'odd' })],
  ['(?:(?:les )?(?:semaines?|sem)(?: \\.)? )?paires?', () => ({ kind: 'parity', weeks: 'even' })],
  [
    '(?:jours?|dates?) non (?:precisee?s?|renseignee?s?|communiquee?s?)(?: \\( conteneurs? \\))?|sans jour fixe',
    () => ({ kind: 'noDay' }),
  ],
  [
    `(?:(?:a partir de|des|avant|apres|entre|de|vers|a) )?${timePattern}(?: (?:a|et|-|jusqu a) ${timePattern})?`,
    (_, text) => ({ kind: 'time', text }),
  ],
  [
    '(?:(?:le|en|au|des le) )?(?:matin|matinee|soir|soiree)|(?:(?:l|en debut d|en fin d) )?apres - midi',
    (_, text) => ({ kind: 'time', text }),
  ],
  [`(?:chaque|tous les|les?) ${dayPattern}`, ([whole]) => ({ kind: 'days', weekdays: weekdays(whole), nth: [] })],
  [dayPattern, ([whole]) => ({ kind: 'days', weekdays: weekdays(whole), nth: [] })],
  [streamPattern, ([whole]) => ({ kind: 'stream', code: streamCode(whole) })],
  // Words that say nothing more.
  ['toutes les semaines|chaque semaine|hebdomadaires?|(?:1|une) fois par semaine|toute l annee', () => null],
  [
    `${containerPattern}|(?:collect|ramassag|passag)es?|jours? de (?:collecte|passage|ramassage)|est|sont|les?|la|l|des?|du|d|a|au|aux|[:().-]`,
    () => null,
  ],
];
const compiled = rules.map(([pattern, make]) => [new RegExp(`(?:${pattern})(?= |$)`, 'y'), make] as const);

/** Tags, entities and odd blanks of notices copied from web pages are taken away first. */
export function tokensOf(notice: string): Tokens {
  const words = wordsOf(notice);
  const folded = words.map((word) => (word === '\n' ? '<stop>' : foldText(word)));
  const text = folded.join(' ');
  const items: TextItem[] = [];
  const unread: string[] = [];
  let lastUnread = -2;
  for (let at = 0, index = 0; index < words.length; ) {
    const { length, item } = ruleAt(text, at, words, index);
    if (length === 0) {
      const word = words[index] ?? '';
      if (lastUnread === index - 1) unread.push(`${unread.pop()} ${word}`);
      else unread.push(word);
      lastUnread = index;
    } else if (item !== null) items.push(item);
    const taken = length === 0 ? 1 : text.slice(at, at + length).split(' ').length;
    for (let step = 0; step < taken; step++) at += (folded[index + step]?.length ?? 0) + 1;
    index += taken;
  }
  return { items, unread };
}

function ruleAt(text: string, at: number, words: readonly string[], index: number) {
  for (const [pattern, make] of compiled) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null || found[0] === '') continue;
    const taken = found[0].split(' ').length;
    const item = make(found, words.slice(index, index + taken).join(' '));
    if (item !== undefined) return { length: found[0].length, item };
  }
  return { length: 0, item: null };
}

const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  quot: '"',
  apos: '’',
  eacute: 'é',
  egrave: 'è',
};

function wordsOf(notice: string): readonly string[] {
  const plain = notice
    .replace(/<br\s*\/?>/gi, ' , ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\r\n?/g, '\n');
  return (
    plain.match(
      /\n|\d{4}-\d\d-\d\d|\d{1,2}\/\d{1,2}(?:\/\d{4})?|\d{1,2}:\d\d|\d{1,2}h(?:\d\d)?(?!\p{L})|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}'’]/giu,
    ) ?? []
  ).map((word) => (word === '–' || word === '—' ? '-' : word));
}

/** « en juillet et août » is a stretch of the year, « en avril et octobre » is not. */
function neighbours(months: readonly string[]): TextItem | undefined {
  const [one = '', other = ''] = months;
  return monthNumber(other) === (monthNumber(one) % 12) + 1 ? seasonOf(months) : undefined;
}

function seasonOf(months: readonly string[]): TextItem {
  return { kind: 'season', from: months[0] ?? '', to: months.at(-1) ?? '' };
}

/** « du lundi au vendredi »; « du samedi au mardi » goes over the turn of the week. */
function rangeOf([from = 1, to = 7]: readonly number[]): TextItem {
  const length = ((to - from + 7) % 7) + 1;
  return { kind: 'days', weekdays: Array.from({ length }, (_, index) => ((from - 1 + index) % 7) + 1), nth: [] };
}
