import { expect, test } from 'vitest';
import { readGiven } from '../../../../test/read-given.ts';
import { type DbfColumn, dbfOf, lambert93Prj, type ShpRecord, shpOf } from '../../../../test/shapefile.ts';
import { zipOf } from '../../../../test/zip.ts';
import { TerroirError } from '../../../lib/errors.ts';
import { readShapefile } from './shapefile.ts';

const read = (entries: Parameters<typeof zipOf>[0]) => readGiven(readShapefile, 'carte.zip', zipOf(entries));

const columns: readonly DbfColumn[] = [
  { name: 'NOM', type: 'C', length: 12 },
  { name: 'SURF', type: 'N', length: 10 },
  { name: 'LE', type: 'D', length: 8 },
  { name: 'OK', type: 'L', length: 1 },
];
const points: readonly ShpRecord[] = [{ point: [525000, 6700000] }, { point: [600000, 6600000] }];
const rows = [
  ['École', '0012.500', '20240229', 'T'],
  ['Été', '-3', '        ', '?'],
];
// PROJ: 0.680430375 47.377203779.
const placed = ['POINT (0.6804304 47.3772038)'];
const base = (more: readonly (readonly [string, string | Uint8Array])[] = []) =>
  [['dossier/ecoles.shp', shpOf(points)], ['dossier/ecoles.dbf', dbfOf(columns, rows)], ...more] as const;

test('a layer: shapes, attributes and reference system', async () => {
  const { value, tables, codes } = await read(
    base([
      ['dossier/ecoles.prj', lambert93Prj],
      ['dossier/ecoles.cpg', 'ISO-8859-1'],
    ]),
  );
  expect(value).toMatchObject({ format: 'shapefile', encoding: 'windows-1252', delimiter: null });
  expect(tables[0]).toMatchObject({
    name: 'ecoles',
    titles: ['NOM', 'SURF', 'LE', 'OK', 'geo_shape'],
    shapes: { column: 4, crs: 'EPSG:2154', source: '.prj' },
    rows: 2,
  });
  expect(tables[0]?.records[0]).toEqual(['École', '12.5', '2024-02-29', 'true', placed[0]]);
  expect(tables[0]?.records[1]?.slice(0, 4)).toEqual(['Été', '-3', '', '']);
  expect(codes).toEqual([]);
});

test('without .prj the numbers tell the system, and it is said; without .dbf the shapes remain', async () => {
  const guessed = await read(base());
  expect(guessed.tables[0]?.shapes).toMatchObject({ column: 4, crs: 'EPSG:2154', source: 'guess' });
  expect(guessed.problems.map(({ code, severity, value, proposal }) => [code, severity, value, proposal])).toEqual([
    ['encoding.assumed', 'advice', null, null],
    ['geo.prjMissing', 'advice', 'ecoles.prj', null],
    ['geo.crsGuessed', 'warning', null, 'EPSG:2154 (Lambert-93)'],
  ]);
  const bare = await read([
    ['ecoles.shp', shpOf(points)],
    ['ecoles.prj', lambert93Prj],
  ]);
  expect(bare.tables[0]?.titles).toEqual(['geo_shape']);
  expect(bare.tables[0]?.records[0]).toEqual([placed[0]]);
  expect(bare.problems).toMatchObject([{ code: 'geo.attributesMissing', severity: 'error', value: 'ecoles.dbf' }]);
});

test('a .shp that comes alone is read', async () => {
  const { tables, codes } = await readGiven(readShapefile, 'seul.shp', shpOf(points));
  expect(tables[0]).toMatchObject({ name: 'seul', rows: 2, titles: ['geo_shape'] });
  expect(codes).toEqual(['geo.attributesMissing', 'geo.prjMissing', 'geo.crsGuessed']);
});

test('a .prj that lies is told; one that means nothing too', async () => {
  const degrees = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]';
  const lied = await read(base([['dossier/ecoles.prj', degrees]]));
  expect(lied.tables[0]?.records[0]?.[4]).toBe(placed[0]);
  expect(lied.problems.at(-1)).toMatchObject({ code: 'geo.crsContradicted', value: 'EPSG:4326' });
  const nonsense = await read(base([['dossier/ecoles.prj', 'n’importe quoi']]));
  expect(nonsense.tables[0]?.shapes?.source).toBe('guess');
});

test('several layers are several tables, the largest first, each with its own system', async () => {
  const { tables } = await read([
    ['a.shp', shpOf([{ point: [0.68, 47.39] }])],
    ['a.prj', 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]'],
    ['B.SHP', shpOf(points)],
    ['B.DBF', dbfOf(columns, rows)],
    ['B.PRJ', lambert93Prj],
  ]);
  expect(tables.map(({ name, rows: count, shapes }) => [name, count, shapes?.crs])).toEqual([
    ['B', 2, 'EPSG:2154'],
    ['a', 1, 'EPSG:4326'],
  ]);
});

