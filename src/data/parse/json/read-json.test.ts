import { expect, test } from 'vitest';
import { readGiven } from '../../../../test/read-given.ts';
import { TerroirError } from '../../../lib/errors.ts';
import { readJson } from './read-json.ts';
import { readJsonLines } from './read-lines.ts';

const json = (content: string | Uint8Array, name = 'donnees.json') => readGiven(readJson, name, content);
const lines = (content: string) => readGiven(readJsonLines, 'donnees.ndjson', content);

test('an array of objects is a table: columns are the keys, in the order they come', async () => {
  const { tables, value, codes } = await json('[{"b":1,"a":"x, \\"y\\""},{"a":null,"c":true},{"b":2.50}]');
  expect(value).toMatchObject({ format: 'json', encoding: 'UTF-8', delimiter: null });
  expect(tables).toHaveLength(1);
  expect(tables[0]).toMatchObject({
    name: 'donnees',
    headerRow: null,
    firstSourceRow: 1,
    rows: 3,
    titles: ['b', 'a', 'c'],
    records: [
      ['1', 'x, "y"', ''],
      ['', '', 'true'],
      ['2.5', '', ''],
    ],
  });
  expect(tables[0]?.shapes).toBeUndefined();
  expect(codes).toEqual([]);
});

test('a column that comes late is found, and the first rows have an empty cell', async () => {
  const objects = Array.from({ length: 3000 }, (_, i) => (i === 2999 ? { n: i, tard: 'oui' } : { n: i }));
  // Three megabytes of blanks make several batches of it.
  const { tables } = await json(`[${objects.map((each) => JSON.stringify(each)).join(`,${' '.repeat(1000)}`)}]`);
  expect(tables[0]?.titles).toEqual(['n', 'tard']);
  expect(tables[0]?.records).toHaveLength(3000);
  expect(tables[0]?.records[0]).toEqual(['0', '']);
  expect(tables[0]?.records[2999]).toEqual(['2999', 'oui']);
});

test('nested objects become columns with dots, arrays stay JSON, long numbers keep their digits', async () => {
  const { tables } = await json(
    '[{"a":{"b":{"c":1},"d":[1,{"e":2}]},"siret":21370261000011123456,"vide":{},"nul":null}]',
  );
  expect(tables[0]?.titles).toEqual(['a.b.c', 'a.d', 'siret', 'vide', 'nul']);
  expect(tables[0]?.records).toEqual([['1', '[1,{"e":2}]', '21370261000011123456', '', '']]);
});

test('an object that wraps one array gives it; one that wraps several gives them all, the largest first', async () => {
  const one = await json('{"total":2,"reponse":{"resultats":[{"a":1},{"a":2}]},"aide":["x"]}');
  expect(one.tables.map(({ name, rows }) => [name, rows])).toEqual([['donnees', 2]]);
  const two = await json('{"voies":[{"v":1}],"lieux":[{"l":1},{"l":2}]}');
  expect(two.tables.map(({ name, titles, rows }) => [name, titles, rows])).toEqual([
    ['lieux', ['l'], 2],
    ['voies', ['v'], 1],
  ]);
});

test('a dictionary of objects has its keys in a first column', async () => {
  const { tables, codes } = await json('{"37261":{"nom":"Tours"},"37003":{"nom":"Amboise"}}');
  expect(tables[0]?.titles).toEqual(['cle', 'nom']);
  expect(tables[0]?.records).toEqual([
    ['37261', 'Tours'],
    ['37003', 'Amboise'],
  ]);
  expect(codes).toEqual(['object.keysAsValues']);
});

test('objects that each have a name of their own are turned into a key and a value', async () => {
  const { tables, problems } = await json('[{"2019-01-01":["A"]},{"2019-01-02":[]},{"2019-01-03":["A","B"]}]');
  expect(tables[0]?.titles).toEqual(['cle', 'valeur']);
  expect(tables[0]?.records[2]).toEqual(['2019-01-03', '["A","B"]']);
  expect(problems[0]).toMatchObject({ code: 'object.keysAsValues', value: '2019-01-01', severity: 'advice' });
});

