import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isoLocal, obeysExpression, type Reading, readCsvExpression } from '../../stores/tables/conversion.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { parseFile } from '../parse/parse.ts';
import { judge, obedience, trimBlanks } from './readings.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-readings-'));
let engine: TableEngine;
beforeAll(() => {
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 300,
    timeoutSeconds: 30,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const best = (title: string, values: readonly string[]) => judge(title, values)[0]?.reading;

test('the simplest reading that all values obey is the best', () => {
  expect(best('n', ['1', '0'])).toEqual({ type: 'integer', format: null });
  expect(best('n', ['1', '0.5'])).toEqual({ type: 'number', format: null });
  expect(best('n', ['1', '0,5'])).toEqual({ type: 'number', format: null, decimalChar: ',' });
  expect(best('n', ['1 000', '20'])).toEqual({ type: 'integer', format: null, groupChar: ' ' });
  expect(best('n', ['1.000,5', '20'])).toEqual({ type: 'number', format: null, decimalChar: ',', groupChar: '.' });
  expect(best('n', ['1.000', '20.5'])).toEqual({ type: 'number', format: null });
  expect(best('n', ['12 €', '5€'])).toEqual({ type: 'integer', format: null, unit: '€' });
});

test('eight digits are a date only where the header says so', () => {
  expect(best('date_maj', ['20240131', '20231201'])).toEqual({ type: 'date', format: '%Y%m%d' });
  expect(best('numero', ['20240131', '20231201'])).toEqual({ type: 'integer', format: null });
});

test('zeros and ones are numbers, yes and no are not mixed with true and false', () => {
  expect(best('b', ['0', '1'])?.type).toBe('integer');
  expect(best('b', ['OUI', 'non'])?.type).toBe('boolean');
  expect(judge('b', ['oui', 'false'])[0]?.share ?? 0).toBeLessThan(1);
});

// Texts that look like values and often miss by a sign.
const signs = fc.constantFrom(...'0123456789'.split(''), ...'01-/.,: \u00a0\u202fTZ+€%eE[]'.split(''));
const near = fc.oneof(
  fc.string({ unit: signs, minLength: 1, maxLength: 10 }),
  fc
    .tuple(
      fc.integer({ min: 0, max: 33 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 1900, max: 2100 }),
      fc.constantFrom('/', '.', '-'),
    )
    .map(([d, m, y, s]) => [d, m, y].map((n) => String(n).padStart(2, '0')).join(s)),
  fc
    .tuple(fc.integer({ min: 1900, max: 2100 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
    .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join('-')),
  fc.double({ noNaN: true }).map(String),
  fc.constantFrom(
    'oui',
    'NON',
    'True',
    'vrai',
    '12:30',
    '23:59:59',
    '24:00:00',
    '2024-01-05T10:00:00Z',
    '47.39, 0.68',
    '[0.7,91]',
    '1 234,50',
    '1.234,50 €',
  ),
);
const readings: readonly Reading[] = [
  { type: 'integer', format: null },
  { type: 'number', format: null },
  { type: 'number', format: null, decimalChar: ',' },
  { type: 'integer', format: null, groupChar: ' ' },
  { type: 'number', format: null, decimalChar: ',', groupChar: '.', unit: '€' },
  { type: 'boolean', format: null },
  { type: 'boolean', format: null, trueValues: ['oui'], falseValues: ['non'] },
  { type: 'date', format: null },
  { type: 'date', format: '%d/%m/%Y' },
  { type: 'date', format: '%d.%m.%y' },
  { type: 'date', format: '%Y%m%d' },
  { type: 'datetime', format: null },
  { type: 'datetime', format: isoLocal },
  { type: 'datetime', format: '%d/%m/%Y %H:%M' },
  { type: 'time', format: null },
  { type: 'time', format: '%H:%M' },
  { type: 'geopoint', format: 'lat,lon' },
];

test('the sample and the engine judge alike', { timeout: 60_000 }, async () => {
  const texts = fc.sample(near, { numRuns: 3000, seed: 37 });
  const rows = texts.map((_, index) => `($${index + 1}::VARCHAR)`).join(', ');
  const sql = `SELECT ${readings.map((reading) => obeysExpression(reading, 'v')).join(', ')} FROM (VALUES ${rows}) t(v)`;
  const [answer] = await engine.run([{ sql, params: texts }]);
  const differences = texts.flatMap((text, row) =>
    readings.flatMap((reading, index) => {
      const here = trimBlanks(text) === '' || obedience(reading)(trimBlanks(text));
      return here === answer?.rows[row]?.[index] ? [] : [`${JSON.stringify(text)} ${JSON.stringify(reading)}: ${here}`];
    }),
  );
  expect(differences.slice(0, 10)).toEqual([]);
});

test('the engine reads the same cells as we do, whatever the file', { timeout: 120_000 }, async () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab é€0;,"\n'.split('')), maxLength: 6 });
  const rows = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));
  let number = 0;
  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), async (table, proper) => {
      const path = join(folder, `${number++}.csv`);
      // Proper quotes, or none at all: then the file is as broken as files can be.
      const line = (cells: readonly string[]) =>
        cells.map((text) => (proper ? `"${text.replaceAll('"', '""')}"` : text)).join(';');
      writeFileSync(
        path,
        `${['a', 'b', 'c', 'd']
          .slice(0, table[0]?.length)
          .map((name) => `titre ${name}`)
          .join(';')}\n${table.map(line).join('\n')}\n`,
      );
      const { value } = await parseFile(
        { path, name: 'f.csv', bytes: 1, sha256: '' },
        { scratch: mkdtempSync(join(folder, 's-')) },
      );
      const [parsed] = value.tables;
      if (parsed === undefined) throw new Error('no table');
      const [answer] = await engine.run([{ sql: `SELECT * FROM ${readCsvExpression(parsed.source)}` }]);
      expect(answer?.rows).toEqual(parsed.sample.map((cells) => cells.map((text) => (text === '' ? null : text))));
      expect(answer?.rows.length).toBe(parsed.source.records);
    }),
    { numRuns: 200 },
  );
});
