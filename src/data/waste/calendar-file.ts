// Reads a calendar written in JSON (rounds, exceptions, the rule for holidays, dates); what is wrong in it is said, never guessed.
import { type Problem, problem } from '../../model/problem.ts';
import { isRecord } from '../../model/schema.ts';
import {
  type CollectionException,
  type CollectionRound,
  type DatedCollection,
  type HolidayRule,
  holidayRuleKinds,
  holidayZones,
  type Season,
  type WasteCalendar,
  type WasteStream,
} from '../../model/waste.ts';
import { isDay } from './days.ts';
import { holidayNames } from './holidays.ts';
import { needsStart, readRule, weekdayCodes } from './recurrence.ts';
import { roundsOfText } from './text/rounds.ts';
import { frenchWeekdays } from './text/words.ts';

export type ReadCalendar = { readonly value: WasteCalendar; readonly problems: readonly Problem[] };

type Say = (column: string, value: unknown, expected: string) => null;
type Part = Readonly<Record<string, unknown>>;

/** @param source the parsed JSON, or what `terroir waste import --json` printed */
export function readCalendarFile(source: unknown): ReadCalendar {
  const problems: Problem[] = [];
  const saying =
    (code: 'waste.round.unread' | 'waste.exception.unread' | 'waste.calendar.unread', row: number | null): Say =>
    (column, value, expected) => {
      problems.push(problem(code, 'error', { row, column, value: shown(value), expected }));
      return null;
    };
  const whole = isRecord(source) ? source : {};
  const say = saying('waste.calendar.unread', null);
  if (!isRecord(source)) say('{ }', source, '{ "rounds": [ … ], "exceptions": [ … ], "holidayRule": { … } }');
  const streams = listOf(whole['streams'], 'streams', say).map(streamOf);
  const rounds = listOf(whole['rounds'], 'rounds', say).flatMap((each, index) =>
    roundsOf(each, index + 1, whole, saying('waste.round.unread', index + 1), problems),
  );
  const exceptions = listOf(whole['exceptions'], 'exceptions', say).flatMap(
    (each, index) => exceptionOf(each, saying('waste.exception.unread', index + 1)) ?? [],
  );
  const value = {
    streams: streams.filter((each) => each !== null),
    rounds,
    exceptions,
    holidayRule: holidayRuleOf(whole['holidayRule'], say),
    days: daysOf(whole['days'], say),
  };
  if (problems.length === 0 && rounds.length + value.days.length + exceptions.length === 0)
    say('rounds', '', '"rounds": [{ "stream": "jaune", "rrule": "FREQ=WEEKLY;BYDAY=TU" }]');
  return { value, problems };
}

function shown(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 200);
}

function listOf(value: unknown, column: string, say: Say): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  say(column, value, '[ … ]');
  return [];
}

