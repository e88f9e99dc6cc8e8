// Recurrence rules of RFC 5545 (RRULE) on days: read once, then laid out between two days.
import { daysInMonth, numberOf, partsOf, sureNumber, weekdayOf } from './days.ts';

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
type Frequency = (typeof frequencies)[number];

/** A weekday, 1 Monday to 7 Sunday, and which one of the month or year (-1: the last one), null for all. */
export type ByDay = { readonly weekday: number; readonly nth: number | null };

export type RecurrenceRule = {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  /** The last day on which it may happen. */
  readonly until: number | null;
  readonly byDay: readonly ByDay[];
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPos: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly weekStart: number;
};

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** @returns the part that cannot be read, as a text, when the rule is not one of days */
export function readRule(text: string): RecurrenceRule | string {
  const parts = new Map<string, string>();
  for (const part of text
    .replace(/^RRULE:/i, '')
    .trim()
    .split(';')) {
    if (part.trim() === '') continue;
    const [name = '', value = ''] = part.split('=');
    const known = name.trim().toUpperCase();
    if (value.trim() === '' || parts.has(known)) return part;
    parts.set(known, value.trim().toUpperCase());
  }
  const wrong: string[] = [];
  const take = <T>(name: string, read: (value: string) => T | null, absent: T): T => {
    const value = parts.get(name);
    parts.delete(name);
    if (value === undefined) return absent;
    const found = read(value);
    if (found === null) wrong.push(`${name}=${value}`);
    return found ?? absent;
  };
  const rule: RecurrenceRule = {
    frequency: take<Frequency>('FREQ', (value) => frequencies.find((each) => each === value) ?? null, 'DAILY'),
    interval: take('INTERVAL', (value) => whole(value, 1, 1000), 1),
    count: take<number | null>('COUNT', (value) => whole(value, 1, 100_000), null),
    until: take<number | null>('UNTIL', readUntil, null),
    byDay: take('BYDAY', (value) => every(value, readByDay), []),
    byMonthDay: take('BYMONTHDAY', (value) => every(value, (each) => signed(each, 31)), []),
    byMonth: take('BYMONTH', (value) => every(value, (each) => whole(each, 1, 12)), []),
    bySetPos: take('BYSETPOS', (value) => every(value, (each) => signed(each, 366)), []),
    byYearDay: take('BYYEARDAY', (value) => every(value, (each) => signed(each, 366)), []),
    byWeekNo: take('BYWEEKNO', (value) => every(value, (each) => signed(each, 53)), []),
    weekStart: take(
      'WKST',
      (value) => (weekdayCodes.indexOf(value) === -1 ? null : weekdayCodes.indexOf(value) + 1),
      1,
    ),
  };
  if (!/(^|;)\s*FREQ\s*=/i.test(text.replace(/^RRULE:/i, ''))) return text;
  const [rest] = parts;
  // Hours and minutes would make several moments of one day: they say nothing about days.
  if (rest !== undefined) return rest.join('=');
  return wrong[0] ?? rule;
}

function every<T>(value: string, read: (part: string) => T | null): readonly T[] | null {
  const all = value.split(',').map((part) => read(part.trim()));
  return all.some((each) => each === null) ? null : all.filter((each) => each !== null);
}

function whole(value: string, least: number, most: number): number | null {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  return number >= least && number <= most ? number : null;
}

function signed(value: string, most: number): number | null {
  const number = /^[+-]?\d{1,3}$/.test(value) ? Number(value) : 0;
  return number !== 0 && Math.abs(number) <= most ? number : null;
}

function readByDay(value: string): ByDay | null {
  const [, nth = '', code = ''] = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(value) ?? [];
  if (code === '' || nth === '0') return null;
  return { weekday: weekdayCodes.indexOf(code) + 1, nth: nth === '' ? null : Number(nth) };
}

function readUntil(value: string): number | null {
  const [, year, month, date] = /^(\d{4})-?(\d\d)-?(\d\d)(T\d{4,6}Z?)?$/.exec(value) ?? [];
  return year === undefined ? null : numberOf(Number(year), Number(month), Number(date));
}

/** Whether the rule needs a first day: to count from, or to take a weekday or a date from. */
export function needsStart({ frequency, interval, count, byDay, byMonthDay, byYearDay }: RecurrenceRule): boolean {
  if (interval > 1 || count !== null) return true;
  return frequency !== 'DAILY' && byDay.length + byMonthDay.length + byYearDay.length === 0;
}

/** The days of a rule between two days, both included, in order; nothing before its start. */
export function layOut(rule: RecurrenceRule, start: number, from: number, to: number): readonly number[] {
  const days: number[] = [];
  const last = Math.min(to, rule.until ?? to);
  let counted = 0;
  // Without COUNT nothing before `from` matters: go there at once.
  for (let step = rule.count === null ? firstStep(rule, start, from) : 0; ; step++) {
    const { begin, candidates } = periodOf(rule, start, step * rule.interval);
    if (begin > last) return days;
    for (const day of chosen(candidates, rule)) {
      if (day < start) continue;
      if (day > last || (rule.count !== null && ++counted > rule.count)) return days;
      if (day >= from) days.push(day);
    }
  }
}

const longestPeriod = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 } as const;

function firstStep({ frequency, interval }: RecurrenceRule, start: number, from: number): number {
  return Math.max(0, Math.floor((from - start) / (longestPeriod[frequency] * interval)) - 1);
}

type Period = { readonly begin: number; readonly candidates: readonly number[] };

