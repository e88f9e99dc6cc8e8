// Every form of group_by, on the seven rows of the sample.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordOf } from './answer.ts';
import { parseQuery } from './parse.ts';
import { planRecords } from './plan.ts';
import { resolveTree } from './resolve.ts';
import { openSample, type Sample } from './sample.ts';
import { type QuerySettings, usualSettings } from './settings.ts';
import { FoundCache } from './spatial-found-cache.ts';
import type { QueryTexts } from './tree.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

async function groups(texts: QueryTexts, asked: Partial<QuerySettings> = {}) {
  const settings = { ...usualSettings(), ...asked };
  const { tables, version } = sample;
  const tree = await resolveTree(parseQuery(texts), { version, tables, cache: new FoundCache(1_000_000), settings });
  const plan = planRecords(version, tree, settings);
  const [page, count] = await tables.run([plan.page(0, 1000), plan.count()]);
  expect(count?.rows[0]?.[0]).toBe(page?.rows.length);
  return page?.rows.map((row) => recordOf(plan, row)) ?? [];
}

/** The keys of a group_by and how many rows each holds. */
async function counts(groupBy: string, asked: Partial<QuerySettings> = {}, where = 'true') {
  const found = await groups({ select: 'count(*) as n', groupBy: `${groupBy} as k`, where: [where] }, asked);
  return found.map(({ k, n }) => [k, n]);
}

const none = null;

test.each<[string, unknown[][]]>([
  [
    'ville',
    [
      ['Chambray-lès-Tours', 1],
      ['Joué-lès-Tours', 1],
      ['Luynes', 2],
      ['Tours', 2],
      [none, 1],
    ],
  ],
  [
    'actif',
    [
      [false, 2],
      [true, 4],
      [none, 1],
    ],
  ],
  [
    'montant',
    [
      [-3.25, 1],
      [0, 1],
      [5, 1],
      [100.5, 1],
      [200, 2],
      [none, 1],
    ],
  ],
  [
    'jour',
    [
      ['2022-05-05', 1],
      ['2023-12-31', 1],
      ['2024-01-15', 1],
      ['2024-02-29', 1],
      ['2025-06-01', 1],
      ['2025-06-02', 1],
      [none, 1],
    ],
  ],
  // Numbers told as texts, sorted as numbers.
  [
    'year(jour)',
    [
      ['2022', 1],
      ['2023', 1],
      ['2024', 2],
      ['2025', 2],
      [none, 1],
    ],
  ],
  [
    'month(jour)',
    [
      ['1', 1],
      ['2', 1],
      ['5', 1],
      ['6', 2],
      ['12', 1],
      [none, 1],
    ],
  ],
  [
    'hour(moment)',
    [
      ['0', 1],
      ['5', 1],
      ['8', 1],
      ['10', 1],
      ['12', 1],
      ['23', 1],
      [none, 1],
    ],
  ],
  [
    "date_format(jour, 'MMMM')",
    [
      ['décembre', 1],
      ['février', 1],
      ['janvier', 1],
      ['juin', 2],
      ['mai', 1],
      [none, 1],
    ],
  ],
  [
    'lower(ville)',
    [
      ['chambray-lès-tours', 1],
      ['joué-lès-tours', 1],
      ['luynes', 2],
      ['tours', 2],
      [none, 1],
    ],
  ],
  [
    'ifnull(ville, "ailleurs")',
    [
      ['Chambray-lès-Tours', 1],
      ['Joué-lès-Tours', 1],
      ['Luynes', 2],
      ['Tours', 2],
      ['ailleurs', 1],
    ],
  ],
  [
    'id / 4 - 1',
    [
      [-0.75, 1],
      [-0.5, 1],
      [-0.25, 1],
      [0, 1],
      [0.25, 1],
      [0.5, 1],
      [0.75, 1],
    ],
  ],
  // Ranges of numbers: whole ones are told with their last number.
  [
    'range(id, 3)',
    [
      ['[0, 2]', 2],
      ['[3, 5]', 3],
      ['[6, 8]', 2],
    ],
  ],
  [
    'range(`2024`, 50)',
    [
      ['[0, 49]', 3],
      ['[50, 99]', 3],
      [none, 1],
    ],
  ],
  [
    'range(id, 2.5)',
    [
      ['[0, 2.5[', 2],
      ['[2.5, 5[', 2],
      ['[5, 7.5[', 3],
    ],
  ],
  [
    'RANGE(montant, 100)',
    [
      ['[-100, 0[', 1],
      ['[0, 100[', 2],
      ['[100, 200[', 1],
      ['[200, 300[', 2],
      [none, 1],
    ],
  ],
  [
    'range(id, *, 2, 5, *)',
    [
      ['[*, 1]', 1],
      ['[2, 4]', 3],
      ['[5, *]', 3],
    ],
  ],
  [
    'range(id, 2, 3, 5)',
    [
      ['[2, 2]', 1],
      ['[3, 4]', 2],
    ],
  ],
  ['range(id, 2.5, *)', [['[2.5, *[', 5]]],
  ['range(id, *, 3)', [['[*, 2]', 2]]],
  [
    'range(montant, *, 0, 150)',
    [
      ['[*, 0[', 1],
      ['[0, 150[', 3],
      [none, 1],
    ],
  ],
  // Ranges of time.
  [
    'range(jour, 1 year)',
    [
      ['[2022-01-01T00:00:00.000Z, 2023-01-01T00:00:00.000Z[', 1],
      ['[2023-01-01T00:00:00.000Z, 2024-01-01T00:00:00.000Z[', 1],
      ['[2024-01-01T00:00:00.000Z, 2025-01-01T00:00:00.000Z[', 2],
      ['[2025-01-01T00:00:00.000Z, 2026-01-01T00:00:00.000Z[', 2],
      [none, 1],
    ],
  ],
  [
    "range(jour, *, date'2024-01-01', date'2025-01-01')",
    [
      ['[*, 2024-01-01T00:00:00.000Z[', 2],
      ['[2024-01-01T00:00:00.000Z, 2025-01-01T00:00:00.000Z[', 2],
      [none, 1],
    ],
  ],
])('group_by %s', async (groupBy, expected) => {
  expect(await counts(groupBy)).toEqual(expected);
});

