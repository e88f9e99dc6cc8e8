// From the events of an iCalendar file to days of collection: recurrences laid out, exceptions taken away, every moment told in Paris.
import { type Problem, problem } from '../../model/problem.ts';
import type { Day } from '../../model/waste.ts';
import { dayOf, numberOf, partsOf, sureNumber } from './days.ts';
import { dayInParisOf, type IcsMoment, isZone, readMoment } from './ics-moments.ts';
import { layOut, type RecurrenceRule, readRule } from './recurrence.ts';

export type WasteEvent = {
  readonly properties: readonly {
    readonly name: string;
    readonly parameters: ReadonlyMap<string, string>;
    readonly value: string;
  }[];
};

/** What is collected each day, days in order, streams as the file orders them. */
export type DayTable = Readonly<Record<Day, readonly string[]>>;

type Read = {
  /** The event's number in the file, from 1. */
  readonly row: number;
  readonly uid: string | null;
  readonly sequence: number;
  readonly streams: readonly string[];
  readonly start: IcsMoment;
  /** Days that each occurrence lasts. */
  readonly length: number;
  readonly rule: RecurrenceRule | null;
  readonly added: readonly IcsMoment[];
  readonly removed: readonly IcsMoment[];
  /** The occurrence that this event replaces. */
  readonly replaces: IcsMoment | null;
  readonly cancelled: boolean;
};

/** An event of more days than this is a holiday or a mistake, not a collection. */
const longest = 31;

/**
 * @param until the last day to which endless recurrences are laid out; null: the end of the calendar's last dated year, told as
 *   a problem
 * @param text how the file escapes a text, undone
 */
export function daysOfEvents(
  events: readonly WasteEvent[],
  text: (value: string) => string,
  until: Day | null = null,
): { readonly days: DayTable; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const read = latest(events.flatMap((event, index) => readEvent(event, index + 1, text, problems) ?? []));
  const horizon = until === null ? horizonOf(read) : sureNumber(until);
  const endless = read.find(({ rule }) => rule !== null && rule.until === null && rule.count === null);
  if (endless !== undefined && until === null)
    problems.push(problem('waste.ics.endless', 'advice', { row: endless.row, proposal: dayOf(horizon) }));
  const replaced = new Set(read.flatMap(({ uid, replaces }) => (replaces === null ? [] : [`${uid} ${replaces.day}`])));
  const days = new Map<number, string[]>();
  for (const event of read) {
    if (event.cancelled) continue;
    for (const day of occurrences(event, horizon)) {
      if (event.replaces === null && event.uid !== null && replaced.has(`${event.uid} ${day}`)) continue;
      for (let more = 0; more < event.length; more++) {
        const date = dayInParisOf(event.start, day) + more;
        const streams = days.get(date) ?? [];
        days.set(date, [...streams, ...event.streams.filter((each) => !streams.includes(each))]);
      }
    }
  }
  const sorted = [...days].sort(([one], [other]) => one - other);
  return { days: Object.fromEntries(sorted.map(([day, streams]) => [dayOf(day), streams])), problems };
}

