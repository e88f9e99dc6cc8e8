import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MaskKind, Treatment } from '../../model/finding.ts';
import { problem } from '../../model/problem.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { readAside } from '../deposit/receive.ts';
import { parseFile } from '../parse/parse.ts';
import { maskExpression } from './mask.ts';
import { planTreatments, treatTable, withoutTreated } from './treat.ts';

const root = mkdtempSync(join(tmpdir(), 'terroir-treat-'));
let engine: TableEngine;
beforeAll(() => {
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 400,
    timeoutSeconds: 120,
    folders: [root],
    temporaryFolder: join(root, 'spill'),
  });
});
afterAll(async () => {
  await engine?.close();
  rmSync(root, { recursive: true, force: true });
});

async function mask(kind: MaskKind, texts: readonly (string | null)[]): Promise<readonly unknown[]> {
  const values = texts.map((text, place) => `(${place}, ${text === null ? 'NULL' : quoteLiteral(text)})`).join(', ');
  const [answer] = await engine.run([
    { sql: `SELECT ${maskExpression(kind, 'c0')} FROM (VALUES ${values}) AS t(place, c0) ORDER BY place` },
  ]);
  return (answer?.rows ?? []).map(([value]) => value);
}

test.each<[MaskKind, string | null, string | null]>([
  ['hide', 'quoi que ce soit', '•••'],
  ['hide', null, null],
  ['email', 'lea.martin@gmail.com', 'l•••@•••'],
  ['email', 'Écrire à lea.martin@gmail.com ou j@x.fr.', 'Écrire à l•••@••• ou j•••@•••.'],
  ['email', 'léa martin@gmail,com', '•••'],
  ['phone', '06 12 34 56 78', '•• •• •• •• ••'],
  ['phone', 'bureau : +33 (0)2 47 21 60 00 (matin)', 'bureau : •• •• •• •• •• (matin)'],
  ['initials', 'Mme Marie-Odile LE GOFF', 'M.-O. L. G.'],
  ['initials', 'Élodie', 'É.'],
  ['initials', 'DUPONT Jean (06 12 34 56 78)', 'D. J.'],
  ['year', '14/03/1985', '1985'],
  ['year', '1985-03-14T00:00:00', '1985'],
  ['year', '19850314', '1985'],
  ['year', '14/03/85', null],
  ['ageBand', '34', '30-39'],
  ['ageBand', '7 ans', '0-9'],
  ['ageBand', '103', '90+'],
  ['ageBand', 'né en 1985', null],
  ['street', '12 bis rue du 8 mai 1945 37000 Tours', 'rue du 8 mai 1945 37000 Tours'],
  ['street', 'Appt 4, 3-5 rue Nationale, 37000 Tours', 'rue Nationale, 37000 Tours'],
  ['street', 'rue Nationale 12', 'rue Nationale'],
  ['commune', '12 rue Nationale 37000 Tours', 'Tours'],
  ['commune', '12 rue Nationale', null],
  ['coordinates', '47.394144', '47.39'],
  ['coordinates', '0,684840', '0,68'],
  ['coordinates', '47.394144, 0.684840', '47.39, 0.68'],
  ['coordinates', '525123.4', '525000'],
  ['coordinates', 'chez M. Dupont', null],
  ['smallCells', '7', null],
  ['smallCells', '11', '11'],
  ['smallCells', '0', '0'],
  ['smallCells', 'sept', null],
])('%s: %s becomes %s', async (kind, text, masked) => {
  expect(await mask(kind, [text])).toEqual([masked]);
});

const letters = fc.stringMatching(/^[a-zéèçA-ZÉ]{3,12}$/);

