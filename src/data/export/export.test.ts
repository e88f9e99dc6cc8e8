// Exports on rows that can be read by eye: every expectation is written by hand.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { exportFile } from './export.ts';
import type { ExportFormat } from './formats.ts';
import { defaultCsv, defaultGpx, type ExportColumn, type ExportRequest } from './request.ts';

let folder: string;
let tables: TableEngine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-export-'));
  await mkdir(join(folder, 'spill'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 300,
    timeoutSeconds: 20,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
});

afterAll(async () => {
  await tables.close();
  await rm(folder, { recursive: true, force: true });
});

const kindsOf: Readonly<Record<string, string>> = {
  nom: 'text',
  '2024': 'number',
  part: 'number',
  jour: 'date',
  moment: 'datetime',
  heure: 'time',
  actif: 'boolean',
  geo_point_2d: 'point',
  geo_shape: 'shape',
};

const point = (lon: number, lat: number) => `{'lon': ${lon}::DOUBLE, 'lat': ${lat}::DOUBLE}`;
const places = [
  `('Île "<&>" \\ fin', 1::BIGINT, 0.5::DOUBLE, DATE '2024-02-29', TIMESTAMP '2024-02-29 12:30:00', TIME '08:00:00', true, ${point(0.68, 47.39)})`,
  `('=1+1', NULL, 'nan'::DOUBLE, NULL, NULL, NULL, NULL, NULL)`,
  `(NULL, 9007199254740993, -3.25, DATE '1850-01-01', NULL, NULL, false, ${point(0.69, 47.4)})`,
];
const placeNames = ['nom', '2024', 'part', 'jour', 'moment', 'heure', 'actif', 'geo_point_2d'];

const shapes = [
  ['point', 'POINT (1 2)'],
  ['ligne', 'LINESTRING (1 2, 3 4.5)'],
  ['surface', 'POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))'],
  ['points', 'MULTIPOINT (1 2, 3 4)'],
  ['lignes', 'MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))'],
  ['surfaces', 'MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1)), ((5 5, 6 5, 6 6, 5 5)))'],
  ['ensemble', 'GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))'],
  ['vide', null],
] as const;
const shapeRows = shapes.map(([name, wkt]) => `('${name}', ${wkt === null ? 'NULL' : `'${wkt}'`}::GEOMETRY)`);

type Rows = { readonly names: readonly string[]; readonly rows: readonly string[] };
const some: Rows = { names: placeNames, rows: places };
const shaped: Rows = { names: ['nom', 'geo_shape'], rows: shapeRows };
const without: Rows = { names: ['nom'], rows: ["('a')"] };

async function made(format: ExportFormat, { names, rows }: Rows, change: Partial<ExportRequest> = {}) {
  const columns: ExportColumn[] = names.map((name) => ({ name, label: `« ${name} »`, kind: kindsOf[name] ?? 'text' }));
  const quoted = names.map((name) => `"${name}"`).join(', ');
  const values =
    rows.length === 0 ? `(VALUES ${places[0]}) t(${quoted}) WHERE false` : `(VALUES ${rows.join(', ')}) t(${quoted})`;
  const request: ExportRequest = {
    key: JSON.stringify([names, rows, change]),
    version: 'lieux@1',
    format,
    csv: defaultCsv,
    compression: 'snappy',
    gpx: defaultGpx,
    subject: { iri: 'https://donnees.example.fr/datasets/lieux', id: 'lieux', title: 'Lieux & places' },
    columns,
    select: (wrap) => ({
      sql: `SELECT ${columns.map(({ name, kind }) => `${wrap(kind, `"${name}"`)} AS "${name}"`).join(', ')} FROM ${values}`,
    }),
    stored: null,
    ...change,
  };
  return exportFile(request, tables, { folder: join(folder, 'exports'), maxBytes: 2 ** 30 });
}

async function text(format: ExportFormat, rows: Rows, change: Partial<ExportRequest> = {}): Promise<string> {
  return readFile((await made(format, rows, change)).path, 'utf8');
}

test('jsonl: a record per line', async () => {
  const lines = (await text('jsonl', some)).trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[1] ?? '')).toEqual({
    nom: '=1+1',
    '2024': null,
    part: null,
    jour: null,
    moment: null,
    heure: null,
    actif: null,
    geo_point_2d: null,
  });
});

