import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isoLocal, obeysExpression, type Reading, readExpression } from './conversion.ts';
import type { TableEngine } from './engine.ts';
import { openTableEngine } from './pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-conversion-'));
let engine: TableEngine;
beforeAll(() => {
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 20,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the engine says of each text: whether it obeys, and the value it reads. */
async function judged(reading: Reading, texts: readonly (string | null)[]): Promise<readonly (readonly unknown[])[]> {
  const rows = texts.map((_, index) => `($${index + 1}::VARCHAR)`).join(', ');
  const sql = `SELECT ${obeysExpression(reading, 'v')}, ${readExpression(reading, 'v')} FROM (VALUES ${rows}) t(v)`;
  return (await engine.run([{ sql, params: texts }]))[0]?.rows ?? [];
}

const plain = (type: Reading['type'], more: Partial<Reading> = {}): Reading => ({ type, format: null, ...more });

test('whole numbers lose nothing: no leading zero, no decimals, no sixteenth digit', async () => {
  const texts = [
    '0',
    '-12',
    '123456789012345',
    ' 7 ',
    '\u00a07',
    null,
    '',
    '007',
    '-0',
    '+5',
    '12.0',
    '1e3',
    '1_000',
    '0x1F',
    '1234567890123456',
    'NA',
  ];
  const rows = await judged(plain('integer'), texts);
  expect(rows.map(([obeys]) => obeys)).toEqual([true, true, true, true, true, null, true, ...Array(9).fill(false)]);
  expect(rows.slice(0, 7).map(([, value]) => value)).toEqual([0, -12, 123456789012345, 7, 7, null, null]);
});

test('numbers with a point', async () => {
  const texts = [
    '1.5',
    '-0.25',
    '.5',
    '12.',
    '1e-7',
    '2.5E+03',
    ' 3.5',
    '0',
    '01.5',
    'nan',
    'inf',
    '1_0.5',
    '1,5',
    '1234567890123456.5',
  ];
  const rows = await judged(plain('number'), texts);
  expect(rows.map(([obeys]) => obeys)).toEqual([...Array(8).fill(true), ...Array(6).fill(false)]);
  expect(rows.slice(0, 8).map(([, value]) => value)).toEqual([1.5, -0.25, 0.5, 12, 1e-7, 2500, 3.5, 0]);
});

test('French numbers: comma, groups of three, units', async () => {
  const comma = await judged(plain('number', { decimalChar: ',' }), [
    '1,5',
    '-3',
    '3718,000000000000000',
    '1.5',
    '1 234,5',
  ]);
  expect(comma).toEqual(
    [
      [true, 1.5],
      [true, -3],
      [true, 3718],
      [false, null],
      [false, null],
    ].map((row, i) => (i === 3 ? [false, 1.5] : row)),
  );
  const grouped = await judged(plain('number', { decimalChar: ',', groupChar: ' ' }), [
    '1 234,5',
    '1\u202f234\u00a0567',
    '12',
    '12 34',
  ]);
  expect(grouped.map(([obeys]) => obeys)).toEqual([true, true, true, false]);
  expect(grouped.slice(0, 3).map(([, value]) => value)).toEqual([1234.5, 1234567, 12]);
  const euros = await judged(plain('number', { decimalChar: ',', groupChar: '.', unit: '€' }), [
    '1.234,56 €',
    '5€',
    '5',
  ]);
  expect(euros.map(([obeys]) => obeys)).toEqual([true, true, false]);
  expect(euros.slice(0, 2).map(([, value]) => value)).toEqual([1234.56, 5]);
});

test('days exist in the calendar', async () => {
  const iso = await judged(plain('date'), [
    '2024-02-29',
    '2023-02-29',
    '2024-1-5',
    '2024/01/05',
    '2024-01-05 10:00',
    ' 2024-01-05',
    'infinity',
    '2024-01-05 (BC)',
  ]);
  expect(iso.map(([obeys]) => obeys)).toEqual([true, false, false, false, false, true, false, false]);
  const french = await judged(plain('date', { format: '%d/%m/%Y' }), [
    '31/01/2024',
    '1/2/2024',
    '31/02/2024',
    '01/13/2024',
    '01/02/24',
    '01/02/2024 ',
  ]);
  expect(french.map(([obeys]) => obeys)).toEqual([true, true, false, false, false, true]);
  expect(french[1]?.[1]).toBe('2024-02-01');
  const short = await judged(plain('date', { format: '%d.%m.%y' }), ['01.02.68', '01.02.69']);
  expect(short.map(([, value]) => value)).toEqual(['2068-02-01', '1969-02-01']);
  const compact = await judged(plain('date', { format: '%Y%m%d' }), ['20240131', '2024131', '20241301']);
  expect(compact.map(([obeys]) => obeys)).toEqual([true, false, false]);
});

test('moments with a zone become UTC, moments without stay as written', async () => {
  const zoned = await judged(plain('datetime'), [
    '2024-07-05T10:00:00Z',
    '2024-07-05 10:00:00+02:00',
    '2024-07-05T10:00',
    '2024-07-05T25:00:00Z',
  ]);
  expect(zoned.map(([obeys]) => obeys)).toEqual([true, true, false, false]);
  expect(zoned.slice(0, 2).map(([, value]) => value)).toEqual([
    '2024-07-05T10:00:00+00:00',
    '2024-07-05T08:00:00+00:00',
  ]);
  const local = await judged(plain('datetime', { format: isoLocal }), [
    '2024-07-05T10:00',
    '2024-07-05 10:00:00.25',
    '2024-07-05T10:00:00Z',
  ]);
  expect(local.map(([obeys]) => obeys)).toEqual([true, true, false]);
});

test('hours end at 23:59:59', async () => {
  const rows = await judged(plain('time'), ['09:30:00', '9:30:00', '24:00:00', '09:30']);
  expect(rows.map(([obeys]) => obeys)).toEqual([true, true, false, false]);
});

test('points are read in their order and stay in the world', async () => {
  const latLon = await judged(plain('geopoint', { format: 'lat,lon' }), [
    '47.39, 0.68',
    '[47.39,0.68]',
    '147.39, 0.68',
    'Tours',
    null,
  ]);
  expect(latLon.map(([obeys]) => obeys)).toEqual([true, true, false, false, null]);
  expect(latLon[0]?.[1]).toEqual({ lon: 0.68, lat: 47.39 });
  const lonLat = await judged(plain('geopoint', { format: 'lon,lat' }), ['[0.68,\t47.39]']);
  expect(lonLat).toEqual([[true, { lon: 0.68, lat: 47.39 }]]);
});

test('booleans forgive capitals, markers read as nothing', async () => {
  const reading = plain('boolean', { trueValues: ['oui'], falseValues: ['non'], missingValues: ['NA'] });
  expect(await judged(reading, ['Oui', 'NON', ' oui', 'NA', '', 'peut-être', '1'])).toEqual([
    [true, true],
    [true, false],
    [true, true],
    [true, null],
    [true, null],
    [false, null],
    [false, null],
  ]);
  expect(await judged(plain('number', { missingValues: ['NaN'] }), ['NaN', '1.5'])).toEqual([
    [true, null],
    [true, 1.5],
  ]);
});

test('text stays as it is', async () => {
  expect(await judged(plain('string'), [' a ', null])).toEqual([
    [true, ' a '],
    [false, null],
  ]);
});
