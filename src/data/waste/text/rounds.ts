// From a collection notice to rounds: « Bacs jaune mercredi, bleu mardi » is two. What is not understood is said, not guessed.
import { type Problem, problem } from '../../../model/problem.ts';
import type { CollectionRound, Day, MonthDay, Season, WeekParity } from '../../../model/waste.ts';
import { dayNumber, daysInMonth, sureNumber, weekdayOf } from '../days.ts';
import { weekdayCodes } from '../recurrence.ts';
import { type TextItem, tokensOf } from './tokens.ts';
import { monthNumber } from './words.ts';

/** A round of a notice; the stream is null where the notice names none (the column of a table then does). */
export type TextRound = Omit<CollectionRound, 'stream'> & { readonly stream: string | null };

export type NoticeRead = {
  readonly rounds: readonly TextRound[];
  /** Whether the notice says itself that it gives no day. */
  readonly noDay: boolean;
  readonly problems: readonly Problem[];
};

type Item<K extends TextItem['kind']> = Extract<TextItem, { kind: K }>;
type When = Exclude<TextItem, { kind: 'stream' | 'stop' }>;
type Group = { readonly streams: readonly string[] } | { readonly when: readonly When[] };
type Say = (code: NoticeCode, value: string) => void;
type NoticeCode =
  | 'waste.text.unread'
  | 'waste.text.noDay'
  | 'waste.text.noStream'
  | 'waste.text.ambiguous'
  | 'waste.text.noStart'
  | 'waste.text.noYear'
  | 'waste.text.date'
  | 'waste.text.weekday';

/** @param year the year of dates that name none; null when it is not known */
export function roundsOfText(notice: string, year: number | null): NoticeRead {
  const problems: Problem[] = [];
  const say: Say = (code, value) => {
    problems.push(problem(code, 'error', { value, column: notice.trim().slice(0, 200) }));
  };
  const { items, unread } = tokensOf(notice);
  for (const words of unread) say('waste.text.unread', words);
  const noDay = items.some(({ kind }) => kind === 'noDay');
  const rounds = clausesOf(items).flatMap((clause) => roundsOfClause(clause, year, noDay, say));
  if (rounds.length === 0 && problems.length === 0 && !noDay) say('waste.text.noDay', notice.trim().slice(0, 200));
  return { rounds, noDay, problems };
}

function clausesOf(items: readonly TextItem[]): readonly (readonly Exclude<TextItem, { kind: 'stop' }>[])[] {
  const clauses: Exclude<TextItem, { kind: 'stop' }>[][] = [[]];
  for (const item of items) {
    if (item.kind === 'stop') clauses.push([]);
    else clauses.at(-1)?.push(item);
  }
  return clauses.filter((clause) => clause.length > 0);
}

const spoken = new Set(['comma', 'and', 'time']);

/** Runs of streams and runs of days in turn; commas belong to the run around them. */
function groupsOf(clause: readonly Exclude<TextItem, { kind: 'stop' }>[]): readonly Group[] {
  const groups: ({ streams: string[] } | { when: When[] })[] = [];
  for (const item of clause) {
    const last = groups.at(-1);
    if (item.kind === 'stream') {
      if (last !== undefined && 'streams' in last) last.streams.push(item.code);
      else groups.push({ streams: [item.code] });
    } else if (last !== undefined && 'when' in last) last.when.push(item);
    else if (item.kind === 'time' || !spoken.has(item.kind)) groups.push({ when: [item] });
  }
  return groups;
}

function roundsOfClause(
  clause: readonly Exclude<TextItem, { kind: 'stop' }>[],
  year: number | null,
  noDay: boolean,
  say: Say,
): readonly TextRound[] {
  let groups = groupsOf(clause);
  // « Semaines paires : bac jaune lundi, bac bleu mardi »: what comes first narrows all that follows.
  const [first] = groups;
  let common: readonly When[] = [];
  if (groups.length > 2 && first !== undefined && 'when' in first && !first.when.some(givesDays)) {
    common = first.when;
    groups = groups.slice(1);
  }
  const pairs = pairsOf(groups, noDay, say);
  return pairs.flatMap(({ streams, when }) => {
    const timed = when.find((item): item is Item<'time'> => item.kind === 'time')?.text ?? null;
    const rounds = roundsOfDays([...common, ...when], year, say);
    const named = streams.length === 0 ? [null] : [...new Set(streams)];
    return named.flatMap((stream) => rounds.map((round) => ({ ...round, stream, timeWindow: timed })));
  });
}