test('geojson: places as geometry, the rest as properties', async () => {
  const { type, features } = JSON.parse(await text('geojson', some));
  expect(type).toBe('FeatureCollection');
  expect(features).toHaveLength(3);
  expect(features[0]).toEqual({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [0.68, 47.39] },
    properties: {
      nom: 'Île "<&>" \\ fin',
      '2024': 1,
      part: 0.5,
      jour: '2024-02-29',
      moment: '2024-02-29T12:30:00+00:00',
      heure: '08:00:00',
      actif: true,
    },
  });
  expect(features[1].geometry).toBeNull();
});

test('geojson: every kind of shape, as RFC 7946 writes it', async () => {
  const { features } = JSON.parse(await text('geojson', shaped));
  expect(features.map((feature: { geometry: unknown }) => feature.geometry)).toEqual([
    { type: 'Point', coordinates: [1, 2] },
    {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4.5],
      ],
    },
    { type: 'Polygon', coordinates: JSON.parse('[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]') },
    { type: 'MultiPoint', coordinates: JSON.parse('[[1,2],[3,4]]') },
    { type: 'MultiLineString', coordinates: JSON.parse('[[[1,2],[3,4]],[[5,6],[7,8]]]') },
    {
      type: 'MultiPolygon',
      coordinates: JSON.parse('[[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]]'),
    },
    {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Point', coordinates: [1, 2] },
        { type: 'LineString', coordinates: JSON.parse('[[1,2],[3,4]]') },
      ],
    },
    null,
  ]);
});

test('no row: a file that is whole all the same', async () => {
  const none = { names: placeNames, rows: [] };
  expect(JSON.parse(await text('geojson', none))).toEqual({ type: 'FeatureCollection', features: [] });
  expect(JSON.parse(await text('jsonld', none))['@graph']).toEqual([]);
  expect(await text('kml', none)).toMatch(/^<\?xml.*<\/kml>\n$/s);
});

test('formats of places refuse rows without a place', async () => {
  for (const format of ['geojson', 'kml', 'gpx', 'fgb', 'shp', 'gpkg', 'ov2'] as const)
    await expect(made(format, without)).rejects.toMatchObject({ code: 'export.noPlaces' });
});

test('xlsx: numbers, dates, moments; texts that look like formulas stay texts', async () => {
  const file = await readFile((await made('xlsx', some)).path);
  const workbook = await readXlsx(new Uint8Array(file));
  const [sheet] = workbook.sheets;
  expect(sheet?.name).toBe('Lieux & places');
  const [header, first, second, third] = sheet?.rows ?? [];
  expect(header).toEqual(placeNames);
  expect(first?.slice(0, 3)).toEqual(['Île "<&>" \\ fin', 1, 0.5]);
  expect(first?.[3]).toEqual(new Date('2024-02-29T00:00:00Z'));
  expect(first?.[4]).toEqual(new Date('2024-02-29T12:30:00Z'));
  expect(first?.[6]).toBe(true);
  expect(first?.[7]).toBe('47.39, 0.68');
  expect(second?.[0]).toBe('=1+1');
  // What a spreadsheet would round, and days before its calendar, are texts.
  expect(third?.slice(1, 4)).toEqual(['9007199254740993', -3.25, '1850-01-01']);
});

test('kml: names, typed values, every kind of shape', async () => {
  const points = (await text('kml', some)).split('\n');
  expect(points[2]).toBe(
    '<Placemark><name>Île &quot;&lt;&amp;&gt;&quot; \\ fin</name><ExtendedData><SchemaData schemaUrl="#rows"><SimpleData name="nom">Île &quot;&lt;&amp;&gt;&quot; \\ fin</SimpleData><SimpleData name="_2024">1</SimpleData><SimpleData name="part">0.5</SimpleData><SimpleData name="jour">2024-02-29</SimpleData><SimpleData name="moment">2024-02-29T12:30:00+00:00</SimpleData><SimpleData name="heure">08:00:00</SimpleData><SimpleData name="actif">1</SimpleData></SchemaData></ExtendedData><Point><coordinates>0.68,47.39</coordinates></Point></Placemark>',
  );
  const drawn = [...(await text('kml', shaped)).matchAll(/<\/ExtendedData>(.*?)<\/Placemark>/g)].map(([, kml]) => kml);
  const ring = (list: string) => `<LinearRing><coordinates>${list}</coordinates></LinearRing>`;
  const holed = `<Polygon><outerBoundaryIs>${ring('0,0 4,0 4,4 0,0')}</outerBoundaryIs><innerBoundaryIs>${ring('1,1 2,1 2,2 1,1')}</innerBoundaryIs></Polygon>`;
  expect(drawn).toEqual([
    '<Point><coordinates>1,2</coordinates></Point>',
    '<LineString><coordinates>1,2 3,4.5</coordinates></LineString>',
    holed,
    '<MultiGeometry><Point><coordinates>1,2</coordinates></Point><Point><coordinates>3,4</coordinates></Point></MultiGeometry>',
    '<MultiGeometry><LineString><coordinates>1,2 3,4</coordinates></LineString><LineString><coordinates>5,6 7,8</coordinates></LineString></MultiGeometry>',
    `<MultiGeometry>${holed}<Polygon><outerBoundaryIs>${ring('5,5 6,5 6,6 5,5')}</outerBoundaryIs></Polygon></MultiGeometry>`,
    '<MultiGeometry><Point><coordinates>1,2</coordinates></Point><LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry>',
    '',
  ]);
});

