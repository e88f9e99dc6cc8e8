// The heart of the waste model: what is really collected between two days. Exceptions win over rules; what no rule decides is asked.
import { type Problem, problem } from '../../model/problem.ts';
import type { Cancellation, Collection, CollectionException, Day, Holiday, WasteCalendar } from '../../model/waste.ts';
import { dayOf, isoWeek, mondayOf, sureNumber } from './days.ts';
import { applyHolidayRule, publicHolidays } from './holidays.ts';
import { concerns, type Planned, plannedBetween } from './rounds.ts';

/** A collection whose day nobody has said: it asks for an exception. */
export type Undecided = {
  readonly planned: Day;
  readonly stream: string;
  readonly sector: string | null;
  readonly why: 'two-holidays' | 'no-day-left' | 'no-rule' | 'contradictory';
  readonly holidays: readonly Holiday[];
};

export type Collections = {
  readonly collections: readonly Collection[];
  readonly cancelled: readonly Cancellation[];
  readonly undecided: readonly Undecided[];
  readonly problems: readonly Problem[];
};

/** Days around the asked ones in which a collection may be planned and still land among them. */
const margin = 14;

/**
 * What is collected in a sector (null: in all of them) between two days, both included.
 * `undecided` holds what the rule alone cannot say; each has its problem of severity error.
 */
export function collectionsBetween(calendar: WasteCalendar, sector: string | null, from: Day, to: Day): Collections {
  const first = sureNumber(from);
  const last = sureNumber(to);
  const exceptions = calendar.exceptions.filter((each) => concerns(each.sector, sector));
  const far = Math.max(margin, ...exceptions.map(reach));
  const planned = plannedBetween(calendar, sector, mondayOf(first - far), mondayOf(last + far) + 6);
  const all: Collection[] = [];
  const cancelled: Cancellation[] = [];
  const undecided: Undecided[] = [];
  const used = new Set<CollectionException>();
  for (const each of planned) {
    const outcome = decide(each, calendar, exceptions, used);
    if ('why' in outcome) undecided.push(outcome);
    else if ('date' in outcome) all.push(outcome);
    else cancelled.push(outcome);
  }
  for (const extra of exceptions) {
    if (extra.date !== null || extra.newDate === null) continue;
    const { newDate, stream, sector: own, reason } = extra;
    if (stream !== null)
      all.push({
        date: newDate,
        planned: null,
        stream,
        sector: own,
        change: { kind: 'exception', reason },
        timeWindow: null,
      });
  }
  const within = (day: Day) => from <= day && day <= to;
  // What is undecided earlier in the first week may land on the days asked for.
  const monday = dayOf(mondayOf(first));
  const asked = undecided
    .filter(({ planned: day }) => monday <= day && day <= to)
    .sort(byDay(({ planned: day }) => day));
  const idle = exceptions.filter(({ date }) => date !== null && within(date)).filter((each) => !used.has(each));
  return {
    collections: once(all.filter(({ date }) => within(date))),
    cancelled: cancelled.filter(({ planned: day }) => within(day)).sort(byDay(({ planned: day }) => day)),
    undecided: asked,
    problems: [
      ...asked.map(askFor),
      ...idle.map((each) => idleProblem(each, all)),
      ...turnOfYear(calendar, sector, first, last),
    ],
  };
}

function reach({ date, newDate }: CollectionException): number {
  return date === null || newDate === null ? 0 : Math.abs(sureNumber(newDate) - sureNumber(date)) + 7;
}

function decide(
  planned: Planned,
  calendar: WasteCalendar,
  exceptions: readonly CollectionException[],
  used: Set<CollectionException>,
): Collection | Cancellation | Undecided {
  const day = dayOf(planned.day);
  const { stream, sector, timeWindow } = planned;
  const about = exceptions.filter((each) => each.date === day && speaksOf(each, planned));
  for (const each of about) used.add(each);
  const most = Math.max(0, ...about.map(precision));
  const best = about.filter((each) => precision(each) === most);
  const [exception] = best;
  if (best.some(({ newDate }) => newDate !== exception?.newDate))
    return { planned: day, stream, sector, why: 'contradictory', holidays: [] };
  if (exception !== undefined) {
    const change = { kind: 'exception', reason: exception.reason } as const;
    return exception.newDate === null
      ? { planned: day, stream, sector, change }
      : { date: exception.newDate, planned: day, stream, sector, change, timeWindow };
  }
  if (planned.final) return given(planned);
  const outcome = applyHolidayRule(planned.day, calendar.holidayRule);
  if (outcome.kind === 'ask') return { planned: day, stream, sector, why: outcome.why, holidays: outcome.holidays };
  if (outcome.kind === 'kept') return { date: day, planned: day, stream, sector, change: null, timeWindow };
  const change = { kind: 'holiday', holiday: outcome.holiday } as const;
  return outcome.kind === 'cancelled'
    ? { planned: day, stream, sector, change }
    : { date: dayOf(outcome.to), planned: day, stream, sector, change, timeWindow };
}

