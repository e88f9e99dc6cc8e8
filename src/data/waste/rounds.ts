// The days that the rounds of a calendar give by themselves, before holidays and exceptions.
import type { CollectionRound, DatedCollection, Day, WasteCalendar } from '../../model/waste.ts';
import { dayOf, hasParity, inSeason, sureNumber } from './days.ts';
import { layOut, longAgo, readRule } from './recurrence.ts';

/** A collection that a rule gives, or a date that the calendar gives as final. */
export type Planned = {
  readonly day: number;
  readonly stream: string;
  readonly sector: string | null;
  readonly timeWindow: string | null;
  /** Whether the calendar gives this very date. */
  readonly final: boolean;
  /** For such a date: the usual one, and why it is another. */
  readonly usual: number | null;
  readonly reason: string | null;
};

/** The days of a round between two days, both included; a rule that cannot be read gives none (reading it said so). */
export function daysOfRound(round: CollectionRound, from: number, to: number): readonly number[] {
  const start = round.start === null ? longAgo : sureNumber(round.start);
  const last = Math.min(to, round.until === null ? to : sureNumber(round.until));
  const rule = round.rrule === null ? null : readRule(round.rrule);
  const regular = rule === null || typeof rule === 'string' ? [] : layOut(rule, start, from, last);
  const own = round.dates.map(sureNumber).filter((day) => from <= day && day <= last);
  return [...regular.filter((day) => hasParity(day, round.weeks) && inSeason(day, round.season)), ...own];
}

/** Everything planned for a sector between two days, both included. A null sector takes the whole calendar. */
export function plannedBetween(
  { rounds, days }: WasteCalendar,
  sector: string | null,
  from: number,
  to: number,
): readonly Planned[] {
  const regular = rounds
    .filter((round) => concerns(round.sector, sector))
    .flatMap((round) =>
      daysOfRound(round, from, to).map((day) => ({
        day,
        stream: round.stream,
        sector: round.sector,
        timeWindow: round.timeWindow,
        final: false,
        usual: null,
        reason: null,
      })),
    );
  const first = dayOf(from);
  const last = dayOf(to);
  return [
    ...regular,
    ...days.filter((each) => concerns(each.sector, sector) && within(each, first, last)).map(finalOf),
  ];
}

function within({ date }: DatedCollection, first: Day, last: Day): boolean {
  return first <= date && date <= last;
}

function finalOf({ date, stream, sector, usual, reason }: DatedCollection): Planned {
  const day = sureNumber(date);
  return {
    day,
    stream,
    sector,
    timeWindow: null,
    final: true,
    usual: usual === null ? null : sureNumber(usual),
    reason,
  };
}

/** What is said for all sectors is said for this one. */
export function concerns(said: string | null, sector: string | null): boolean {
  return said === null || sector === null || said === sector;
}

/** The sectors that a calendar names, in the order of the alphabet. */
export function sectorsOf({ rounds, exceptions, days }: WasteCalendar): readonly string[] {
  const named = [...rounds, ...exceptions, ...days].flatMap(({ sector }) => (sector === null ? [] : [sector]));
  return [...new Set(named)].sort((one, other) => one.localeCompare(other, 'fr', { numeric: true }));
}