test('lists of lists and lists of values are tables too, and a lone object is one row', async () => {
  expect((await json('[["a","b"],["c"]]')).tables[0]?.records).toEqual([
    ['a', 'b'],
    ['c', ''],
  ]);
  expect((await json('["a","b"]')).tables[0]).toMatchObject({ titles: ['valeur'], records: [['a'], ['b']] });
  expect((await json('{"nom":"Tours","pop":137850}')).tables[0]?.records).toEqual([['Tours', '137850']]);
});

test('empty objects are left out and counted', async () => {
  const { tables, problems } = await json('[{"a":1},{},{"a":""},{"a":2}]');
  expect(tables[0]).toMatchObject({ rows: 4, emptyRows: 2, droppedSourceRows: [2, 3], records: [['1'], ['2']] });
  expect(problems).toMatchObject([{ code: 'row.empty', row: 2, count: 2 }]);
});

test('words that only software writes are empty; an object that cannot be read is told and left aside', async () => {
  const { tables, problems } = await json('[{"a":NaN,"b":"NaN"},{"a":-Infinity},{"a":tru},{"a":3}]');
  expect(tables[0]?.records).toEqual([
    ['', 'NaN'],
    ['3', ''],
  ]);
  expect(problems.map(({ code, row }) => [code, row])).toEqual([
    ['object.unreadable', 3],
    ['row.empty', 2],
  ]);
});

test('windows-1252, UTF-16 and NULs are read as people wrote them', async () => {
  const latin = await json(Buffer.from('[{"é":"œuvre à 3 €"}]'.replace('œ', '\x9c').replace('€', '\x80'), 'latin1'));
  expect(latin.value.encoding).toBe('windows-1252');
  expect([latin.tables[0]?.titles, latin.tables[0]?.records]).toEqual([['é'], [['œuvre à 3 €']]]);
  const wide = await json(Buffer.from('\ufeff[{"é":"à"}]', 'utf16le'));
  expect(wide.value.encoding).toBe('UTF-16LE');
  expect(wide.tables[0]?.records).toEqual([['à']]);
  const nuls = await json('[{"a":"x\0y"},{"a":"\\u0000z"}]');
  expect(nuls.tables[0]?.records).toEqual([['xy'], ['z']]);
  expect(nuls.problems).toMatchObject([{ code: 'file.nulBytes', count: 1 }]);
  expect((await json('\ufeff[{"a":1}]')).tables[0]?.records).toEqual([['1']]);
});

test('a text that is cut gives what came before, and says so', async () => {
  const { tables, problems } = await json('[{"a":1},{"a":2},{"a');
  expect(tables[0]?.records).toEqual([['1'], ['2']]);
  expect(problems).toMatchObject([{ code: 'file.cut', severity: 'error', count: 2 }]);
});

test('what holds no object is refused', async () => {
  await expect(json('[')).rejects.toMatchObject({ code: 'file.damaged' });
  await expect(json('[]')).rejects.toMatchObject({ code: 'file.empty' });
  await expect(json('[{},{}]')).rejects.toMatchObject({ code: 'file.empty' });
  await expect(json(' ')).rejects.toMatchObject({ code: 'file.damaged' });
  await expect(json('')).rejects.toMatchObject({ code: 'file.empty' });
  await expect(json(`[{${Array.from({ length: 2001 }, (_, i) => `"c${i}":1`).join()}}]`)).rejects.toMatchObject({
    code: 'file.tooManyColumns',
  });
});

test('a value that is longer than what can be held is refused, wherever it stands', async () => {
  const long = `"${'a'.repeat(65 * 1024 * 1024)}"`;
  await expect(json(`{"a":${long}}`)).rejects.toMatchObject({ code: 'file.objectTooLong' });
  await expect(json(`[${long}]`)).rejects.toMatchObject({ code: 'file.objectTooLong' });
});

test('JSON lines: a broken line does not spoil the others', async () => {
  const { value, tables, problems } = await lines('{"a":1}\r\n\n{"a":2,\n\u001e{"a":3,"b":"x"}');
  expect(value.format).toBe('ndjson');
  expect(tables[0]?.records).toEqual([
    ['1', ''],
    ['3', 'x'],
  ]);
  expect(problems).toMatchObject([{ code: 'object.unreadable', row: 2, value: '{"a":2,' }]);
  expect((await json('{"a":1}\n{"a":2}')).value.format).toBe('ndjson');
  await expect(lines('{"a":\n{"b"')).rejects.toMatchObject({ code: 'file.damaged' });
});

