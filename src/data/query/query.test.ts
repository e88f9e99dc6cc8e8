import { afterAll, beforeAll, expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import { parseQuery } from './parse.ts';
import { planRecords } from './plan.ts';
import { sampleFields as fields, openSample, type Sample } from './sample.ts';
import type { QueryTexts } from './tree.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

async function answer(texts: QueryTexts, offset = 0, limit = 100) {
  const plan = planRecords(sample.version, parseQuery(texts));
  const [page, count] = await sample.tables.run([plan.page(offset, limit), plan.count()]);
  return { plan, rows: page?.rows ?? [], count: Number(count?.rows[0]?.[0]) };
}

/** The ids of the rows that a condition selects; the count is checked on the way. */
async function ids(where: string, orderBy?: string): Promise<unknown[]> {
  const { rows: found, count } = await answer({ select: 'id', where: [where], ...(orderBy && { orderBy }) });
  expect(count).toBe(found.length);
  return found.map(([id]) => id);
}

test('the version is known by its files', () => {
  expect(sample.version.searchableFields).toEqual(['nom', 'ville']);
  expect(sample.version.made).toEqual([{ name: 'geo_point_2d', title: 'geo_point_2d', type: 'geopoint' }]);
});

test.each<[string, number[]]>([
  ['montant = 200', [2, 6]],
  ['montant != 200', [1, 3, 4, 5, 7]],
  ['montant > 5', [1, 2, 6]],
  ['montant >= 5 AND montant < 200', [1, 7]],
  ['200 = montant', [2, 6]],
  ['5 < montant', [1, 2, 6]],
  ['montant < -3', [4]],
  ['montant = "200"', [2, 6]],
  ['montant * 2 - 1 = 399', [2, 6]],
  ['montant / 0 > 1', []],
  ['-(montant) > 3', [4]],
  ['id + `2024` = 11', [1]],
  ["ville = 'Tours'", [1, 2]],
  ['ville:"Tours"', [1, 2]],
  ['VILLE_ABSENTE is null or ville is null'.replace('VILLE_ABSENTE is null or ', ''), [4]],
  ['ville is not null and not ville = "Tours"', [3, 5, 6, 7]],
  ['not ville = "Tours"', [3, 4, 5, 6, 7]],
  ['not (montant > 0 or ville is null)', [3, 5]],
  ['ville = null', [4]],
  ['ville != null', [1, 2, 3, 5, 6, 7]],
  ['code = 01000', [1]],
  ['code in (01000, "2A004")', [1, 4]],
  ['id in (1, 3, 99)', [1, 3]],
  ['id not in (1, 3)', [2, 4, 5, 6, 7]],
  ['id in [2..4]', [2, 3, 4]],
  ['id in ]2..4[', [3]],
  ['id in [2 TO 4[', [2, 3]],
  ['id in [6..*]', [6, 7]],
  ["jour in [date'2024-01-01'..date'2024-12-31']", [1, 2]],
  ["jour > date'2024/02/28'", [2, 5, 6]],
  ['jour >= "2025"', [5, 6]],
  ['jour = "2024-02-29"', [2]],
  ["date = date'2020-01-05'", [5]],
  ["moment >= '2024-02-29T13:30:00+01:00' and moment <= '2024-02-29T12:30:00Z'", [2]],
  ['jour = moment', [5]],
  ["heure < '08:30:00'", [1, 5, 7]],
  ['actif', [1, 3, 6, 7]],
  ['not actif', [2, 4, 5]],
  ['actif is false', [2, 5]],
  ['actif is not true', [2, 4, 5]],
  ['actif = false', [2, 5]],
  ['"tours"', [1, 2, 3, 7]],
  ['"ecole tours"', [2]],
  ["'ELEMENTAIRE École'", [2]],
  ['"l\'île"', [1]],
  ['"37261"', [2]],
  ['"2a004"', [4]],
  ['"50"', [5]],
  ['"370"', [3]],
  ['"ecol tour"', [2]],
  ['"cole"', []],
  ['not "tours"', [4, 5, 6]],
  ['"tours" or id = 5', [1, 2, 3, 5, 7]],
  ['search("theat")', [7]],
  ['search(ville, "tours")', [1, 2, 3, 7]],
  ['search(nom, "tours")', []],
  ['search(*, "luynes")', [5, 6]],
  ['startswith(ville, "Joué")', [3]],
  ['startswith(ville, "joué")', []],
  ['ville like "tours les"', [3, 7]],
  ['nom like "th*tre"', [7]],
  ['nom like "%ecole%"', [2]],
  ['code like "37*"', [2, 3, 6, 7]],
  ['ville not like "tours"', [4, 5, 6]],
  ['geo_point_2d is not null', [1, 2, 4]],
  ['`2024` > 50', [6, 7]],
  ['true', [1, 2, 3, 4, 5, 6, 7]],
  ['false', []],
  ['id = 1 or id = 2 and ville = "Luynes"', [1]],
  ['(id = 1 or id = 2) and ville = "Tours"', [1, 2]],
  ['NOT id = 1 AND id < 3', [2]],
  ['nom = "Gymnase de l\\\'Île"', [1]],
  ['id = 9007199254740993000', []],
  ['id = 1.5', []],
])('where %s', async (where, expected) => {
  expect(await ids(where)).toEqual(expected);
});

test('several conditions are all required, blank ones are none', async () => {
  const { rows: found } = await answer({ select: 'id', where: ['montant = 200', ' ', 'actif'] });
  expect(found).toEqual([[6]]);
});

test('order: empty cells last both ways, ties in the order of the file, aliases and expressions', async () => {
  expect(await ids('true', 'montant')).toEqual([4, 5, 7, 1, 2, 6, 3]);
  expect(await ids('true', 'montant desc')).toEqual([2, 6, 1, 7, 5, 4, 3]);
  expect(await ids('true', 'ville ASC, id DESC')).toEqual([7, 3, 6, 5, 2, 1, 4]);
  expect(await ids('true', '-id')).toEqual([7, 6, 5, 4, 3, 2, 1]);
  const { rows: found } = await answer({ select: 'id as numero, montant * 2 as double', orderBy: 'double desc' }, 0, 2);
  expect(found).toEqual([
    [2, 400],
    [6, 400],
  ]);
});

test('select: names, aliases, calculations, everything', async () => {
  const { plan, rows: found } = await answer({
    select: 'id, montant*2 as `le double`, montant + 1, nom',
    where: ['id = 1'],
  });
  expect(plan.columns.map((c) => c.name)).toEqual(['id', 'le double', 'montant + 1', 'nom']);
  expect(found).toEqual([[1, 201, 101.5, "Gymnase de l'Île"]]);
  const all = await answer({ select: '*', where: ['id = 1'] });
  expect(all.plan.columns.map((c) => c.name)).toEqual([...fields.map((f) => f.name), 'geo_point_2d']);
  expect(all.rows[0]).toEqual([
    1,
    "Gymnase de l'Île",
    '01000',
    'Tours',
    100.5,
    '2024-01-15',
    '2024-01-15T08:00:00+00:00',
    '08:00:00',
    true,
    10,
    '2020-01-01',
    { lon: 0.68, lat: 47.39 },
  ]);
});

test('aggregates answer one row', async () => {
  const { plan, rows: found } = await answer({
    select:
      'count(*), count(ville) as villes, count(distinct ville) as v, avg(montant), sum(montant) as s, min(jour) as a, max(jour) as b, sum(montant) / count(*) as m',
    where: ['montant >= 0'],
  });
  expect(plan.aggregated).toBe(true);
  expect(plan.total).toBe(1);
  expect(plan.columns.map((c) => c.name)).toEqual(['count(*)', 'villes', 'v', 'avg(montant)', 's', 'a', 'b', 'm']);
  expect(found).toEqual([[5, 5, 3, 101.1, 505.5, '2022-05-05', '2025-06-02', 101.1]]);
});

test('pages follow each other without a gap, filtered or not', async () => {
  for (const texts of [{ select: 'id' }, { select: 'id', where: ['id > 0'] }, { select: 'id', orderBy: 'montant' }]) {
    const pages = await Promise.all([0, 3, 6, 9].map((offset) => answer(texts, offset, 3)));
    expect(pages.map((p) => p.rows.length)).toEqual([3, 3, 1, 0]);
    expect(new Set(pages.flatMap((p) => p.rows.map(([id]) => id))).size).toBe(7);
  }
});

test('the total of all rows is known without reading', () => {
  expect(planRecords(sample.version, parseQuery({})).total).toBe(7);
  expect(planRecords(sample.version, parseQuery({ where: ['id = 1'] })).total).toBe(null);
  const [a, b] = ['id = 1', 'id = 2'].map(
    (where) => planRecords(sample.version, parseQuery({ where: [where] })).countKey,
  );
  expect(a).not.toBe(b);
});

test.each<[QueryTexts, string, Record<string, unknown>]>([
  [{ orderBy: 'inconnu' }, 'query.unknownField', { name: 'inconnu', clause: 'order_by' }],
  [{ select: 'inconnu' }, 'query.unknownField', { name: 'inconnu', clause: 'select' }],
  [{ where: ['inconnu = 1'] }, 'query.unknownField', { name: 'inconnu', clause: 'where' }],
  [{ where: ['toString = 1'] }, 'query.unknownField', { name: 'toString' }],
  [{ where: ['jour > "demain"'] }, 'query.wrongType', { name: 'jour', type: 'date', value: 'demain' }],
  [{ where: ["jour > date'2023-02-29'"] }, 'query.dateInvalid', { value: '2023-02-29' }],
  [{ where: ['montant = "beaucoup"'] }, 'query.wrongType', { name: 'montant', type: 'number' }],
  [{ where: ['montant = true'] }, 'query.wrongType', {}],
  [{ where: ['ville > 3'] }, 'query.wrongType', { name: 'ville' }],
  [{ where: ['ville = montant'] }, 'query.wrongType', {}],
  [{ where: ['geo_point_2d = 1'] }, 'query.wrongType', {}],
  [{ where: ['actif = 3'] }, 'query.wrongType', {}],
  [{ where: ['ville + 1 = 2'] }, 'query.numberExpected', { position: 1 }],
  [{ where: ['montant'] }, 'query.conditionExpected', { position: 1 }],
  [{ where: ['id = 1 and ville'] }, 'query.conditionExpected', { position: 12 }],
  [{ where: ['id > (id = 1)'] }, 'query.valueExpected', {}],
  [{ where: ['count(*) > 1'] }, 'query.aggregateMisplaced', { name: 'count' }],
  [{ where: ['median(id) > 1'] }, 'query.aggregateMisplaced', { name: 'median' }],
  [{ where: ['constructor("x")'] }, 'query.unknownFunction', { name: 'constructor' }],
  [{ where: ['read_csv("/etc/passwd")'] }, 'query.unknownFunction', { name: 'read_csv' }],
  [{ select: 'getenv("HOME")' }, 'query.unknownFunction', { name: 'getenv' }],
  [{ where: ['startswith(montant, "x")'] }, 'query.textExpected', {}],
  [{ where: ['startswith("x")'] }, 'query.wrongArguments', { name: 'startswith' }],
  [{ where: ['ville like 3'] }, 'query.textExpected', {}],
  [{ where: ['ville = "Tours'] }, 'query.syntax', { position: 9 }],
  [{ where: ['(id = 1'] }, 'query.syntax', { position: 8, expected: ')' }],
  [{ where: ['id ='] }, 'query.syntax', { position: 5 }],
  [{ where: ['id = 1 ; drop table x'] }, 'query.syntax', { position: 8, found: ';' }],
  // No comments: two minus signs are two minus signs.
  [{ where: ['id = 1 -- commentaire'] }, 'query.unknownField', { name: 'commentaire' }],
  [{ where: ['id == 1'] }, 'query.syntax', { position: 5, found: '=' }],
  [{ where: ['id = 1e999'] }, 'query.numberTooLarge', { position: 6 }],
  [{ where: ['id in [1, 2]'] }, 'query.syntax', {}],
  [{ where: ['ville < null'] }, 'query.valueExpected', {}],
  [{ where: [`${'('.repeat(101)}id = 1${')'.repeat(101)}`] }, 'query.tooDeep', {}],
  [{ where: [`id = 1${' + 1'.repeat(150)}`] }, 'query.tooDeep', {}],
  [{ where: [`id in (${Array.from({ length: 1001 }, (_, i) => i).join(',')})`] }, 'query.tooManyValues', { max: 1000 }],
  [{ where: [`"${'a'.repeat(20_000)}"`] }, 'query.tooLong', { max: 20_000 }],
  [{ select: 'id, count(*)' }, 'query.aggregateMixed', { name: 'id' }],
  [{ select: 'count(*)', orderBy: 'id' }, 'query.aggregateMixed', { name: 'id', clause: 'order_by' }],
  [{ select: 'sum(ville)' }, 'query.wrongArguments', { name: 'sum' }],
  [{ select: 'sum(sum(id))' }, 'query.aggregateMisplaced', {}],
  [{ orderBy: 'count(*)' }, 'query.aggregateMisplaced', {}],
  [{ select: 'id as' }, 'query.syntax', {}],
  [{ orderBy: 'id up' }, 'query.syntax', { position: 4, clause: 'order_by' }],
])('%j is refused: %s', (texts, code, params) => {
  const refuse = () => planRecords(sample.version, parseQuery(texts));
  expect(refuse).toThrow(TerroirError);
  try {
    refuse();
  } catch (error) {
    expect(error).toMatchObject({ code, params });
  }
});

test('long but allowed texts run', async () => {
  const many = Array.from({ length: 1000 }, (_, i) => `id = ${i}`).join(' or ');
  expect(await ids(many)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await ids(`${'not '.repeat(90)}id = 1`)).toEqual([1]);
  expect(await ids(`id = 1${' + 0'.repeat(99)}`)).toEqual([1]);
  expect(await ids(`${'('.repeat(99)}id = 1${')'.repeat(99)}`)).toEqual([1]);
  expect(await ids(`id in (${Array.from({ length: 1000 }, (_, i) => i).join(',')})`)).toHaveLength(7);
});