const square = (x: number, y: number, side: number) =>
  [
    [x, y],
    [x, y + side],
    [x + side, y + side],
    [x + side, y],
    [x, y],
  ] as const;
const turned = (ring: readonly (readonly [number, number])[]) => [...ring].reverse();

test('holes go to the ring that surrounds them, and rings apart make several surfaces', async () => {
  const rings = [square(0, 40, 4), square(10, 40, 4), turned(square(11, 41, 1)), turned(square(1, 41, 1))];
  const { tables } = await read([
    ['a.shp', shpOf([{ rings }, { rings: [square(0, 40, 4), turned(square(0, 40, 1))] }])],
    ['a.prj', 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]'],
  ]);
  expect(tables[0]?.records).toEqual([
    [
      'MULTIPOLYGON (((0 40, 0 44, 4 44, 4 40, 0 40), (1 41, 2 41, 2 42, 1 42, 1 41)), ' +
        '((10 40, 10 44, 14 44, 14 40, 10 40), (11 41, 12 41, 12 42, 11 42, 11 41)))',
    ],
    ['POLYGON ((0 40, 0 44, 4 44, 4 40, 0 40), (0 40, 1 40, 1 41, 0 41, 0 40))'],
  ]);
});

test('lines, heights, empty and unclosed shapes', async () => {
  const line = await read([
    [
      'a.shp',
      shpOf([
        {
          lines: [
            [
              [0, 45],
              [1, 45],
            ],
          ],
        },
        {
          lines: [
            [
              [0, 45],
              [1, 45],
            ],
            [
              [2, 45],
              [3, 45],
            ],
          ],
        },
        null,
      ]),
    ],
    ['a.dbf', dbfOf([{ name: 'N', type: 'N', length: 3 }], [['1'], ['2'], ['3']])],
    ['a.prj', 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]'],
  ]);
  expect(line.tables[0]?.records).toEqual([
    ['1', 'LINESTRING (0 45, 1 45)'],
    ['2', 'MULTILINESTRING ((0 45, 1 45), (2 45, 3 45))'],
    ['3', ''],
  ]);
  const high = await readGiven(readShapefile, 'a.shp', shpOf([{ point: [0.5, 47, 120] }]));
  expect(high.tables[0]?.records).toEqual([['POINT (0.5 47)']]);
  expect(high.codes).toContain('geo.heightDropped');
  const open = await readGiven(
    readShapefile,
    'a.shp',
    shpOf([{ rings: [square(0, 45, 1).slice(0, 4)] }, { rings: [] }, { rings: [square(0, 45, 1)] }]),
  );
  expect(open.tables[0]?.records).toEqual([['POLYGON ((0 45, 0 46, 1 46, 1 45, 0 45))']]);
  expect(open.codes.slice(3)).toEqual(['geo.shapeUnclosed', 'geo.shapeEmpty', 'row.empty']);
});

test('accents: UTF-8 whatever is declared, the declared code page else', async () => {
  const one = async (bytes: Buffer, more: readonly (readonly [string, string])[], language = 0) => {
    const dbf = dbfOf([{ name: 'NOM', type: 'C', length: 7 }], [[bytes], ['x']], { language });
    const { tables, value, codes } = await read([
      ['a.shp', shpOf([points[0] ?? null, null])],
      ['a.dbf', dbf],
      ['a.prj', lambert93Prj],
      ...more,
    ]);
    return [tables[0]?.records[0]?.[0], value.encoding, codes.includes('encoding.assumed')];
  };
  expect(await one(Buffer.from('Chât'), [['a.cpg', 'UTF-8']])).toEqual(['Chât', 'UTF-8', false]);
  expect(await one(Buffer.from('Chât'), [], 0x57)).toEqual(['Chât', 'UTF-8', false]);
  expect(await one(Buffer.from('Chât'), [])).toEqual(['Chât', 'UTF-8', true]);
  expect(await one(Buffer.from('Chât', 'latin1'), [['a.cpg', 'UTF-8']])).toEqual(['Chât', 'windows-1252', false]);
  expect(await one(Buffer.from([0x9c, 0x75, 0x66]), [], 0x57)).toEqual(['œuf', 'windows-1252', false]);
  expect(await one(Buffer.from([0x82, 0x74, 0x82]), [], 0x02)).toEqual(['été', 'CP850', false]);
  // A text that fills its cell may be cut in the middle of a sign.
  expect(await one(Buffer.from('abcdefé').subarray(0, 7), [['a.cpg', '65001']])).toEqual(['abcdef', 'UTF-8', false]);
});