test('no mask lets a word or a number of the raw value through', async () => {
  const name = fc.tuple(fc.constantFrom('', 'M. ', 'Mme '), letters, fc.constantFrom(' ', '-', ', '), letters);
  const phone = fc.tuple(fc.constantFrom('0', '+33 ', '0033 '), fc.integer({ min: 100_000_000, max: 999_999_999 }));
  const mailbox = fc.tuple(
    fc.stringMatching(/^[a-z0-9]{3,9}$/),
    fc.constantFrom('.', '_', '+'),
    fc.stringMatching(/^[a-z0-9]{3,9}$/),
  );
  const birth = fc.date({ min: new Date('1900-01-01'), max: new Date('2020-12-31'), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(
      name,
      phone,
      mailbox,
      birth,
      async ([civility, first, gap, last], [prefix, digits], [a, dot, b], day) => {
        const [initials] = await mask('initials', [civility + first + gap + last]);
        expect(String(initials)).not.toContain(first);
        expect(String(initials)).not.toContain(last);
        const [hiddenPhone] = await mask('phone', [`${prefix}${digits}`]);
        expect(String(hiddenPhone)).not.toMatch(/\d/);
        const [hiddenBox] = await mask('email', [`voir ${a}${dot}${b}@exemple.fr`]);
        expect(String(hiddenBox)).not.toContain(a);
        expect(String(hiddenBox)).not.toContain(b);
        expect(String(hiddenBox)).not.toContain('exemple');
        const [iso] = day.toISOString().split('T');
        expect(await mask('year', [iso ?? ''])).toEqual([iso?.slice(0, 4)]);
      },
    ),
    { numRuns: 40 },
  );
});

async function parsed(lines: readonly string[]) {
  const folder = mkdtempSync(join(root, 'file-'));
  const path = join(folder, 'liste.csv');
  writeFileSync(path, `${lines.join('\n')}\n`);
  const file = await parseFile(await readAside(path, folder), { scratch: folder });
  const [table] = file.value.tables;
  if (table === undefined) throw new Error('no table');
  return { table, folder };
}

test('a treated table holds what stays, in its order, and reads like any other', async () => {
  const lines = ['nom;né le;note;ville'];
  for (let i = 0; i < 3000; i++)
    lines.push(`DUPONT Jean;14/03/19${10 + (i % 80)};"dit ""le ${i}"", seul";${i % 2 ? '' : 'Tours'}`);
  const { table, folder } = await parsed(lines);
  const treatments: Treatment[] = [
    { kind: 'mask', column: 'nom', mask: 'initials' },
    { kind: 'mask', column: 'ne_le', mask: 'year' },
    { kind: 'remove', column: 'ville' },
    { kind: 'remove', column: 'courriel' },
  ];
  const { value, problems } = await treatTable(table, treatments, folder, engine);
  expect(value.kept).toEqual([0, 1, 2]);
  expect(value.table.headers.map(({ title }) => title)).toEqual(['nom', 'né le', 'note']);
  expect(value.table.sample[2]).toEqual(['D. J.', '1912', 'dit "le 2", seul']);
  expect(value.table.sample.length).toBeGreaterThan(1000);
  expect(value.table).toMatchObject({ rows: 3000, firstSourceRow: 2 });
  expect(problems.map(({ code, column }) => [code, column])).toEqual([['personal.unmatched', 'courriel']]);
  const copy = readFileSync(value.table.source.path, 'utf8');
  expect(copy.split('\n')).toHaveLength(3001);
  expect(copy).not.toContain('DUPONT');
});

test('one column left with empty cells keeps its records', async () => {
  const { table, folder } = await parsed(['a;nom', 'x;Léa', ';Paul', 'z;']);
  const { value } = await treatTable(table, [{ kind: 'remove', column: 'nom' }], folder, engine);
  expect(value.table.sample).toEqual([['x'], [' '], ['z']]);
});

test('nothing to do changes nothing; removing wins over masking', async () => {
  const { table, folder } = await parsed(['a;b', '1;2']);
  expect((await treatTable(table, [], folder, engine)).value.table).toBe(table);
  const { columns } = planTreatments(table.headers, [
    { kind: 'remove', column: 'a' },
    { kind: 'mask', column: 'a', mask: 'hide' },
  ]);
  expect(columns).toEqual([{ index: 1, expression: '"c1"' }]);
});

test('what is told of a treated column no longer quotes it', () => {
  const headers = [
    { title: 'Courriel', name: 'courriel' },
    { title: 'Nom', name: 'nom' },
    { title: 'Montant', name: 'montant' },
  ];
  const problems = ['Courriel', 'Nom', 'Montant', null].map((column) =>
    problem('encoding.mojibake', 'warning', { column, value: 'Ã©', proposal: 'é' }),
  );
  const told = withoutTreated(problems, headers, [
    { kind: 'remove', column: 'courriel' },
    { kind: 'mask', column: 'nom', mask: 'initials' },
  ]);
  expect(told.map(({ column, value, proposal }) => [column, value, proposal])).toEqual([
    ['Nom', null, null],
    ['Montant', 'Ã©', 'é'],
    [null, 'Ã©', 'é'],
  ]);
});