const point = (x: number, y: number) => ({ type: 'Point', coordinates: [x, y] });
const feature = (geometry: unknown, properties: unknown = { n: 1 }) => ({ type: 'Feature', properties, geometry });
const collection = (features: readonly unknown[], more: object = {}) =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features });

test('GeoJSON: properties and a last column of shapes', async () => {
  const { value, tables, codes } = await json(
    collection([feature(point(0.68, 47.39), { nom: 'Mairie' }), feature(null, { nom: 'Sans lieu' })]),
    'lieux.geojson',
  );
  expect(value.format).toBe('geojson');
  expect(tables[0]).toMatchObject({
    name: 'lieux',
    titles: ['nom', 'geo_shape'],
    shapes: { column: 1, crs: 'EPSG:4326', source: 'defaults of the format' },
    records: [
      ['Mairie', 'POINT (0.68 47.39)'],
      ['Sans lieu', ''],
    ],
  });
  expect(codes).toEqual([]);
});

test('a feature, a bare geometry, an array of features, lines of features', async () => {
  const one = JSON.stringify(feature(point(1, 47)));
  for (const text of [one, `[${one}]`, `${one}\n${one}`])
    expect((await json(text)).tables[0]?.records[0]).toEqual(['1', 'POINT (1 47)']);
  const bare = await json('{"type":"LineString","coordinates":[[1,47],[1.5,47.5]]}');
  expect(bare.tables[0]).toMatchObject({ titles: ['geo_shape'], records: [['LINESTRING (1 47, 1.5 47.5)']] });
  const named = await json(collection([{ ...feature(point(1, 47)), id: 'a7' }]));
  expect(named.tables[0]?.titles).toEqual(['id', 'n', 'geo_shape']);
});

test('the crs member is honoured, wherever it stands', async () => {
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } };
  const before = await json(collection([feature(point(525000, 6700000))], { crs }));
  expect(before.tables[0]?.shapes).toMatchObject({ column: 1, crs: 'EPSG:2154', source: 'crs' });
  // PROJ: 0.680430375, 47.377203779.
  expect(before.tables[0]?.records).toEqual([['1', 'POINT (0.6804304 47.3772038)']]);
  const after = await json(
    `{"type":"FeatureCollection","features":[${JSON.stringify(feature(point(525000, 6700000)))}],"crs":{"type":"EPSG","properties":{"code":2154}}}`,
  );
  expect(after.tables[0]?.records).toEqual(before.tables[0]?.records);
});

test('without a crs member, numbers that are no degrees are recognised, and told', async () => {
  const { tables, problems } = await json(collection([feature(point(525000, 6700000))]));
  expect(tables[0]?.shapes).toMatchObject({ column: 1, crs: 'EPSG:2154', source: 'guess' });
  expect(tables[0]?.records).toEqual([['1', 'POINT (0.6804304 47.3772038)']]);
  expect(problems).toMatchObject([
    { code: 'geo.crsContradicted', value: 'EPSG:4326', proposal: 'EPSG:2154 (Lambert-93)', severity: 'warning' },
  ]);
});

test('latitude before longitude is put right, and told', async () => {
  const { tables, problems } = await json(collection([feature(point(47.39, 0.68)), feature(point(47.2, -1.55))]));
  expect(tables[0]?.records).toEqual([
    ['1', 'POINT (0.68 47.39)'],
    ['1', 'POINT (-1.55 47.2)'],
  ]);
  expect(problems).toMatchObject([{ code: 'geo.swapped', severity: 'warning' }]);
});

test('a system that nobody knows keeps the rows, without shapes', async () => {
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::1' } };
  const { tables, problems } = await json(collection([feature(point(12, 4000))], { crs }));
  expect(tables[0]).toMatchObject({ titles: ['n'], records: [['1']] });
  expect(tables[0]?.shapes).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'geo.crsUnknown', severity: 'error' }]);
});