/** A date that the calendar gives, with the reason that it gives or that the usual day is a holiday. */
function given({ day, stream, sector, timeWindow, usual, reason }: Planned): Collection {
  const date = dayOf(day);
  if (usual === null || usual === day) return { date, planned: date, stream, sector, change: null, timeWindow };
  const planned = dayOf(usual);
  const holiday = publicHolidays(Number(planned.slice(0, 4)), 'metropole').find((each) => each.date === planned);
  const change =
    holiday !== undefined
      ? ({ kind: 'holiday', holiday } as const)
      : ({ kind: 'exception', reason: reason ?? '' } as const);
  return { date, planned, stream, sector, change, timeWindow };
}

/** A round that serves every sector obeys the exceptions of the one that is asked for. */
function speaksOf({ stream, sector }: CollectionException, planned: Planned): boolean {
  return (
    (stream === null || stream === planned.stream) &&
    (sector === null || planned.sector === null || sector === planned.sector)
  );
}

/** The exception that names most wins: sector and stream, then sector, then stream, then everything. */
function precision({ sector, stream }: CollectionException): number {
  return (sector === null ? 0 : 2) + (stream === null ? 0 : 1) + 1;
}

function askFor({ planned, stream, sector, why, holidays }: Undecided): Problem {
  const column = sector === null ? stream : `${stream}, ${sector}`;
  const expected = holidays.map(({ date }) => date).join(', ');
  const codes = {
    'two-holidays': 'waste.ask.twoHolidays',
    'no-day-left': 'waste.ask.noDayLeft',
    'no-rule': 'waste.ask.noRule',
    contradictory: 'waste.ask.contradictory',
  } as const;
  return problem(codes[why], 'error', { value: planned, column, expected });
}

/** People write the day on which they see the lorry: when that day comes from another one, that other is proposed. */
function idleProblem({ date, stream, sector }: CollectionException, all: readonly Collection[]): Problem {
  const moved = all.find(
    (each) =>
      each.date === date &&
      each.planned !== date &&
      (stream === null || each.stream === stream) &&
      concerns(each.sector, sector),
  );
  const known = { value: date, column: stream ?? sector };
  return moved === undefined || moved.planned === null
    ? problem('waste.exception.idle', 'warning', known)
    : problem('waste.exception.movedDay', 'warning', { ...known, proposal: moved.planned });
}

/** A year of 53 weeks is followed by week 1: two odd weeks in a row, so « every other week » is no longer true. */
function turnOfYear(calendar: WasteCalendar, sector: string | null, first: number, last: number): readonly Problem[] {
  if (!calendar.rounds.some((round) => round.weeks !== 'all' && concerns(round.sector, sector))) return [];
  const found: Problem[] = [];
  for (let monday = mondayOf(first); monday <= last; monday += 7) {
    const { year, week } = isoWeek(monday);
    if (week === 53)
      found.push(problem('waste.weeks.turn', 'advice', { value: dayOf(monday), expected: String(year) }));
  }
  return found;
}

/** The same stream twice on a day is one collection; the one that is there by itself needs no reason. */
function once(all: readonly Collection[]): readonly Collection[] {
  const kept = new Map<string, Collection>();
  for (const each of all) {
    const key = `${each.date}\n${each.stream}\n${each.sector}`;
    const other = kept.get(key);
    if (other === undefined || (other.change !== null && each.change === null)) kept.set(key, each);
  }
  return [...kept.values()].sort(byDay(({ date }) => date));
}

/** Stable: streams keep the order of the rounds. */
function byDay<T>(day: (each: T) => Day): (one: T, other: T) => number {
  return (one, other) => (day(one) < day(other) ? -1 : day(one) > day(other) ? 1 : 0);
}
