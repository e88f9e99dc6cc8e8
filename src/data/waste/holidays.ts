// Public holidays of France, movable ones included, and what the territory's rule for them does to a collection.
import type { Holiday, HolidayRule, HolidayZone } from '../../model/waste.ts';
import { dayOf, mondayOf, numberOf, sureNumber, weekdayOf } from './days.ts';

type Fixed = readonly [code: string, monthDay: string, fr: string, en: string];
type Movable = readonly [code: string, afterEaster: number, fr: string, en: string];

/** Code du travail, article L3133-1. */
const fixed: readonly Fixed[] = [
  ['new-year', '01-01', 'jour de l’An', 'New Year’s Day'],
  ['labour-day', '05-01', 'fête du Travail', 'Labour Day'],
  ['victory-1945', '05-08', 'victoire de 1945', 'Victory Day'],
  ['bastille-day', '07-14', 'fête nationale', 'National Day'],
  ['assumption', '08-15', 'Assomption', 'Assumption'],
  ['all-saints', '11-01', 'Toussaint', 'All Saints’ Day'],
  ['armistice-1918', '11-11', 'armistice de 1918', 'Armistice Day'],
  ['christmas', '12-25', 'Noël', 'Christmas Day'],
];
const movable: readonly Movable[] = [
  ['easter-monday', 1, 'lundi de Pâques', 'Easter Monday'],
  ['ascension', 39, 'Ascension', 'Ascension Day'],
  ['whit-monday', 50, 'lundi de Pentecôte', 'Whit Monday'],
];
/** Code du travail, article L3134-13: Moselle, Bas-Rhin, Haut-Rhin. */
const localFixed: readonly Fixed[] = [['saint-stephen', '12-26', 'Saint-Étienne', 'Saint Stephen’s Day']];
const localMovable: readonly Movable[] = [['good-friday', -2, 'Vendredi saint', 'Good Friday']];

/** The codes and month-days by which a rule may name the holidays that it observes. */
export const holidayNames: ReadonlySet<string> = new Set([
  ...[...fixed, ...localFixed, ...movable, ...localMovable].map(([code]) => code),
  ...[...fixed, ...localFixed].map(([, monthDay]) => monthDay),
]);

/** Easter Sunday in the Gregorian calendar, as a day number (algorithm of Meeus, Jones and Butcher). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return numberOf(year, Math.floor(sum / 31), (sum % 31) + 1) ?? 0;
}

/** The public holidays of a year, in order; two may fall on the same day (1 May 2008 was Ascension). */
export function publicHolidays(year: number, zone: HolidayZone): readonly Holiday[] {
  const key = `${year} ${zone}`;
  const found = known.get(key) ?? reckon(year, zone);
  known.set(key, found);
  return found;
}

/** A few hundred years at most are ever asked for; they never change. */
const known = new Map<string, readonly Holiday[]>();

function reckon(year: number, zone: HolidayZone): readonly Holiday[] {
  const local = zone === 'alsace-moselle';
  const sunday = easter(year);
  const shown = String(year).padStart(4, '0');
  return [
    ...[...fixed, ...(local ? localFixed : [])].map(([code, monthDay, fr, en]) => ({
      date: `${shown}-${monthDay}`,
      code,
      fr,
      en,
    })),
    ...[...movable, ...(local ? localMovable : [])].map(([code, after, fr, en]) => ({
      date: dayOf(sunday + after),
      code,
      fr,
      en,
    })),
  ].sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
}

/** What becomes of a collection; `ask` is never a guess: a person must say. */
export type HolidayOutcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'moved'; readonly to: number; readonly holiday: Holiday }
  | { readonly kind: 'cancelled'; readonly holiday: Holiday }
  | {
      readonly kind: 'ask';
      readonly why: 'two-holidays' | 'no-day-left' | 'no-rule';
      readonly holidays: readonly Holiday[];
    };

const kept: HolidayOutcome = { kind: 'kept' };

/** The holidays that the rule observes in the week of a day, one for each day, Monday to Sunday. */
export function holidaysOfWeek(number: number, rule: HolidayRule | null): readonly Holiday[] {
  const monday = mondayOf(number);
  const weeks = observed.get(rule ?? noRule) ?? new Map<number, readonly Holiday[]>();
  observed.set(rule ?? noRule, weeks);
  const found = weeks.get(monday) ?? holidaysFrom(monday, rule);
  weeks.set(monday, found);
  return found;
}

/** By rule and week: each collection of a week asks for the same. A rule never changes; its weeks go with it. */
const observed = new WeakMap<object, Map<number, readonly Holiday[]>>();
const noRule = {};

function holidaysFrom(monday: number, rule: HolidayRule | null): readonly Holiday[] {
  const days = Array.from({ length: 7 }, (_, index) => dayOf(monday + index));
  const years = new Set(days.map((day) => Number(day.slice(0, 4))));
  const all = [...years].flatMap((year) => publicHolidays(year, rule?.zone ?? 'metropole'));
  const named = rule?.observed ?? null;
  return days.flatMap((day) => {
    const found = all.find(
      ({ date, code }) => date === day && (named === null || named.includes(code) || named.includes(date.slice(5))),
    );
    return found === undefined ? [] : [found];
  });
}

/**
 * What the rule makes of a collection planned on a day.
 * Two holidays on days of collection in one week always ask: services then shift by one day, by two, or bring forward.
 */
export function applyHolidayRule(planned: number, rule: HolidayRule | null): HolidayOutcome {
  const week = holidaysOfWeek(planned, rule);
  const day = dayOf(planned);
  const own = week.find(({ date }) => date === day);
  if (rule === null) return own === undefined ? kept : { kind: 'ask', why: 'no-rule', holidays: [own] };
  if (rule.kind === 'collected') return kept;
  if (rule.kind === 'cancelled') return own === undefined ? kept : { kind: 'cancelled', holiday: own };
  // A holiday beyond the last day of collection moves nothing, unless something is collected on it.
  const working = week.filter(({ date }) => date === day || weekdayOf(sureNumber(date)) <= rule.lastWeekday);
  const [first] = working;
  if (first === undefined) return kept;
  const touched = rule.kind === 'rest-of-week' ? day >= first.date : own !== undefined;
  if (working.length > 1) return touched ? { kind: 'ask', why: 'two-holidays', holidays: working } : kept;
  if (!touched) return kept;
  const to = planned + (rule.kind === 'day-before' ? -1 : 1);
  const otherWeek = mondayOf(to) !== mondayOf(planned);
  if (otherWeek || weekdayOf(to) > rule.lastWeekday) return { kind: 'ask', why: 'no-day-left', holidays: [first] };
  return { kind: 'moved', to, holiday: first };
}
