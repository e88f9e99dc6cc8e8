// A directory is a test: each folder of test/cases/waste holds a calendar and what it must give, written by hand; then the real files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeWithSharedData, sharedData } from '../../test/shared-data.ts';
import type { Problem } from '../model/problem.ts';
import type { CollectionRound } from '../model/waste.ts';
import { changeText, wasteProblemText } from '../model/waste-words.ts';
import { importWaste } from './import-waste.ts';
import { readIcs, textValue } from './parse/calendar/ics.ts';
import { readCalendarFile } from './waste/calendar-file.ts';
import { daysOfEvents } from './waste/ics-days.ts';
import { nextCollections } from './waste/next.ts';

const cases = join(import.meta.dirname, '..', '..', 'test', 'cases', 'waste');
const options = { until: null, year: null };
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as unknown;

/** What a case says of a round: its stream, its rule, and the parity of its weeks when it has one. */
const short = ({ stream, rrule, weeks }: CollectionRound) =>
  weeks === 'all' ? [stream, rrule] : [stream, rrule, weeks];

type Expected = {
  readonly problems: readonly Partial<Problem>[];
  readonly streets?: object;
  readonly sectors?: object;
};

function expectProblems(problems: readonly Problem[], expected: Expected): void {
  expect(problems).toMatchObject(expected.problems);
  expect(problems).toHaveLength(expected.problems.length);
  for (const each of problems)
    for (const lang of ['fr', 'en'] as const) expect(wasteProblemText(each, lang)).not.toMatch(/\{\w+\}/);
}

describe('test/cases/waste', () => {
  for (const name of readdirSync(cases)) {
    const folder = join(cases, name);
    const expected = readJson(join(folder, 'expected.json')) as Expected;
    const input = readdirSync(folder).find((file) => file.startsWith('input.'));
    if (input === undefined)
      test(name, () => {
        const asked = readJson(join(folder, 'calendar.json')) as { from: string; count: number; calendar: unknown };
        const { value, problems } = readCalendarFile(asked.calendar);
        const found = nextCollections(value, null, asked.from, asked.count);
        expectProblems([...problems, ...found.problems], expected);
        expect({
          collections: found.collections.map((each) => [each.date, each.stream, changeText(each, 'fr')]),
          problems: expected.problems,
        }).toEqual(expected);
      });
    else
      test(name, async () => {
        const found = await importWaste(join(folder, input), options);
        expectProblems(found.problems, expected);
        expect({
          days: found.days,
          ...(expected.streets === undefined
            ? {}
            : {
                streets: Object.fromEntries(found.streets.map(({ place, rounds }) => [place, rounds.map(short)])),
                understood: found.understood,
              }),
          ...(expected.sectors === undefined
            ? {}
            : { sectors: Object.fromEntries(found.sectors.map((each) => [each.name, each.rounds.map(short)])) }),
          problems: expected.problems,
        }).toEqual(expected);
      });
  }
});

describeWithSharedData('real calendars', () => {
  const real = join(sharedData, 'data', 'real');

  test('the calendars of Verneuil give exactly the day-by-day JSON beside them', async () => {
    for (const name of ['78480-secteur1-2019', '78480-secteur1-2020', '78480-secteur2-2020']) {
      const folder = join(real, 'dechets-calendriers-verneuil');
      const truth = readJson(join(folder, `${name}.json`)) as Record<string, string[]>[];
      const days = truth
        .flatMap((each) => Object.entries(each))
        .filter(([, streams]) => streams.length > 0)
        .map(([moment, streams]) => [moment.slice(0, 10), streams]);
      const found = await importWaste(join(folder, `${name}.ics`), options);
      expect(Object.entries(found.days)).toEqual(days);
      expect(found.problems).toEqual([]);
    }
  });

  test('98 % of the texts of Nantes are understood at least, and the misses are listed', async () => {
    const found = await importWaste(join(real, 'dechets-nantes', 'collecte-par-rue.json'), options);
    // Counted in the file: 3 086 texts give days, 123 say that none is given, 27 refer to something else.
    expect(found.understood).toMatchObject({ texts: 3236, withDays: 3086, withoutDay: 123, missed: 27 });
    expect(found.understood?.share).toBeGreaterThanOrEqual(0.98);
    const missed = new Set(found.problems.filter(({ code }) => code.startsWith('waste.')).map(({ row }) => row));
    expect(missed.size).toBe(27);
    const brancas = found.streets.find(({ place }) => place === 'Allée Brancas');
    expect(brancas?.rounds.map(short)).toEqual([
      ['jaune', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
      ['bleu', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ]);
  });
});

test('calendars cut, shuffled or mangled give days and problems, never an exception', () => {
  const lines = [
    'BEGIN:VEVENT',
    'END:VEVENT',
    'SUMMARY:OMR\\, verre',
    'DTSTART;VALUE=DATE:20250101',
    'DTSTART;TZID=Europe/Paris:20250330T023000',
    'DTEND;VALUE=DATE:20241231',
    'RRULE:FREQ=WEEKLY;BYDAY=TU',
    'RRULE:FREQ=MONTHLY;COUNT=4;BYDAY=-1SU',
    'EXDATE:20250107,x',
    'RDATE;VALUE=PERIOD:20250110T080000Z/PT1H',
    'RECURRENCE-ID:20250114',
    'UID:a',
    'SEQUENCE:9',
    'STATUS:CANCELLED',
    'DURATION:P400D',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...lines), fc.string()), { maxLength: 30 }), (some) => {
      const { days } = daysOfEvents(readIcs(['BEGIN:VCALENDAR', ...some].join('\n')).events, textValue);
      expect(Object.keys(days)).toEqual(Object.keys(days).sort());
      for (const streams of Object.values(days)) expect(new Set(streams).size).toBe(streams.length);
    }),
  );
});