test('rows that were deleted go with their shapes; counts that differ are told', async () => {
  const column: readonly DbfColumn[] = [{ name: 'N', type: 'N', length: 2 }];
  const deleted = await read([
    ['a.shp', shpOf([...points, ...points])],
    ['a.dbf', dbfOf(column, [['1'], null, ['3'], ['4']])],
    ['a.prj', lambert93Prj],
  ]);
  expect(deleted.tables[0]?.records.map(([n]) => n)).toEqual(['1', '3', '4']);
  expect(deleted.tables[0]?.records[0]?.[1]).toBe(deleted.tables[0]?.records[1]?.[1]);
  const fewer = await read([
    ['a.shp', shpOf(points)],
    ['a.dbf', dbfOf(column, [['1'], ['2'], ['3']])],
    ['a.prj', lambert93Prj],
  ]);
  expect(fewer.tables[0]?.records.map(([n, wkt]) => [n, wkt === ''])).toEqual([
    ['1', false],
    ['2', false],
    ['3', true],
  ]);
  expect(fewer.problems).toMatchObject([{ code: 'geo.countsDiffer', value: '2', expected: '3' }]);
});

test('a .dbf that is none leaves the shapes', async () => {
  const { tables, codes } = await read([
    ['a.shp', shpOf(points)],
    ['a.dbf', 'bonjour'],
    ['a.prj', lambert93Prj],
  ]);
  expect(tables[0]?.rows).toBe(2);
  expect(codes).toEqual(['geo.attributesUnreadable']);
});

test('a .shp cut in its middle gives what came before, with the reason; one that is none is refused', async () => {
  const whole = shpOf(points);
  const { tables, problems } = await read([
    ['a.shp', whole.subarray(0, whole.length - 5)],
    ['a.dbf', dbfOf([{ name: 'N', type: 'N', length: 2 }], [['1'], ['2']])],
    ['a.prj', lambert93Prj],
  ]);
  expect(tables[0]?.records[0]?.[0]).toBe('1');
  expect(problems).toMatchObject([{ code: 'file.cut', severity: 'error', count: 1 }]);
  await expect(readGiven(readShapefile, 'a.shp', 'bonjour')).rejects.toMatchObject({ code: 'file.damaged' });
  await expect(readGiven(readShapefile, 'a.shp', shpOf([]))).rejects.toMatchObject({ code: 'file.empty' });
  const one = await read([
    ['a.shp', 'rien'],
    ['b.shp', whole],
    ['b.prj', lambert93Prj],
  ]);
  expect(one.problems[0]).toMatchObject({ code: 'layer.unreadable', value: 'a' });
});

test('numbers are written without ornaments', async () => {
  const column: readonly DbfColumn[] = [{ name: 'N', type: 'F', length: 20 }];
  const given = ['1.20000000000e+003', '12.5000000', '000', '-0.00', '*******', '.5', '12345678901234567', '1,5'];
  const dbf = dbfOf(
    column,
    given.map((each) => [each]),
  );
  const { tables } = await read([
    ['a.shp', shpOf(given.map(() => points[0] ?? null))],
    ['a.dbf', dbf],
    ['a.prj', lambert93Prj],
  ]);
  expect(tables[0]?.records.map(([n]) => n)).toEqual(['1200', '12.5', '0', '0', '', '0.5', '12345678901234567', '1,5']);
});

test('files cut at any byte are a stage or a coded refusal', async () => {
  const [shp, dbf] = [shpOf([{ rings: [square(0, 45, 1)] }, { point: [1, 45] }]), dbfOf(columns, rows)];
  const tame = (error: unknown) => {
    if (!(error instanceof TerroirError)) throw error;
  };
  for (let end = 0; end < shp.length; end += 7)
    await read([
      ['a.shp', shp.subarray(0, end)],
      ['a.dbf', dbf],
    ]).catch(tame);
  for (let end = 0; end < dbf.length; end += 7)
    await read([
      ['a.shp', shp],
      ['a.dbf', dbf.subarray(0, end)],
    ]).catch(tame);
  for (let end = 0; end < lambert93Prj.length; end += 23)
    await read([
      ['a.shp', shp],
      ['a.prj', lambert93Prj.slice(0, end)],
    ]).catch(tame);
  const zip = zipOf([
    ['a.shp', shp],
    ['a.dbf', dbf],
  ]);
  for (let end = 2; end < zip.length; end += 5)
    await readGiven(readShapefile, 'a.zip', zip.subarray(0, end)).catch(tame);
  for (let at = 0; at < shp.length; at += 2) {
    const bent = Buffer.from(shp);
    bent[at] = 0xff;
    await readGiven(readShapefile, 'a.shp', bent).catch(tame);
  }
  for (let at = 0; at < dbf.length; at += 3) {
    const bent = Buffer.from(dbf);
    bent[at] = 0xff;
    await read([
      ['a.shp', shp],
      ['a.dbf', bent],
    ]).catch(tame);
  }
});

test('a zip that unfolds without end, or that climbs out of its folder, is stopped', async () => {
  const bomb = zipOf([
    ['a.shp', Buffer.alloc(150_000_000)],
    ['a.dbf', 'x'],
  ]);
  await expect(readGiven(readShapefile, 'a.zip', bomb)).rejects.toMatchObject({ code: 'file.archiveUnsafe' });
  await expect(read([['../../a.shp', shpOf(points)]])).rejects.toMatchObject({ code: 'file.damaged' });
});