test.each<[string, string]>([
  ['1 day', '[2024-02-29T00:00:00.000Z, 2024-03-01T00:00:00.000Z['],
  ['1d', '[2024-02-29T00:00:00.000Z, 2024-03-01T00:00:00.000Z['],
  ['1 week', '[2024-02-26T00:00:00.000Z, 2024-03-04T00:00:00.000Z['],
  ['1 M', '[2024-02-01T00:00:00.000Z, 2024-03-01T00:00:00.000Z['],
  ['1 months', '[2024-02-01T00:00:00.000Z, 2024-03-01T00:00:00.000Z['],
  ['1 quarter', '[2024-01-01T00:00:00.000Z, 2024-04-01T00:00:00.000Z['],
  ['1 y', '[2024-01-01T00:00:00.000Z, 2025-01-01T00:00:00.000Z['],
  ['6 hours', '[2024-02-29T12:00:00.000Z, 2024-02-29T18:00:00.000Z['],
  ['12hour', '[2024-02-29T12:00:00.000Z, 2024-03-01T00:00:00.000Z['],
  ['15 m', '[2024-02-29T12:30:00.000Z, 2024-02-29T12:45:00.000Z['],
  ['20 seconds', '[2024-02-29T12:30:00.000Z, 2024-02-29T12:30:20.000Z['],
  ['500 ms', '[2024-02-29T12:30:00.000Z, 2024-02-29T12:30:00.500Z['],
])('group_by range(moment, %s)', async (interval, expected) => {
  expect(await counts(`range(moment, ${interval})`, {}, 'id = 2')).toEqual([[expected, 1]]);
});

