import { expect, test } from 'vitest';
import { dayInParis, dayNumber, dayOf, isoWeek, sureNumber } from './days.ts';
import { easter, publicHolidays } from './holidays.ts';

test('Easter, as the calendars of these years print it', () => {
  const sundays = {
    1961: '04-02',
    2000: '04-23',
    2008: '03-23',
    2018: '04-01',
    2019: '04-21',
    2024: '03-31',
    2025: '04-20',
    2026: '04-05',
    2027: '03-28',
    2035: '03-25',
    2038: '04-25',
  };
  for (const [year, sunday] of Object.entries(sundays)) expect(dayOf(easter(Number(year)))).toBe(`${year}-${sunday}`);
});

test('the public holidays of 2026, in France and in Alsace-Moselle (service-public.fr)', () => {
  const france = publicHolidays(2026, 'metropole').map(({ date }) => date.slice(5));
  expect(france).toEqual([
    '01-01',
    '04-06',
    '05-01',
    '05-08',
    '05-14',
    '05-25',
    '07-14',
    '08-15',
    '11-01',
    '11-11',
    '12-25',
  ]);
  const alsace = publicHolidays(2026, 'alsace-moselle').map(({ date }) => date.slice(5));
  expect(alsace.filter((day) => !france.includes(day))).toEqual(['04-03', '12-26']);
});

test('weeks by ISO 8601: the turns of years', () => {
  const weekOf = (day: string) => isoWeek(sureNumber(day));
  expect(weekOf('2021-01-03')).toEqual({ year: 2020, week: 53 });
  expect(weekOf('2021-01-04')).toEqual({ year: 2021, week: 1 });
  expect(weekOf('2018-12-31')).toEqual({ year: 2019, week: 1 });
  expect(weekOf('2026-12-31')).toEqual({ year: 2026, week: 53 });
});

test('H3: the day in Paris around midnight and both changes of the clocks', () => {
  expect(dayInParis(new Date('2025-05-11T21:30:00Z'))).toBe('2025-05-11'); // 23:30 in Paris
  expect(dayInParis(new Date('2025-05-11T22:30:00Z'))).toBe('2025-05-12'); // 00:30
  expect(dayInParis(new Date('2025-01-11T22:30:00Z'))).toBe('2025-01-11'); // 23:30 in winter
  expect(dayInParis(new Date('2025-01-11T23:30:00Z'))).toBe('2025-01-12');
  expect(dayInParis(new Date('2025-03-29T22:59:00Z'))).toBe('2025-03-29'); // the night of the change
  expect(dayInParis(new Date('2025-03-29T23:01:00Z'))).toBe('2025-03-30');
  expect(dayInParis(new Date('2025-10-26T22:59:00Z'))).toBe('2025-10-26');
  expect(dayInParis(new Date('2025-10-26T23:01:00Z'))).toBe('2025-10-27');
});

test('what is no day of the calendar has no number', () => {
  expect(['2025-02-29', '2025-13-01', '2025-1-1', 'demain', ''].map(dayNumber)).toEqual([null, null, null, null, null]);
  expect(dayOf(sureNumber('2024-02-29'))).toBe('2024-02-29');
});