test('shapes that are not valid are told one by one; their rows stay', async () => {
  const ring = [
    [0, 47],
    [1, 47],
    [1, 48],
    [0, 48],
  ];
  const { tables, problems } = await json(
    collection([
      feature({ type: 'Polygon', coordinates: [[...ring, [0, 47]]] }),
      feature({ type: 'Polygon', coordinates: [ring] }),
      feature({ type: 'Polygon', coordinates: [] }),
      feature({ type: 'Point', coordinates: ['1', 2] }),
      feature({ type: 'Point', coordinates: [0, 0] }),
      feature({ type: 'Point', coordinates: [1, 99] }),
      feature({ type: 'Cercle', coordinates: [1, 47] }),
      feature({ type: 'LineString', coordinates: [[1, 47]] }),
      feature('POINT (1 2)'),
    ]),
  );
  expect(tables[0]?.records.map(([, wkt]) => wkt)).toEqual([
    'POLYGON ((0 47, 1 47, 1 48, 0 48, 0 47))',
    ...Array.from({ length: 8 }, () => ''),
  ]);
  expect(problems.map(({ code, row }) => [code, row])).toEqual([
    ['geo.shapeUnclosed', 2],
    ['geo.shapeEmpty', 3],
    ['geo.shapeBroken', 4],
    ['geo.shapeOutside', 5],
    ['geo.shapeOutside', 6],
    ['geo.shapeBroken', 7],
    ['geo.shapeBroken', 8],
    ['geo.shapeBroken', 9],
  ]);
});

test('every type of geometry is written, without heights', async () => {
  const shapes = [
    { type: 'Point', coordinates: [1.123456789, 47, 12] },
    { type: 'MultiPoint', coordinates: [[1, 47]] },
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [1, 47],
          [2, 47],
        ],
      ],
    },
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 47],
            [1, 47],
            [1, 48],
            [0, 47],
          ],
        ],
      ],
    },
    {
      type: 'GeometryCollection',
      geometries: [
        point(1, 47),
        {
          type: 'LineString',
          coordinates: [
            [1, 47],
            [2, 47],
          ],
        },
      ],
    },
  ];
  const { tables, codes } = await json(collection(shapes.map((shape) => feature(shape))));
  expect(tables[0]?.records.map(([, wkt]) => wkt)).toEqual([
    'POINT (1.1234568 47)',
    'MULTIPOINT ((1 47))',
    'MULTILINESTRING ((1 47, 2 47))',
    'MULTIPOLYGON (((0 47, 1 47, 1 48, 0 47)))',
    'GEOMETRYCOLLECTION (POINT (1 47), LINESTRING (1 47, 2 47))',
  ]);
  expect(codes).toEqual(['geo.heightDropped']);
});

test('a property that is called geo_shape leaves its name to the shapes', async () => {
  const { tables } = await json(collection([feature(point(1, 47), { geo_shape: 'x' })]));
  expect(tables[0]?.headers).toEqual([
    { title: 'geo_shape', name: 'geo_shape_2' },
    { title: 'geo_shape', name: 'geo_shape' },
  ]);
});

test('plain objects that carry a geometry are on the map', async () => {
  const record = (x: number) => ({ id: x, champs: { geo_shape: point(x, 47), nom: 'a' } });
  const { value, tables } = await json(JSON.stringify([record(1), record(2)]));
  expect(value.format).toBe('json');
  expect(tables[0]).toMatchObject({
    titles: ['id', 'champs.nom', 'geo_shape'],
    records: [
      ['1', 'a', 'POINT (1 47)'],
      ['2', 'a', 'POINT (2 47)'],
    ],
  });
});

test('a file cut at any byte is a stage or a coded refusal', async () => {
  const text = collection([feature(point(1, 47), { é: 'à', o: { p: [1, '"'] } }), feature(null)], { name: 'x' });
  const bytes = Buffer.from(text);
  for (let end = 0; end < bytes.length; end++) {
    for (const read of [readJson, readJsonLines]) {
      await readGiven(read, 'x.geojson', bytes.subarray(0, end)).catch((error: unknown) => {
        if (!(error instanceof TerroirError)) throw error;
      });
    }
  }
});