test('gpx: points as waypoints, then lines and outlines as tracks; names and descriptions that are chosen', async () => {
  const gpx = await text('gpx', shaped, { gpx: { ...defaultGpx, useExtension: false } });
  expect(gpx.split('\n').slice(2, 7)).toEqual([
    '<wpt lat="2" lon="1"><name>point</name></wpt>',
    '<wpt lat="2" lon="1"><name>points</name></wpt><wpt lat="4" lon="3"><name>points</name></wpt>',
    '<trk><name>ligne</name><trkseg><trkpt lat="2" lon="1"/><trkpt lat="4.5" lon="3"/></trkseg></trk>',
    '<trk><name>surface</name><trkseg><trkpt lat="0" lon="0"/><trkpt lat="0" lon="4"/><trkpt lat="4" lon="4"/><trkpt lat="0" lon="0"/></trkseg><trkseg><trkpt lat="1" lon="1"/><trkpt lat="1" lon="2"/><trkpt lat="2" lon="2"/><trkpt lat="1" lon="1"/></trkseg></trk>',
    '<trk><name>lignes</name><trkseg><trkpt lat="2" lon="1"/><trkpt lat="4" lon="3"/></trkseg><trkseg><trkpt lat="6" lon="5"/><trkpt lat="8" lon="7"/></trkseg></trk>',
  ]);
  const chosen = await text('gpx', some, {
    gpx: { nameField: 'jour', descriptionFields: ['part', '2024'], useExtension: false },
  });
  expect(chosen.split('\n')[2]).toBe('<wpt lat="47.39" lon="0.68"><name>2024-02-29</name><desc>1, 0.5</desc></wpt>');
  expect(await text('gpx', some)).toContain('<extensions><ogr:_2024>9007199254740993</ogr:_2024>');
});

test('turtle, rdfxml, jsonld: typed values of rows of the dataset', async () => {
  const turtle = (await text('turtle', some)).split('\n');
  expect(turtle.slice(3, 13)).toEqual([
    '[] dct:isPartOf <https://donnees.example.fr/datasets/lieux> ;',
    '  <https://donnees.example.fr/datasets/lieux#nom> "Île \\"<&>\\" \\\\ fin" ;',
    '  <https://donnees.example.fr/datasets/lieux#_2024> "1"^^xsd:integer ;',
    '  <https://donnees.example.fr/datasets/lieux#part> "0.5"^^xsd:double ;',
    '  <https://donnees.example.fr/datasets/lieux#jour> "2024-02-29"^^xsd:date ;',
    '  <https://donnees.example.fr/datasets/lieux#moment> "2024-02-29T12:30:00+00:00"^^xsd:dateTime ;',
    '  <https://donnees.example.fr/datasets/lieux#heure> "08:00:00"^^xsd:time ;',
    '  <https://donnees.example.fr/datasets/lieux#actif> "true"^^xsd:boolean ;',
    '  <https://donnees.example.fr/datasets/lieux#geo_point_2d> "POINT (0.68 47.39)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .',
    '[] dct:isPartOf <https://donnees.example.fr/datasets/lieux> ;',
  ]);
  expect(await text('rdfxml', some)).toContain(
    '<f:actif rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">false</f:actif>',
  );
  const { '@context': context, '@graph': graph } = JSON.parse(await text('jsonld', some));
  expect(context['2024']).toEqual({ '@id': 'https://donnees.example.fr/datasets/lieux#_2024' });
  expect(graph).toHaveLength(3);
  expect(graph[0].jour).toBe('2024-02-29');
});

