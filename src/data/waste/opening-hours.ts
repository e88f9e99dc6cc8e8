// What OpenStreetMap's opening hours say of a day: seasons, weekdays, public holidays; the last rule that speaks of a day wins.
import type { Day, HolidayZone } from '../../model/waste.ts';
import { dayOf, partsOf, sureNumber, weekdayOf } from './days.ts';
import { publicHolidays } from './holidays.ts';

/** From and to in minutes since midnight. */
export type Span = { readonly from: number; readonly to: number };

type MonthDays = {
  readonly from: readonly [month: number, date: number];
  readonly to: readonly [month: number, date: number];
};
type Rule = {
  /** Null: the whole year. */
  readonly seasons: readonly MonthDays[] | null;
  /** Null: every day, holidays included. */
  readonly days: ReadonlySet<number> | null;
  readonly holidays: boolean;
  readonly spans: readonly Span[];
};

export type OpeningHours = readonly Rule[];

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = `(?:${monthNames.join('|')})`;
const date = `${month}(?: \\d{1,2})?`;
const dates = `${date}(?:-(?:${date}|\\d{1,2}))?`;
const day = `(?:${[...dayNames, 'PH'].join('|')})`;
const days = `${day}(?:-${day})?`;
const clock = '\\d{1,2}:\\d\\d';
const ruleShape = new RegExp(
  `^(?:(${dates}(?:, ?${dates})*):? ?)?(?:(${days}(?:, ?${days})*) ?)?(?:(${clock}-${clock}(?:, ?${clock}-${clock})*)|(off|closed)|(24/7))?$`,
);

/** @returns null for hours that this reader does not understand: then nothing is said of them, rather than something wrong */
export function readOpeningHours(text: string): OpeningHours | null {
  const rules = text
    .trim()
    .replace(/;\s*$/, '')
    .split(/\s*;\s*/)
    .map(readRule);
  return rules.length === 0 || rules.some((rule) => rule === null) ? null : rules.filter((rule) => rule !== null);
}

function readRule(text: string): Rule | null {
  const found = ruleShape.exec(text);
  if (found === null || text === '') return null;
  const [, seasons, names, times, off, always] = found;
  if (times === undefined && off === undefined && always === undefined) return null;
  const weekdays = names === undefined ? null : weekdaysOf(names);
  const spans = always === undefined ? spansOf(times ?? '') : [{ from: 0, to: 1440 }];
  const stretches = seasons === undefined ? null : seasons.split(/, ?/).map(stretchOf);
  if (spans === null || stretches?.some((each) => each === null)) return null;
  return {
    seasons: stretches?.filter((each) => each !== null) ?? null,
    days: weekdays,
    holidays: names?.includes('PH') ?? false,
    spans,
  };
}

function weekdaysOf(names: string): ReadonlySet<number> {
  const all = new Set<number>();
  for (const part of names.split(/, ?/)) {
    const [from = '', to = from] = part.split('-');
    const first = dayNames.indexOf(from);
    const length = (dayNames.indexOf(to) - first + 7) % 7;
    if (first !== -1) for (let step = 0; step <= length; step++) all.add(((first + step) % 7) + 1);
  }
  return all;
}

function spansOf(times: string): readonly Span[] | null {
  if (times === '') return [];
  const spans = times.split(/, ?/).map((span) => {
    const [from = 0, to = 0] = span.split('-').map((each) => {
      const [hours = 0, minutes = 0] = each.split(':').map(Number);
      return minutes < 60 ? hours * 60 + minutes : Number.NaN;
    });
    return { from, to };
  });
  // A recycling centre that closes after midnight would need two days: none does.
  const good = spans.every(({ from, to }) => from < to && to <= 1440);
  return good ? spans.toSorted((one, other) => one.from - other.from) : null;
}

function stretchOf(text: string): MonthDays | null {
  const [begin = '', end = begin] = text.split('-');
  const [name = '', from = '1'] = begin.split(' ');
  const first = monthNames.indexOf(name) + 1;
  const bare = /^\d/.test(end) ? `${name} ${end}` : end;
  const [last = '', to = ''] = bare.split(' ');
  const second = monthNames.indexOf(last) + 1;
  const lastDate = to === '' ? (text.includes('-') || !begin.includes(' ') ? 31 : Number(from)) : Number(to);
  return first === 0 || second === 0 ? null : { from: [first, Number(from)], to: [second, lastDate] };
}

/** When it is open on a day, in order; nothing when it is closed. */
export function spansOn(
  hours: OpeningHours,
  day: Day,
  { closed = [], zone = 'metropole' }: { readonly closed?: readonly Day[]; readonly zone?: HolidayZone } = {},
): readonly Span[] {
  if (closed.includes(day)) return [];
  const number = sureNumber(day);
  const { year, month: at, date: on } = partsOf(number);
  const holiday = publicHolidays(year, zone).some((each) => each.date === day);
  const speaks = ({ seasons, days: weekdays, holidays }: Rule) =>
    (seasons === null || seasons.some((each) => inStretch(each, at * 100 + on))) &&
    (weekdays === null || weekdays.has(weekdayOf(number)) || (holidays && holiday));
  return hours.findLast(speaks)?.spans ?? [];
}

function inStretch({ from, to }: MonthDays, monthDay: number): boolean {
  const [first, last] = [from[0] * 100 + from[1], to[0] * 100 + to[1]];
  return first <= last ? first <= monthDay && monthDay <= last : first <= monthDay || monthDay <= last;
}

export type OpeningState =
  | { readonly open: true; readonly closes: number }
  /** Null: nothing in the coming year. */
  | { readonly open: false; readonly next: { readonly day: Day; readonly at: number } | null };

/** Whether it is open at a minute of a day in Paris, when it closes, else when it opens next. */
export function openingState(
  hours: OpeningHours,
  day: Day,
  minute: number,
  exceptions: { readonly closed?: readonly Day[]; readonly zone?: HolidayZone } = {},
): OpeningState {
  const today = spansOn(hours, day, exceptions);
  const now = today.find(({ from, to }) => from <= minute && minute < to);
  if (now !== undefined) return { open: true, closes: now.to };
  const later = today.find(({ from }) => from > minute);
  if (later !== undefined) return { open: false, next: { day, at: later.from } };
  const number = sureNumber(day);
  for (let ahead = 1; ahead <= 366; ahead++) {
    const [first] = spansOn(hours, dayOf(number + ahead), exceptions);
    if (first !== undefined) return { open: false, next: { day: dayOf(number + ahead), at: first.from } };
  }
  return { open: false, next: null };
}
