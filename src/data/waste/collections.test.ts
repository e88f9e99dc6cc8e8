import fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemMessage } from '../../model/problem.ts';
import type { Collection } from '../../model/waste.ts';
import { readCalendarFile } from './calendar-file.ts';
import { collectionsBetween } from './collections.ts';
import { dayOf, mondayOf, sureNumber, weekdayOf } from './days.ts';
import { publicHolidays } from './holidays.ts';
import { nextCollections } from './next.ts';

/** Tours Métropole's rule of 2025: nothing on a holiday, the rest of the week moves by a day, up to Saturday. */
const everyDay = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'].map((day) => ({ stream: day, days: [day] }));
const calendarOf = (more: object) => {
  const { value, problems } = readCalendarFile({ holidayRule: 'rest-of-week', ...more });
  expect(problems).toEqual([]);
  return value;
};
const tours = calendarOf({ rounds: everyDay });
const dates = (all: readonly Collection[]) => all.map(({ date }) => date);
const year = fc.integer({ min: 2018, max: 2035 });
const day = fc.integer({ min: sureNumber('2018-01-01'), max: sureNumber('2035-12-31') });

test('H1: 1 May 2025 is a Thursday: Thursday goes to Friday 2, Friday to Saturday 3, the rest stays', () => {
  const { collections, problems } = collectionsBetween(tours, null, '2025-04-28', '2025-05-04');
  expect(dates(collections)).toEqual(['2025-04-28', '2025-04-29', '2025-04-30', '2025-05-02', '2025-05-03']);
  expect(collections.map(({ planned }) => planned).slice(2)).toEqual(['2025-04-30', '2025-05-01', '2025-05-02']);
  expect(collections[3]?.change).toMatchObject({
    kind: 'holiday',
    holiday: { date: '2025-05-01', code: 'labour-day' },
  });
  expect(problems).toEqual([]);
});

test('H1: Whit Monday 2025, 11 November 2025 and 15 August 2025', () => {
  const week = (from: string, to: string) => dates(collectionsBetween(tours, null, from, to).collections);
  expect(week('2025-06-09', '2025-06-15')).toEqual([
    '2025-06-10',
    '2025-06-11',
    '2025-06-12',
    '2025-06-13',
    '2025-06-14',
  ]);
  expect(week('2025-11-10', '2025-11-16')).toEqual([
    '2025-11-10',
    '2025-11-12',
    '2025-11-13',
    '2025-11-14',
    '2025-11-15',
  ]);
  expect(week('2025-08-11', '2025-08-17')).toEqual([
    '2025-08-11',
    '2025-08-12',
    '2025-08-13',
    '2025-08-14',
    '2025-08-16',
  ]);
});

test('H2: Wednesday 8 and Thursday 9 May 2024 ask for an exception, day by day; Monday and Tuesday are sure', () => {
  const { collections, undecided, problems } = collectionsBetween(tours, null, '2024-05-06', '2024-05-12');
  expect(dates(collections)).toEqual(['2024-05-06', '2024-05-07']);
  expect(undecided.map(({ planned, why }) => [planned, why])).toEqual([
    ['2024-05-08', 'two-holidays'],
    ['2024-05-09', 'two-holidays'],
    ['2024-05-10', 'two-holidays'],
  ]);
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual(
    Array.from({ length: 3 }, () => ['waste.ask.twoHolidays', 'error']),
  );
  expect(problems[0] && problemMessage(problems[0], 'fr')).toMatch(/^Exception à saisir : deux jours fériés/);
});

test('H2: the exceptions of that week win, and nothing is asked any more', () => {
  const settled = calendarOf({
    rounds: everyDay,
    exceptions: [
      { date: '2024-05-08', newDate: '2024-05-10', reason: 'deux jours fériés' },
      { date: '2024-05-09', newDate: '2024-05-11', reason: 'deux jours fériés' },
      { date: '2024-05-10', newDate: null, stream: 'vendredi', reason: 'deux jours fériés' },
    ],
  });
  const { collections, cancelled, problems } = collectionsBetween(settled, null, '2024-05-06', '2024-05-12');
  expect(dates(collections)).toEqual(['2024-05-06', '2024-05-07', '2024-05-10', '2024-05-11']);
  expect(cancelled).toMatchObject([{ planned: '2024-05-10', stream: 'vendredi' }]);
  expect(problems).toEqual([]);
});

