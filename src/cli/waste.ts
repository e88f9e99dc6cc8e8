// `terroir waste`: reads collection calendars, and tells the next days of collection with the reason of each shift.
import { readFile } from 'node:fs/promises';
import { importWaste, type WasteImport } from '../data/import-waste.ts';
import { readCalendarFile } from '../data/waste/calendar-file.ts';
import type { Collections } from '../data/waste/collections.ts';
import { dayInParis, isDay } from '../data/waste/days.ts';
import { nextCollections } from '../data/waste/next.ts';
import { sectorsOf } from '../data/waste/rounds.ts';
import { fillSentence, TerroirError } from '../lib/errors.ts';
import type { Language } from '../model/language.ts';
import { wasteMessages } from '../model/messages/waste.ts';
import type { Problem } from '../model/problem.ts';
import type { Collection, Day, WasteCalendar } from '../model/waste.ts';
import { changeText, longDay, wasteProblemText, weekdayName } from '../model/waste-words.ts';
import { type Call, type Command, mustHave, optionText } from './command.ts';
import type { Output } from './output.ts';

/** Problems printed for people; --json gives them all. */
const mostPrinted = 100;
const usual = 10;
const most = 1000;

export const wasteCommand: Command = {
  help: 'cli.help.waste',
  options: {
    calendar: { type: 'string' },
    from: { type: 'string' },
    count: { type: 'string' },
    sector: { type: 'string' },
    year: { type: 'string' },
    until: { type: 'string' },
  },
  async run(call) {
    const [verb] = call.positionals;
    if (verb === 'import') return importFile(call);
    if (verb === 'next') return next(call);
    throw new TerroirError('usage.invalid', { reason: 'waste import FILE | waste next --calendar FILE' });
  },
};

async function importFile(call: Call): Promise<number> {
  const path = mustHave(call, call.positionals[1], 'FILE');
  const until = dayOption(call, 'until');
  const year = optionText(call, 'year');
  if (year !== null && !/^\d{4}$/.test(year)) throw new TerroirError('usage.invalid', { reason: `--year ${year}` });
  const found = await importWaste(path, { until, year: year === null ? null : Number(year) });
  printImport(found, call.output);
  call.output.answer({
    days: found.days,
    ...(found.streets.length === 0 ? {} : { streets: found.streets }),
    ...(found.sectors.length === 0 ? {} : { sectors: found.sectors }),
    ...(found.understood === null ? {} : { understood: found.understood }),
    problems: problemsJson(found.problems, call.output.lang),
  });
  // Misses are part of the answer; a file of which nothing is usable is none.
  const usable = Object.keys(found.days).length + found.streets.length + found.sectors.length;
  return usable === 0 ? 1 : 0;
}

function printImport({ days, streets, sectors, understood, problems }: WasteImport, output: Output): void {
  const dates = Object.keys(days);
  const [first, last] = [dates[0], dates.at(-1)];
  if (first !== undefined && last !== undefined) {
    const { lang } = output;
    output.say('cli.waste.days', { count: dates.length, from: longDay(first, lang), to: longDay(last, lang) });
    for (const [day, streams] of Object.entries(output.json ? {} : days))
      output.line(`${longDay(day, lang)} : ${streams.join(', ')}`);
  }
  if (streets.length > 0) output.say('cli.waste.streets', { count: streets.length });
  if (sectors.length > 0)
    output.say('cli.waste.sectors', { count: sectors.length, names: sectors.map(({ name }) => name).join(', ') });
  if (understood !== null) {
    const { texts, withDays, withoutDay, missed, share } = understood;
    // Rounded down: 98 % is said when it is reached.
    const shown = String(Math.floor(share * 1000) / 10);
    const percent = output.lang === 'fr' ? shown.replace('.', ',') : shown;
    output.say('cli.waste.understood', { good: withDays + withoutDay, texts, withoutDay, missed, share: percent });
  }
  printProblems(problems, output);
}