/** What GDAL, which read none of our code, sees in a file; null where it is not installed. */
function seen(path: string, how = '-q'): readonly string[] | null {
  const answer = spawnSync('ogrinfo', ['-al', how, path], { encoding: 'utf8' });
  if (answer.error !== undefined) return null;
  return answer.stdout
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== '' && !line.startsWith('Metadata') && !line.includes('DBF_DATE') && !line.startsWith('IDENTIFIER'),
    );
}

const gdal = seen('/nowhere') !== null;
if (!gdal)
  console.warn('GDAL is not installed: FlatGeobuf, GeoPackage and shapefile exports are only read by ourselves');

const drawn = [
  'POINT (1 2)',
  'LINESTRING (1 2,3.0 4.5)',
  'POLYGON ((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))',
  'MULTIPOINT ((1 2),(3 4))',
  'MULTILINESTRING ((1 2,3 4),(5 6,7 8))',
  'MULTIPOLYGON (((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1)),((5 5,6 5,6 6,5 5)))',
  'GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (1 2,3 4))',
];

test.runIf(gdal)('fgb, gpkg: GDAL reads every value and every kind of shape', async () => {
  for (const format of ['fgb', 'gpkg'] as const) {
    const shapes = seen((await made(format, shaped)).path);
    expect(shapes?.filter((line) => /^[A-Z]+ \(/.test(line))).toEqual(drawn);
    const values = seen((await made(format, some)).path) ?? [];
    expect(values).toContain('nom (String) = Île "<&>" \\ fin');
    expect(values).toContain('2024 (Integer64) = 9007199254740993');
    expect(values).toContain('actif (Integer(Boolean)) = 0');
    expect(values.find((line) => line.startsWith('moment (DateTime) = 2024/02/29 12:30:00+00'))).toBeDefined();
    expect(values).toContain('POINT (0.68 47.39)');
  }
});

test.runIf(gdal)('fgb, geojson, gpkg, shp: GDAL reads places in the system asked for, and its name', async () => {
  const origin: Rows = { names: ['nom', 'geo_point_2d'], rows: [`('origine', ${point(3, 46.5)})`] };
  for (const format of ['fgb', 'geojson', 'gpkg', 'shp'] as const) {
    const { path } = await made(format, origin, { epsg: 2154 });
    const read = format === 'shp' ? `/vsizip/${path}` : path;
    const lines = seen(read) ?? [];
    // Where the false origin of Lambert-93 is.
    expect(lines.filter((line) => /^POINT /.test(line))).toEqual(['POINT (700000 6600000)']);
    expect(seen(read, '-so')?.join(' ')).toMatch(/PROJCRS\["RGF93.{1,6}Lambert-93"/);
    expect(lines).toContain('nom (String) = origine');
  }
});

test.runIf(gdal)('shp: one shapefile per kind of shape, and a table of names', async () => {
  const { path } = await made('shp', shaped);
  const lines = seen(`/vsizip/${path}`) ?? [];
  expect(lines.filter((line) => line.startsWith('Layer name'))).toEqual([
    'Layer name: lieux-points',
    'Layer name: lieux-multipoints',
    'Layer name: lieux-lignes',
    'Layer name: lieux-surfaces',
  ]);
  // Outlines are clockwise there.
  expect(lines).toContain('POLYGON ((0 0,4 4,4 0,0 0),(1 1,2 1,2 2,1 1))');
  const values = seen(`/vsizip/${(await made('shp', some)).path}`) ?? [];
  expect(values).toContain('nom (String) = Île "<&>" \\ fin');
  expect(values).toContain('part (Real) = 0.500000000000000');
  expect(values).toContain('jour (Date) = 2024/02/29');
  expect(values).toContain('POINT (0.69 47.4)');
});

test('ov2: a record per point, in hundred-thousandths of a degree', async () => {
  const file = await readFile((await made('ov2', some)).path);
  // Type 2, 30 bytes; 68 000 and 4 739 000; the name, then a zero.
  expect(file.subarray(0, 13).toString('hex')).toBe('021e000000a0090100b84f4800');
  expect(file.subarray(13, 30).toString('utf8')).toBe('Île "<&>" \\ fin\0');
  expect(file).toHaveLength(30 + 14);
});

test('nothing but the files themselves stays in the cache', async () => {
  const names = await readdir(join(folder, 'exports', 'lieux@1'));
  expect(names.filter((name) => name.startsWith('part-'))).toEqual([]);
});