/** The days of the n-th period after that of the start that the rule's parts let through. */
function periodOf(rule: RecurrenceRule, start: number, periods: number): Period {
  const { year, month } = partsOf(start);
  if (rule.frequency === 'DAILY') return { begin: start + periods, candidates: daily(rule, start + periods) };
  if (rule.frequency === 'WEEKLY') {
    const begin = start - ((weekdayOf(start) - rule.weekStart + 7) % 7) + 7 * periods;
    return { begin, candidates: weekly(rule, begin, weekdayOf(start)) };
  }
  if (rule.frequency === 'MONTHLY') {
    const months = year * 12 + month - 1 + periods;
    const at = { year: Math.floor(months / 12), month: (months % 12) + 1 };
    const begin = numberOf(at.year, at.month, 1) ?? 0;
    const allowed = rule.byMonth.length === 0 || rule.byMonth.includes(at.month);
    return { begin, candidates: allowed ? inMonth(rule, at.year, at.month, partsOf(start).date) : [] };
  }
  // Week 1 may begin three days before the year does.
  const begin = (numberOf(year + periods, 1, 1) ?? 0) - (rule.byWeekNo.length > 0 ? 6 : 0);
  return { begin, candidates: yearly(rule, year + periods, start) };
}

function daily(rule: RecurrenceRule, day: number): readonly number[] {
  const { year, month, date } = partsOf(day);
  const fromEnd = date - daysInMonth(year, month) - 1;
  const good =
    (rule.byMonth.length === 0 || rule.byMonth.includes(month)) &&
    (rule.byMonthDay.length === 0 || rule.byMonthDay.includes(date) || rule.byMonthDay.includes(fromEnd)) &&
    hasWeekday(rule, day);
  return good ? [day] : [];
}

function hasWeekday({ byDay }: RecurrenceRule, day: number): boolean {
  return byDay.length === 0 || byDay.some(({ weekday }) => weekday === weekdayOf(day));
}

function weekly(rule: RecurrenceRule, begin: number, own: number): readonly number[] {
  const weekdays = rule.byDay.length === 0 ? [own] : rule.byDay.map(({ weekday }) => weekday);
  return Array.from({ length: 7 }, (_, index) => begin + index).filter(
    (day) =>
      weekdays.includes(weekdayOf(day)) && (rule.byMonth.length === 0 || rule.byMonth.includes(partsOf(day).month)),
  );
}

function inMonth(rule: RecurrenceRule, year: number, month: number, own: number): readonly number[] {
  const first = numberOf(year, month, 1) ?? 0;
  const length = daysInMonth(year, month);
  const all = Array.from({ length }, (_, index) => first + index);
  const onDate =
    rule.byMonthDay.length === 0
      ? null
      : all.filter((_, at) => rule.byMonthDay.includes(at + 1) || rule.byMonthDay.includes(at - length));
  if (rule.byDay.length > 0) return nthOf(rule.byDay, onDate ?? all, all);
  return onDate ?? (own <= length ? [first + own - 1] : []);
}

/** The days of a stretch on some weekdays, the n-th one or the n-th from its end where the rule says which. */
function nthOf(byDay: readonly ByDay[], among: readonly number[], stretch: readonly number[]): readonly number[] {
  const good = new Set<number>();
  for (const { weekday, nth } of byDay) {
    const same = stretch.filter((day) => weekdayOf(day) === weekday);
    for (const day of nth === null ? same : [same.at(nth > 0 ? nth - 1 : nth)]) if (day !== undefined) good.add(day);
  }
  return among.filter((day) => good.has(day));
}

function yearly(rule: RecurrenceRule, year: number, start: number): readonly number[] {
  const first = numberOf(year, 1, 1) ?? 0;
  const length = (numberOf(year + 1, 1, 1) ?? 0) - first;
  const all = Array.from({ length }, (_, index) => first + index);
  const own = partsOf(start);
  if (rule.byYearDay.length > 0)
    return all.filter(
      (day, at) => (rule.byYearDay.includes(at + 1) || rule.byYearDay.includes(at - length)) && hasWeekday(rule, day),
    );
  if (rule.byWeekNo.length > 0) return inWeeks(rule, year, weekdayOf(start));
  if (rule.byMonth.length > 0 || rule.byMonthDay.length > 0 || rule.byDay.length === 0) {
    const every = Array.from({ length: 12 }, (_, index) => index + 1);
    const months = rule.byMonth.length > 0 ? rule.byMonth : rule.byMonthDay.length > 0 ? every : [own.month];
    return every.filter((month) => months.includes(month)).flatMap((month) => inMonth(rule, year, month, own.date));
  }
  return nthOf(rule.byDay, all, all);
}

function inWeeks(rule: RecurrenceRule, year: number, own: number): readonly number[] {
  const fourth = numberOf(year, 1, 4) ?? 0;
  const begin = fourth - ((weekdayOf(fourth) - rule.weekStart + 7) % 7);
  const nextFourth = numberOf(year + 1, 1, 4) ?? 0;
  const weeks = (nextFourth - ((weekdayOf(nextFourth) - rule.weekStart + 7) % 7) - begin) / 7;
  return Array.from({ length: weeks }, (_, index) => index)
    .filter((index) => rule.byWeekNo.includes(index + 1) || rule.byWeekNo.includes(index - weeks))
    .flatMap((index) => weekly({ ...rule, byMonth: [] }, begin + 7 * index, own));
}

function chosen(candidates: readonly number[], { bySetPos }: RecurrenceRule): readonly number[] {
  if (bySetPos.length === 0) return candidates;
  return candidates.filter((_, at) => bySetPos.includes(at + 1) || bySetPos.includes(at - candidates.length));
}

/** Where a rule without a start of its own is counted from: a Monday long ago. */
export const longAgo = sureNumber('1900-01-01');