test('H2: over 2018–2035, the years that ask are exactly those in which two holidays meet in a week', () => {
  const asking = Array.from({ length: 18 }, (_, index) => 2018 + index).filter(
    (each) => collectionsBetween(tours, null, `${each}-01-01`, `${each}-12-31`).undecided.length > 0,
  );
  expect(asking).toEqual([2018, 2024, 2027, 2029, 2032, 2035]);
});

test('over 2018–2035: nothing on a holiday, nothing lost, nothing twice, nothing moved out of its week or before its day', () => {
  fc.assert(
    fc.property(year, fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (each, weekdays) => {
      const calendar = calendarOf({ rounds: [{ stream: 'gris', days: weekdays }] });
      const from = mondayOf(sureNumber(`${each}-01-01`));
      const to = mondayOf(sureNumber(`${each}-12-31`)) + 6;
      const { collections, undecided } = collectionsBetween(calendar, null, dayOf(from), dayOf(to));
      const holidays = new Set(
        [each - 1, each, each + 1].flatMap((one) => publicHolidays(one, 'metropole')).map(({ date }) => date),
      );
      expect(collections.length + undecided.length).toBe(((to - from + 1) / 7) * weekdays.length);
      expect(new Set(dates(collections)).size).toBe(collections.length);
      for (const { date, planned, change } of collections) {
        const delay = sureNumber(date) - sureNumber(planned ?? date);
        expect(holidays.has(date)).toBe(false);
        expect(delay === 0 || delay === 1).toBe(true);
        expect(change === null).toBe(delay === 0);
        expect(mondayOf(sureNumber(date))).toBe(mondayOf(sureNumber(planned ?? '')));
        expect(weekdayOf(sureNumber(date))).toBeLessThanOrEqual(6);
      }
    }),
    { numRuns: 60 },
  );
});

test('exceptions always win: whatever the day, its collection is where the exception says', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -20, max: 20 }), (number, move) => {
      const planned = dayOf(number);
      const moved = dayOf(number + move);
      const calendar = calendarOf({
        rounds: [{ stream: 'gris', rrule: 'FREQ=DAILY' }],
        exceptions: [{ date: planned, newDate: moved, reason: 'travaux' }],
      });
      const { collections, undecided } = collectionsBetween(calendar, null, moved, moved);
      expect(undecided.some((each) => each.planned === planned)).toBe(false);
      expect(dates(collections)).toContain(moved);
    }),
    { numRuns: 100 },
  );
});

test('the next collections are those of the days, from any day, cut where asked', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 12 }), (number, count) => {
      const from = dayOf(number);
      const { collections } = nextCollections(tours, null, from, count);
      const all = collectionsBetween(tours, null, from, dayOf(number + 60)).collections;
      expect(new Set(dates(collections)).size).toBe(count);
      expect(collections).toEqual(all.slice(0, collections.length));
    }),
    { numRuns: 60 },
  );
});

test('a Saturday after a holiday, a day without rule and contradictory exceptions are asked, never guessed', () => {
  const saturday = calendarOf({ rounds: [{ stream: 'gris', days: ['samedi'] }] });
  expect(collectionsBetween(saturday, null, '2025-05-01', '2025-05-04').undecided).toMatchObject([
    { planned: '2025-05-03', why: 'no-day-left' },
  ]);
  const { value: noRule } = readCalendarFile({ rounds: [{ stream: 'gris', days: ['jeudi'] }] });
  expect(collectionsBetween(noRule, null, '2025-05-01', '2025-05-09').undecided).toMatchObject([
    { planned: '2025-05-01', why: 'no-rule' },
    { planned: '2025-05-08', why: 'no-rule' },
  ]);
  const torn = calendarOf({
    rounds: [{ stream: 'gris', days: ['lundi'] }],
    exceptions: [
      { date: '2025-03-03', newDate: '2025-03-04', reason: 'a' },
      { date: '2025-03-03', newDate: '2025-03-05', reason: 'b' },
    ],
  });
  expect(collectionsBetween(torn, null, '2025-03-03', '2025-03-09').undecided).toMatchObject([
    { why: 'contradictory' },
  ]);
});

