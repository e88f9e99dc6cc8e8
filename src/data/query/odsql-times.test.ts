// Dates: the patterns of date_format, the parts of now(), the clocks of time zones. Examples of Opendatasoft's own page first.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dateFormatSql } from './date-format.ts';
import { readNow } from './now.ts';
import { openSample, type Sample } from './sample.ts';
import { inTimeZone, momentOf, offsetMinutes, readTimeZone, usualSettings } from './settings.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

async function written(pattern: string, lang = 'fr', moment = '2007-11-20 01:23:45'): Promise<unknown> {
  const sql = dateFormatSql(`TIMESTAMP '${moment}'`, pattern, lang);
  const [answer] = await sample.tables.run([{ sql: `SELECT ${sql}` }]);
  return answer?.rows[0]?.[0];
}

test.each<[string, string]>([
  ['dd/MM/YYYY', '20/11/2007'],
  ["'The date is 'dd/MM/YYYY", 'The date is 20/11/2007'],
  ["'The date is '''dd/MM/YYYY''", "The date is '20/11/2007'"],
  ['E', 'mar.'],
  ['EEEE', 'mardi'],
  ['H', '1'],
  ['HH', '01'],
  ['yy', '07'],
  ['yyyy', '2007'],
  ['M', '11'],
  ['MM', '11'],
  ['MMMM', 'novembre'],
  ['d', '20'],
  ['D', '324'],
  ['DDD', '324'],
  ['e', '2'],
  ['m', '23'],
  ['mm', '23'],
  ['s', '45'],
  ['ss', '45'],
  ['xxxx-ww', '2007-47'],
  ['xx w', '07 47'],
  ["YYYY-MM-dd'T'HH:mm:ss", '2007-11-20T01:23:45'],
  ['?,.:/-', '?,.:/-'],
])('date_format %s', async (pattern, expected) => {
  expect(await written(pattern)).toBe(expected);
});

test('padding, weeks of other years, other languages', async () => {
  expect(await written('d dd D DDD M MM m mm', 'fr', '2021-01-03 10:05:09')).toBe('3 03 3 003 1 01 5 05');
  // Sunday 3 January 2021 is of the last week of 2020.
  expect(await written('xxxx ww w e', 'fr', '2021-01-03 00:00:00')).toBe('2020 53 53 7');
  expect(await written('EEEE d MMMM', 'en')).toBe('Tuesday 20 November');
  expect(await written('EEEE', 'de')).toBe('Dienstag');
});

test.each(['q', 'yyy', 'EEE', "'open", '', 'A', 'd'.repeat(3), 'dE'.repeat(30)])('%s is no pattern', (pattern) => {
  expect(dateFormatSql('x', pattern, 'fr')).toBe(null);
});

/** A Thursday. */
const settings = { ...usualSettings(), now: new Date('2021-05-06T12:34:55.450Z') };

test.each<[Record<string, number>, string]>([
  [{}, '2021-05-06 12:34:55.450'],
  [{ year: 2000 }, '2000-05-06 12:34:55.450'],
  [{ years: -1 }, '2020-05-06 12:34:55.450'],
  [{ year: 2001, months: -1 }, '2001-04-06 12:34:55.450'],
  [{ day: 31, month: 2 }, '2021-02-28 12:34:55.450'],
  [{ weekday: 0 }, '2021-05-10 12:34:55.450'],
  [{ mondays: 1 }, '2021-05-10 12:34:55.450'],
  [{ mondays: -1 }, '2021-05-03 12:34:55.450'],
  [{ thursdays: 1 }, '2021-05-06 12:34:55.450'],
  [{ thursdays: -2 }, '2021-04-29 12:34:55.450'],
  [{ weekday: 3 }, '2021-05-06 12:34:55.450'],
  [{ months: 8 }, '2022-01-06 12:34:55.450'],
  [{ months: -5 }, '2020-12-06 12:34:55.450'],
  [{ days: 26, hours: -13 }, '2021-05-31 23:34:55.450'],
  [{ hour: 0, minute: 0, second: 0, microsecond: 0 }, '2021-05-06 00:00:00.000'],
  [{ minutes: 30, seconds: 5 }, '2021-05-06 13:05:00.450'],
])('now(%j)', (parts, expected) => {
  expect(readNow(new Map(Object.entries(parts)), settings)).toBe(expected);
});

test.each<Record<string, number>>([
  { year: 0 },
  { year: 10_000 },
  { month: 13 },
  { day: 0 },
  { hour: 24 },
  { weekday: 7 },
  { mondays: 0 },
  { years: 1.5 },
  { years: 1e300 },
  { years: 9000 },
  { days: 1e9 },
  { century: 1 },
  { constructor: 1 },
])('now(%j) is refused', (parts) => {
  expect(readNow(new Map(Object.entries(parts)), settings)).toBe(null);
});

test('parts of now are those of the clocks of the zone', () => {
  const paris = { ...settings, timezone: 'Europe/Paris' };
  expect(readNow(new Map([['hour', 0]]), paris)).toBe('2021-05-05 22:34:55.450');
});

test('clocks, also when they change', () => {
  expect(offsetMinutes(Date.parse('2024-01-15T08:00:00Z'), 'Europe/Paris')).toBe(60);
  expect(offsetMinutes(Date.parse('2024-07-15T08:00:00Z'), 'Europe/Paris')).toBe(120);
  expect(offsetMinutes(Date.parse('2024-07-15T08:00:00Z'), 'Asia/Kolkata')).toBe(330);
  expect(new Date(momentOf(Date.parse('2024-03-31T03:00:00Z'), 'Europe/Paris')).toISOString()).toBe(
    '2024-03-31T01:00:00.000Z',
  );
  expect(inTimeZone('2024-07-01T10:00:00.5+00:00', 'Europe/Paris')).toBe('2024-07-01T12:00:00.5+02:00');
  expect(inTimeZone('2024-07-01T10:00:00+00:00', 'America/New_York')).toBe('2024-07-01T06:00:00-04:00');
});

test('names of time zones', async () => {
  expect(readTimeZone('Europe/Paris')).toBe('Europe/Paris');
  expect(readTimeZone('UTC')).toBe('UTC');
  for (const none of ['', 'Paris', '+02:00', "UTC'; DROP", 'Europe/../Paris', 'x'.repeat(100)])
    expect(readTimeZone(none)).toBe(null);
  // The engine knows all those that are let in.
  const zones = [
    ...Intl.supportedValuesOf('timeZone'),
    'UTC',
    'GMT',
    'CET',
    'Etc/GMT+3',
    'europe/paris',
    'Asia/Calcutta',
  ];
  const names = zones.map((zone) => readTimeZone(zone)).filter((zone) => zone !== null);
  expect(names.length).toBe(zones.length);
  const [answer] = await sample.tables.run([
    { sql: `SELECT ${names.map((zone) => `timezone('${zone}', TIMESTAMP '2024-07-01 12:00:00')`).join(', ')}` },
  ]);
  expect(answer?.rows[0]).not.toContain(null);
});