type Pair = { readonly streams: readonly string[]; readonly when: readonly When[] };

function pairsOf(groups: readonly Group[], noDay: boolean, say: Say): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < groups.length; at += 2) {
    const one = groups[at];
    const other = groups[at + 1];
    if (one === undefined) continue;
    const streams = 'streams' in one ? one.streams : other !== undefined && 'streams' in other ? other.streams : [];
    const when = 'when' in one ? one.when : other !== undefined && 'when' in other ? other.when : [];
    if (streams.length === 0 && groups.length > 1) say('waste.text.noStream', when.map(shown).join(' '));
    else if (when.length > 0) pairs.push({ streams, when });
    else if (!noDay) say('waste.text.noDay', streams.join(', '));
  }
  return pairs;
}

function shown(item: When): string {
  if (item.kind === 'time') return item.text;
  if (item.kind === 'days') return item.weekdays.map((day) => weekdayCodes[day - 1]).join(',');
  return item.kind;
}

function givesDays({ kind }: When): boolean {
  return kind === 'days' || kind === 'dates' || kind === 'start' || kind === 'noDay';
}

type Chunk = {
  readonly days: Item<'days'>[];
  readonly dates: Item<'dates'>[];
  readonly narrow: When[];
  joined: boolean;
};

/** « lundi semaines paires, jeudi semaines impaires » is two chunks, whichever of day and week comes first. */
function chunksOf(when: readonly When[]): readonly Chunk[] {
  const fresh = (): Chunk => ({ days: [], dates: [], narrow: [], joined: true });
  const items = when.filter(({ kind }) => kind !== 'time' && kind !== 'noDay');
  const spokenItems = items.filter(({ kind }) => kind !== 'comma' && kind !== 'and');
  const leading = spokenItems[0] !== undefined && spokenItems[0].kind !== 'days' && spokenItems[0].kind !== 'dates';
  const chunks: Chunk[] = [fresh()];
  let comma = false;
  for (const [index, item] of items.entries()) {
    const last = chunks.at(-1) ?? fresh();
    if (item.kind === 'comma' || item.kind === 'and') {
      comma = item.kind === 'comma';
      continue;
    }
    const isDay = item.kind === 'days' || item.kind === 'dates';
    const dayFollows = items.slice(index + 1).some(({ kind }) => kind === 'days' || kind === 'dates');
    const filled = last.days.length + last.dates.length > 0;
    const begins = leading ? !isDay && filled && dayFollows : isDay && filled && last.narrow.length > 0;
    const chunk = begins ? fresh() : last;
    if (begins) chunks.push(chunk);
    if (item.kind === 'days') {
      // « lundi, jeudi semaines paires »: of the Monday one cannot know.
      if (filled && !begins && comma) chunk.joined = false;
      chunk.days.push(item);
    } else if (item.kind === 'dates') chunk.dates.push(item);
    else {
      // A comma before what narrows says that it is meant for all.
      if (comma) chunk.joined = true;
      chunk.narrow.push(item);
    }
    comma = false;
  }
  return leading ? chunks.map((chunk) => ({ ...chunk, joined: true })) : chunks;
}

function roundsOfDays(when: readonly When[], year: number | null, say: Say): readonly Omit<TextRound, 'stream'>[] {
  if (when.every(({ kind }) => kind === 'noDay' || kind === 'time' || kind === 'comma' || kind === 'and')) {
    if (!when.some(({ kind }) => kind === 'noDay')) say('waste.text.noDay', when.map(shown).join(' '));
    return [];
  }
  return chunksOf(when).flatMap((chunk) => roundsOfChunk(chunk, year, say));
}