test('other rules: collected, cancelled, the day after, the day before, only some holidays, Alsace-Moselle', () => {
  const week = (holidayRule: object, from = '2025-12-22', to = '2025-12-28') => {
    const calendar = calendarOf({ holidayRule, rounds: [{ stream: 'gris', days: ['jeudi', 'vendredi'] }] });
    const found = collectionsBetween(calendar, null, from, to);
    return [dates(found.collections), found.cancelled.map(({ planned }) => planned), found.undecided.length];
  };
  expect(week({ kind: 'collected' })).toEqual([['2025-12-25', '2025-12-26'], [], 0]);
  expect(week({ kind: 'cancelled' })).toEqual([['2025-12-26'], ['2025-12-25'], 0]);
  // Two collections of one stream on the Friday are one.
  expect(week({ kind: 'day-after' })).toEqual([['2025-12-26'], [], 0]);
  expect(week({ kind: 'day-before' })).toEqual([['2025-12-24', '2025-12-26'], [], 0]);
  expect(week({ kind: 'day-after', observed: ['05-01'] })).toEqual([['2025-12-25', '2025-12-26'], [], 0]);
  // 26 December is a second holiday in Strasbourg.
  expect(week({ kind: 'rest-of-week', zone: 'alsace-moselle' })).toEqual([[], [], 2]);
});

test('the exception that names sector and stream wins over the one that names none', () => {
  const calendar = calendarOf({
    rounds: ['Nord', 'Sud'].map((sector) => ({ sector, stream: 'gris', days: ['lundi'] })),
    exceptions: [
      { date: '2025-03-03', newDate: '2025-03-04', reason: 'travaux' },
      { date: '2025-03-03', newDate: '2025-03-06', sector: 'Nord', stream: 'gris', reason: 'neige' },
    ],
  });
  const of = (sector: string) => dates(collectionsBetween(calendar, sector, '2025-03-03', '2025-03-09').collections);
  expect([of('Nord'), of('Sud')]).toEqual([['2025-03-06'], ['2025-03-04']]);
});

test('an exception that changes nothing is said; one on a shifted day is told the usual day', () => {
  const calendar = calendarOf({
    rounds: [{ stream: 'gris', days: ['jeudi'] }],
    exceptions: [
      { date: '2025-05-02', newDate: '2025-05-03', reason: 'x' },
      { date: '2025-05-06', newDate: null, reason: 'y' },
      { date: null, newDate: '2025-05-07', stream: 'sapins', reason: 'en plus' },
    ],
  });
  const { collections, problems } = collectionsBetween(calendar, null, '2025-05-01', '2025-05-07');
  expect(collections.map(({ date, stream }) => [date, stream])).toEqual([
    ['2025-05-02', 'gris'],
    ['2025-05-07', 'sapins'],
  ]);
  expect(problems.map(({ code, value, proposal }) => [code, value, proposal])).toEqual([
    ['waste.exception.movedDay', '2025-05-02', '2025-05-01'],
    ['waste.exception.idle', '2025-05-06', null],
  ]);
});

test('dates that a calendar gives one by one are final: the rule for holidays does not touch them', () => {
  const calendar = calendarOf({ days: { '2019-01-01': ['MENAGERES'], '2019-01-02': ['RECYCLABLES', 'VERRE'] } });
  expect(
    nextCollections(calendar, null, '2019-01-01', 10).collections.map(({ date, stream }) => [date, stream]),
  ).toEqual([
    ['2019-01-01', 'MENAGERES'],
    ['2019-01-02', 'RECYCLABLES'],
    ['2019-01-02', 'VERRE'],
  ]);
});

test('seasons: fortnightly, then weekly in July and August; the turn of a year of 53 weeks is pointed at', () => {
  const calendar = calendarOf({
    rounds: [
      { stream: 'vert', days: ['mardi'], weeks: 'even', season: { from: '09-01', to: '06-30' } },
      { stream: 'vert', days: ['mardi'], season: { from: '07-01', to: '08-31' } },
    ],
  });
  const { collections } = collectionsBetween(calendar, null, '2025-06-16', '2025-07-13');
  // 24 June is in week 26.
  expect(dates(collections)).toEqual(['2025-06-24', '2025-07-01', '2025-07-08']);
  expect(collectionsBetween(calendar, null, '2026-12-01', '2027-01-31').problems).toMatchObject([
    { code: 'waste.weeks.turn', value: '2026-12-28', expected: '2026' },
  ]);
});

test('any JSON is a calendar and problems, never an exception', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (rounds, exceptions, holidayRule) => {
      const { value } = readCalendarFile({ rounds: [rounds], exceptions: [exceptions], holidayRule });
      nextCollections(value, null, '2025-01-01', 3);
      readCalendarFile(rounds);
    }),
  );
});