/** A text that is there and not empty; null says that it is not. */
function textOf(part: Part, name: string): string | null {
  const value = part[name];
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

function streamOf(value: unknown): WasteStream | null {
  if (typeof value === 'string') return { code: value, label: value, colour: null };
  const code = isRecord(value) ? textOf(value, 'code') : null;
  if (code === null || !isRecord(value)) return null;
  return { code, label: textOf(value, 'label') ?? code, colour: textOf(value, 'colour') };
}

function roundsOf(value: unknown, row: number, whole: Part, say: Say, problems: Problem[]): readonly CollectionRound[] {
  if (!isRecord(value)) return say('rounds', value, '{ "stream": "jaune", "rrule": "FREQ=WEEKLY;BYDAY=TU" }') ?? [];
  const known = problems.length;
  const common = commonOf(value, say);
  const year = Number(textOf(value, 'year') ?? textOf(whole, 'year') ?? Number.NaN);
  const text = textOf(value, 'text');
  if (text !== null) {
    const read = roundsOfText(text, Number.isInteger(year) ? year : null);
    problems.push(...read.problems.map((each) => ({ ...each, row })));
    if (read.rounds.length === 0 && read.problems.length === 0) say('text', text, 'Bacs jaune mercredi, bleu mardi');
    if (problems.length > known) return [];
    return read.rounds.flatMap((each) => {
      const stream = textOf(value, 'stream') ?? each.stream;
      if (stream === null) return say('stream', '', 'jaune') ?? [];
      return {
        ...common,
        ...each,
        stream,
        season: each.season ?? common.season,
        start: each.start ?? common.start,
        timeWindow: common.timeWindow ?? each.timeWindow,
      };
    });
  }
  const stream = textOf(value, 'stream') ?? say('stream', value['stream'], 'jaune');
  const dates = listOf(value['dates'], 'dates', say).flatMap((each) => dayOrSay(each, 'dates', say) ?? []);
  const rrule = rruleOf(value, dates.length > 0, common.start, say);
  return stream === null || problems.length > known ? [] : [{ ...common, stream, rrule, dates }];
}

function commonOf(value: Part, say: Say): Omit<CollectionRound, 'stream' | 'rrule' | 'dates'> {
  const weeks = { all: 'all', toutes: 'all', even: 'even', paire: 'even', odd: 'odd', impaire: 'odd' } as const;
  const asked = textOf(value, 'weeks')?.toLowerCase() ?? 'all';
  const found = Object.entries(weeks).find(([name]) => name === asked || `${name}s` === asked)?.[1];
  return {
    sector: textOf(value, 'sector'),
    start: value['start'] === undefined || value['start'] === null ? null : dayOrSay(value['start'], 'start', say),
    until: value['until'] === undefined || value['until'] === null ? null : dayOrSay(value['until'], 'until', say),
    weeks: found ?? say('weeks', value['weeks'], 'all, even, odd') ?? 'all',
    season: seasonOf(value['season'], say),
    timeWindow: textOf(value, 'timeWindow'),
  };
}

function dayOrSay(value: unknown, column: string, say: Say): string | null {
  return typeof value === 'string' && isDay(value) ? value : say(column, value, '2025-05-01');
}

function seasonOf(value: unknown, say: Say): Season | null {
  if (value === undefined || value === null) return null;
  const { from, to } = isRecord(value) ? value : {};
  // 2024 had a 29 February.
  const monthDay = (each: unknown): each is string => typeof each === 'string' && isDay(`2024-${each}`);
  return monthDay(from) && monthDay(to) ? { from, to } : say('season', value, '{ "from": "04-01", "to": "10-31" }');
}

/** A rule, or French or English weekdays; `interval` says every how many weeks. */
function rruleOf(value: Part, dated: boolean, start: string | null, say: Say): string | null {
  const rrule = textOf(value, 'rrule');
  if (rrule !== null) {
    const rule = readRule(rrule);
    if (typeof rule === 'string') return say('rrule', rule, 'FREQ=WEEKLY;BYDAY=TU');
    if (needsStart(rule) && start === null) return say('start', '', '2025-01-06');
    return rrule;
  }
  const asked = value['days'] ?? value['day'] ?? value['weekday'] ?? value['weekdays'];
  if (asked === undefined) return dated ? null : say('rrule', '', 'FREQ=WEEKLY;BYDAY=TU');
  const codes = (Array.isArray(asked) ? asked : [asked]).map((each) => weekdayCode(each));
  const interval = Number(textOf(value, 'interval') ?? 1);
  if (codes.length === 0 || codes.includes(null)) return say('days', asked, '["mardi", "vendredi"]');
  if (!Number.isInteger(interval) || interval < 1 || interval > 52) return say('interval', value['interval'], '2');
  if (interval > 1 && start === null) return say('start', '', '2025-01-06');
  return `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${codes.join(',')}`;
}

function weekdayCode(value: unknown): string | null {
  if (typeof value === 'number') return weekdayCodes[value - 1] ?? null;
  if (typeof value !== 'string') return null;
  const at = frenchWeekdays.indexOf(value.trim().toLowerCase());
  const code = at === -1 ? value.trim().slice(0, 2).toUpperCase() : (weekdayCodes[at] ?? '');
  return weekdayCodes.includes(code) ? code : null;
}

function exceptionOf(value: unknown, say: Say): CollectionException | null {
  if (!isRecord(value))
    return say('exceptions', value, '{ "date": "2024-05-09", "newDate": "2024-05-10", "reason": "…" }');
  const given = (name: string) => value[name] !== undefined && value[name] !== null && value[name] !== '';
  const date = given('date') ? dayOrSay(value['date'], 'date', say) : null;
  const newDate = given('newDate') ? dayOrSay(value['newDate'], 'newDate', say) : null;
  if ((given('date') && date === null) || (given('newDate') && newDate === null)) return null;
  if (date === null && newDate === null) return say('date', '', '2024-05-09');
  const stream = textOf(value, 'stream');
  // What an exception adds must say what is collected.
  if (date === null && stream === null) return say('stream', '', 'jaune');
  const reason = textOf(value, 'reason') ?? say('reason', value['reason'], 'jour férié');
  return reason === null ? null : { date, newDate, sector: textOf(value, 'sector'), stream, reason };
}

/** "rest-of-week" alone, or { kind, lastWeekday, zone, observed }. */
function holidayRuleOf(value: unknown, say: Say): HolidayRule | null {
  if (value === undefined || value === null) return null;
  const part: Part = typeof value === 'string' ? { kind: value } : isRecord(value) ? value : {};
  const kind = holidayRuleKinds.find((each) => each === part['kind']);
  if (kind === undefined) return say('holidayRule.kind', part['kind'] ?? value, holidayRuleKinds.join(', '));
  const zone = holidayZones.find((each) => each === (part['zone'] ?? 'metropole'));
  if (zone === undefined) return say('holidayRule.zone', part['zone'], holidayZones.join(', '));
  const last = part['lastWeekday'] === undefined ? 'SA' : weekdayCode(part['lastWeekday']);
  if (last === null) return say('holidayRule.lastWeekday', part['lastWeekday'], 'samedi');
  const observed = part['observed'];
  const names = Array.isArray(observed) ? observed.map(String) : null;
  const unknown = names?.find((name) => !holidayNames.has(name));
  if (unknown !== undefined) return say('holidayRule.observed', unknown, [...holidayNames].join(', '));
  return { kind, zone, lastWeekday: weekdayCodes.indexOf(last) + 1, observed: names };
}

/** { "2019-01-01": ["MENAGERES"] }, as an import prints it. */
function daysOf(value: unknown, say: Say): readonly DatedCollection[] {
  if (value === undefined || value === null) return [];
  if (!isRecord(value)) {
    say('days', value, '{ "2019-01-01": ["jaune"] }');
    return [];
  }
  return Object.entries(value).flatMap(([date, streams]) => {
    if (!isDay(date) || !Array.isArray(streams)) return say('days', date, '{ "2019-01-01": ["jaune"] }') ?? [];
    return streams
      .filter((each) => typeof each === 'string')
      .map((stream) => ({ date, sector: null, stream, usual: null, reason: null }));
  });
}