test('ranges and parts of time are those of the clocks of the zone', async () => {
  const paris = { timezone: 'Europe/Paris' };
  expect(await counts('range(moment, 1 day)', paris, 'id in (3, 6)')).toEqual([
    ['[2024-01-01T00:00:00.000+01:00, 2024-01-02T00:00:00.000+01:00[', 1],
    ['[2025-06-02T00:00:00.000+02:00, 2025-06-03T00:00:00.000+02:00[', 1],
  ]);
  expect(await counts('year(moment)', paris, 'id = 3')).toEqual([['2024', 1]]);
  expect(await counts("range(moment, date'2024-01-01', *)", paris, 'moment is not null')).toEqual([
    ['[2024-01-01T00:00:00.000+01:00, *[', 5],
  ]);
  expect(await counts('moment', paris, 'id = 2')).toEqual([['2024-02-29T13:30:00+01:00', 1]]);
});

test('keys that select does not name come first; several keys; aggregates of several columns', async () => {
  expect(
    await groups({ select: 'sum(montant) as s, actif', groupBy: 'actif, year(jour) as an', where: ['jour >= "2024"'] }),
  ).toEqual([
    { an: '2024', s: 200, actif: false },
    { an: '2025', s: 0, actif: false },
    { an: '2024', s: 100.5, actif: true },
    { an: '2025', s: 200, actif: true },
  ]);
  expect(await groups({ groupBy: 'actif' })).toEqual([{ actif: false }, { actif: true }, { actif: null }]);
  expect(
    await groups({
      select:
        'ville, median(montant) as m, count(distinct code) as c, sum(montant) / count(*) as r, envelope(geo_point_2d) as e',
      groupBy: 'ville',
      where: ['ville = "Tours"'],
    }),
  ).toEqual([
    {
      ville: 'Tours',
      m: 150.25,
      c: 2,
      r: 150.25,
      e: {
        type: 'Feature',
        geometry: {
          type: 'LineString',
          coordinates: [
            [0.68, 47.39],
            [0.69, 47.4],
          ],
        },
        properties: {},
      },
    },
  ]);
});

test('a key may be selected by its words, its alias, or inside a calculation', async () => {
  const where = ['id <= 2'];
  expect(await groups({ select: 'year(jour) as y, count(*) as n', groupBy: 'year(jour)', where })).toEqual([
    { y: '2024', n: 2 },
  ]);
  expect(await groups({ select: 'an', groupBy: 'YEAR( jour ) as an', where })).toEqual([{ an: '2024' }]);
  expect(await groups({ select: 'id * 10 as dix', groupBy: 'id', where })).toEqual(
    [
      { dix: 10, id: 1 },
      { dix: 20, id: 2 },
    ].map(({ dix, id }) => ({ id, dix })),
  );
});

test.each<[string, unknown[]]>([
  ['count(*) desc', ['Luynes', 'Tours', 'Chambray-lès-Tours', 'Joué-lès-Tours', null]],
  ['n desc, ville desc', ['Tours', 'Luynes', 'Joué-lès-Tours', 'Chambray-lès-Tours', null]],
  ['-n, ville', ['Luynes', 'Tours', 'Chambray-lès-Tours', 'Joué-lès-Tours', null]],
  ['sum(montant)', [null, 'Chambray-lès-Tours', 'Luynes', 'Tours', 'Joué-lès-Tours']],
  ['ville desc', ['Tours', 'Luynes', 'Joué-lès-Tours', 'Chambray-lès-Tours', null]],
])('groups in the order of %s', async (orderBy, expected) => {
  const found = await groups({ select: 'count(*) as n', groupBy: 'ville', orderBy });
  expect(found.map(({ ville }) => ville)).toEqual(expected);
});

test('groups in a random order are all there', async () => {
  const found = await groups({ groupBy: 'ville', orderBy: 'random(4)' });
  expect(found).toHaveLength(5);
  expect(await groups({ groupBy: 'ville', orderBy: 'random(4)' })).toEqual(found);
});

test('order of keys told as texts is that of their numbers', async () => {
  const found = await groups({ groupBy: 'month(jour) as m', orderBy: 'm desc' });
  expect(found.map(({ m }) => m)).toEqual(['12', '6', '5', '2', '1', null]);
});