function readEvent(
  { properties }: WasteEvent,
  row: number,
  text: (value: string) => string,
  problems: Problem[],
): Read | null {
  const first = (name: string) => properties.find((each) => each.name === name);
  const summary = text(first('SUMMARY')?.value ?? first('CATEGORIES')?.value ?? '');
  const streams = streamsOf(summary);
  if (streams.length === 0) {
    problems.push(problem('waste.ics.noStream', 'error', { row, unit: 'object', column: 'SUMMARY' }));
    return null;
  }
  const moments = (name: string, value?: string): readonly IcsMoment[] =>
    properties
      .filter((each) => each.name === name)
      .flatMap((each) => (value ?? each.value).split(',').map((part) => ({ part, each })))
      .flatMap(({ part, each }) => {
        const named = each.parameters.get('TZID')?.replace(/^\//, '') ?? null;
        const known = named === null || isZone(named);
        if (!known) problems.push(problem('waste.ics.zone', 'warning', { row, unit: 'object', value: named }));
        // A period is a moment and what it lasts.
        const moment = readMoment(part.split('/')[0] ?? '', known ? named : null);
        if (moment === null)
          problems.push(problem('waste.ics.moment', 'error', { row, unit: 'object', column: name, value: part }));
        return moment ?? [];
      });
  const [start] = moments('DTSTART');
  if (start === undefined) {
    if (first('DTSTART') === undefined)
      problems.push(problem('waste.ics.moment', 'error', { row, unit: 'object', column: 'DTSTART', value: '' }));
    return null;
  }
  const recurrence = first('RRULE')?.value ?? null;
  const rule = recurrence === null ? null : readRule(recurrence);
  if (typeof rule === 'string') {
    problems.push(problem('waste.ics.rule', 'error', { row, unit: 'object', column: 'RRULE', value: rule }));
    return null;
  }
  const [end] = moments('DTEND');
  return {
    row,
    uid: first('UID')?.value ?? null,
    sequence: Number(first('SEQUENCE')?.value ?? 0) || 0,
    streams,
    start,
    length: lengthOf(start, end ?? null, first('DURATION')?.value ?? ''),
    rule,
    added: moments('RDATE'),
    removed: moments('EXDATE'),
    replaces: moments('RECURRENCE-ID')[0] ?? null,
    cancelled: /^cancelled$/i.test(first('STATUS')?.value.trim() ?? ''),
  };
}

/** « RECYCLABLES, VERRE » are two streams. */
export function streamsOf(summary: string): readonly string[] {
  const names = summary.split(/\s*[,;+\n]\s*|\s+\/\s+/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** The end of whole days is the day after the last one. */
function lengthOf(start: IcsMoment, end: IcsMoment | null, duration: string): number {
  if (start.minutes !== null) return 1;
  const [, weeks, days] = /^P(?:(\d{1,2})W)?(?:(\d{1,2})D)?/.exec(duration) ?? [];
  const length = end === null ? Number(weeks ?? 0) * 7 + Number(days ?? 0) : end.day - start.day;
  return Math.min(Math.max(1, length), longest);
}

/** Where an event was sent again, the one with the greatest SEQUENCE counts. */
function latest(events: readonly Read[]): readonly Read[] {
  const greatest = new Map<string, number>();
  const key = ({ uid, replaces }: Read) => `${uid} ${replaces?.day}`;
  for (const event of events)
    greatest.set(key(event), Math.max(event.sequence, greatest.get(key(event)) ?? event.sequence));
  return events.filter((event) => event.uid === null || event.sequence === greatest.get(key(event)));
}

/** The last day of the latest year that the file names, a whole year after each start at least. */
function horizonOf(events: readonly Read[]): number {
  const years = events.flatMap(({ start, added, rule }) => [
    partsOf(start.day).year,
    ...(rule?.until === null || rule?.until === undefined ? [] : [partsOf(rule.until).year]),
    ...(rule !== null && rule.until === null && rule.count === null ? [partsOf(start.day + 365).year] : []),
    ...added.map(({ day }) => partsOf(day).year),
  ]);
  // A file that counts its occurrences ends by itself: twenty years are enough for any.
  const counted = events.some(({ rule }) => rule?.count !== null && rule !== null) ? 20 : 0;
  const year = Math.min(9998, years.reduce((most, each) => Math.max(most, each), 1970) + counted);
  return numberOf(year, 12, 31) ?? 0;
}

/** The days of an event in its own zone. DTSTART is one of them, whatever the rule. */
function occurrences({ start, rule, added, removed, replaces }: Read, horizon: number): readonly number[] {
  const gone = new Set(removed.map(({ day }) => day));
  const regular = rule === null || replaces !== null ? [] : layOut(rule, start.day, start.day, horizon);
  return [...new Set([start.day, ...regular, ...added.map(({ day }) => day)])].filter((day) => !gone.has(day));
}