function roundsOfChunk(chunk: Chunk, year: number | null, say: Say): readonly Omit<TextRound, 'stream'>[] {
  const { days, dates, narrow } = chunk;
  if (narrow.length > 0 && !chunk.joined) {
    say('waste.text.ambiguous', [...days, ...narrow].map(shown).join(' '));
    return [];
  }
  const find = <K extends TextItem['kind']>(kind: K) =>
    narrow.find((item): item is Extract<When, Item<K>> => item.kind === kind);
  const given = find('start');
  const start = given === undefined ? null : dayOfText(given.date, year, say);
  if (given !== undefined && start === null) return [];
  if (start !== null && given?.weekday != null && weekdayOf(sureNumber(start)) !== given.weekday) {
    say('waste.text.weekday', start);
    return [];
  }
  const stretch = find('season');
  const bounds = stretch === undefined ? null : boundsOf(stretch, say);
  if (stretch !== undefined && bounds === null) return [];
  const weeks: WeekParity = find('parity')?.weeks ?? 'all';
  // « une semaine sur deux, semaines paires » says the same thing twice.
  const asked = find('interval')?.weeks ?? 1;
  const interval = asked === 2 && weeks !== 'all' ? 1 : asked;
  if (interval > 1 && start === null) {
    say('waste.text.noStart', String(interval));
    return [];
  }
  const common = {
    sector: null,
    start: start ?? bounds?.start ?? null,
    until: bounds?.until ?? null,
    weeks,
    season: bounds?.season ?? null,
    timeWindow: null,
    dates: [] as readonly Day[],
  };
  const plain = [...new Set(days.filter(({ nth }) => nth.length === 0).flatMap(({ weekdays }) => weekdays))];
  if (days.length + dates.length === 0 && start !== null) plain.push(weekdayOf(sureNumber(start)));
  const rounds: Omit<TextRound, 'stream'>[] = [];
  const every = interval === 1 ? '' : `INTERVAL=${interval};`;
  if (plain.length > 0) rounds.push({ ...common, rrule: `FREQ=WEEKLY;${every}BYDAY=${plain.map(code).join(',')}` });
  for (const { weekdays, nth } of days) {
    if (nth.length === 0) continue;
    const which = nth.flatMap((each) => weekdays.map((day) => `${each}${code(day)}`));
    rounds.push({ ...common, rrule: `FREQ=MONTHLY;BYDAY=${which.join(',')}` });
  }
  const single = dates.flatMap((each) => each.dates).map((date) => dayOfText(date, year, say));
  if (single.length > 0) rounds.push({ ...common, rrule: null, dates: single.filter((each) => each !== null) });
  if (rounds.length === 0) say('waste.text.noDay', narrow.map(shown).join(' '));
  return rounds;
}

function code(weekday: number): string {
  return weekdayCodes[weekday - 1] ?? '';
}

type Written = { readonly year: number | null; readonly month: number; readonly date: number };

/** « 6 janvier 2025 », « 1er avr. », « 06/01/2025 », « 2025-01-06 ». */
function written(text: string): Written | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso !== null) return { year: Number(iso[1]), month: Number(iso[2]), date: Number(iso[3]) };
  const [, date, month, year] = /^(\d{1,2})(?:er)?[ /](\p{L}+(?: \.)?|\d{1,2})(?:[ /](\d{4}))?$/u.exec(text) ?? [];
  if (date === undefined || month === undefined) return null;
  return {
    year: year === undefined ? null : Number(year),
    month: /^\d/.test(month) ? Number(month) : monthNumber(month),
    date: Number(date),
  };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function dayOfText(text: string, year: number | null, say: Say): Day | null {
  const read = written(text);
  const own = read?.year ?? year;
  if (read !== null && own === null) {
    say('waste.text.noYear', text);
    return null;
  }
  const day = read === null ? '' : `${String(own).padStart(4, '0')}-${two(read.month)}-${two(read.date)}`;
  if (dayNumber(day) !== null) return day;
  say('waste.text.date', text);
  return null;
}

type Bounds = { readonly season: Season | null; readonly start: Day | null; readonly until: Day | null };

/** A stretch with years happens once, one without years comes back every year. A month alone is all of it. */
function boundsOf({ from, to }: Item<'season'>, say: Say): Bounds | null {
  const first = /^\p{L}/u.test(from) ? { year: null, month: monthNumber(from), date: 1 } : written(from);
  const monthEnd = (month: number): Written => ({ year: null, month, date: daysInMonth(2024, month) });
  const last = /^\p{L}/u.test(to) ? monthEnd(monthNumber(to)) : written(to);
  const ends = first === null || last === null ? null : { first: monthDay(first), last: monthDay(last) };
  if (
    first === null ||
    last === null ||
    ends === null ||
    dayNumber(`2024-${ends.first}`) === null ||
    dayNumber(`2024-${ends.last}`) === null
  ) {
    say('waste.text.date', `${from} – ${to}`);
    return null;
  }
  if (last.year === null) return { season: { from: ends.first, to: ends.last }, start: null, until: null };
  // « du 1er novembre au 31 mars 2026 » began in the autumn before.
  const began = first.year ?? (ends.first <= ends.last ? last.year : last.year - 1);
  return { season: null, start: `${began}-${ends.first}`, until: `${last.year}-${ends.last}` };
}

function monthDay({ month, date }: Written): MonthDay {
  return `${two(month)}-${two(date)}`;
}