async function next(call: Call): Promise<number> {
  const { output } = call;
  const path = mustHave(call, optionText(call, 'calendar'), '--calendar');
  const from = dayOption(call, 'from') ?? dayInParis(new Date());
  const asked = optionText(call, 'count') ?? String(usual);
  const count = /^\d{1,4}$/.test(asked) ? Number(asked) : 0;
  if (count < 1 || count > most) throw new TerroirError('usage.invalid', { reason: `--count ${asked}` });
  const { value: calendar, problems: unread } = readCalendarFile(await readJson(path));
  const sector = sectorOption(call, calendar);
  const found = nextCollections(calendar, sector, from, count);
  const problems = [...unread, ...found.problems];
  printNext(calendar, found, from, output);
  printProblems(problems, output);
  output.answer({
    from,
    count,
    sector,
    days: daysJson(found.collections),
    collections: found.collections.map((each) => collectionJson(each, calendar, output.lang)),
    cancelled: found.cancelled.map((each) => ({ ...each, reason: changeText(each, output.lang) })),
    undecided: found.undecided,
    problems: problemsJson(problems, output.lang),
  });
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function sectorOption(call: Call, calendar: WasteCalendar): string | null {
  const asked = optionText(call, 'sector');
  const known = sectorsOf(calendar);
  if (asked !== null && !known.includes(asked))
    throw new TerroirError('usage.invalid', { reason: `--sector ${asked} (${known.join(', ')})` });
  if (asked === null && known.length > 1)
    throw new TerroirError('usage.invalid', { reason: `--sector ${known.join(' | ')}` });
  return asked ?? known[0] ?? null;
}

function dayOption(call: Call, name: string): Day | null {
  const value = optionText(call, name);
  if (value !== null && !isDay(value)) throw new TerroirError('usage.invalid', { reason: `--${name} ${value}` });
  return value;
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new TerroirError('file.notFound', { path });
  });
  try {
    return JSON.parse(text.replace(/^\u{feff}/u, '')) as unknown;
  } catch {
    throw new TerroirError('file.damaged', { name: path });
  }
}

function daysJson(collections: readonly Collection[]): Record<Day, readonly string[]> {
  const days: Record<Day, string[]> = {};
  for (const { date, stream } of collections) {
    days[date] ??= [];
    if (!days[date].includes(stream)) days[date].push(stream);
  }
  return days;
}

function labelOf(stream: string, { streams }: WasteCalendar): string {
  return streams.find(({ code }) => code === stream)?.label ?? stream;
}

function collectionJson(each: Collection, calendar: WasteCalendar, lang: Language) {
  const { date, stream, planned, change, sector, timeWindow } = each;
  return {
    date,
    weekday: weekdayName(date, lang),
    stream,
    label: labelOf(stream, calendar),
    sector,
    planned,
    shifted: planned !== date,
    change: change?.kind ?? null,
    holiday: change?.kind === 'holiday' ? { date: change.holiday.date, name: change.holiday[lang] } : null,
    reason: changeText(each, lang),
    timeWindow,
  };
}

function printNext(calendar: WasteCalendar, found: Collections, from: Day, output: Output): void {
  const { lang } = output;
  if (found.collections.length === 0) output.say('cli.waste.none', { from: longDay(from, lang) });
  for (const each of found.collections) {
    const why = changeText(each, lang);
    output.line(`${longDay(each.date, lang)} : ${labelOf(each.stream, calendar)}${why === null ? '' : ` (${why})`}`);
  }
  for (const each of found.cancelled)
    output.line(
      fillSentence(wasteMessages['waste.cancelled'][lang], {
        day: longDay(each.planned, lang),
        stream: labelOf(each.stream, calendar),
        reason: changeText(each, lang) ?? '',
      }),
    );
}

function printProblems(problems: readonly Problem[], output: Output): void {
  if (problems.length === 0) return;
  output.say('cli.waste.problems');
  const rows = new Map<string, number[]>();
  for (const each of problems) {
    const sentence = wasteProblemText(each, output.lang);
    rows.set(sentence, [...(rows.get(sentence) ?? []), ...(each.cell === null || each.row === null ? [] : [each.row])]);
  }
  for (const [sentence, at] of [...rows].slice(0, mostPrinted)) {
    output.line(`- ${sentence}`);
    if (at.length > 0) output.say('cli.waste.rows', { rows: [...new Set(at)].join(', ') });
  }
  if (rows.size > mostPrinted) output.say('cli.waste.more', { count: rows.size - mostPrinted });
}

function problemsJson(problems: readonly Problem[], lang: Language) {
  return problems.map((each) => ({ ...each, message: wasteProblemText(each, lang) }));
}
